#include <acrx/http/client.hpp>

#include <acrx/core/deadline.hpp>
#include <acrx/core/error.hpp>

#include <support/run.hpp>
#include <support/scripted_server.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

using namespace acrx;
using acrx::testing::reply;
using acrx::testing::run;
using acrx::testing::scripted_server;
using acrx::testing::seen_request;

BOOST_AUTO_TEST_SUITE(http_client_)

http_options quick()
{
    http_options options;
    options.connect_timeout = std::chrono::milliseconds(2000);
    options.idle_timeout = std::chrono::milliseconds(300);
    return options;
}

http_request to(scripted_server const& server, std::string path = "/", std::string method = "GET")
{
    http_request request;
    request.method = std::move(method);
    request.target = parse_url(server.url(path));
    return request;
}

auto has_code(errc code)
{
    return [code](error const& e) { return e.code() == code; };
}

net::awaitable<std::vector<http_response>> send_in_turn(http_client client, std::vector<http_request> requests)
{
    std::vector<http_response> answers;
    for (auto& request : requests) {
        auto answer = co_await client.send(request);
        answers.push_back(std::move(answer));
    }
    co_return answers;
}

BOOST_AUTO_TEST_CASE(says_who_it_is_and_keeps_the_connection)
{
    scripted_server server([](seen_request const& r) { return reply{.body = r.line()}; });
    auto const answers = run(send_in_turn(http_client(quick()), {to(server, "/a"), to(server, "/b", "HEAD"), to(server, "/c?d=e")}));
    BOOST_TEST(answers[0].body == "GET /a");
    BOOST_TEST(answers[1].body == "");
    BOOST_TEST(answers[2].body == "GET /c?d=e");
    BOOST_TEST(server.connections() == 1U);
    auto const first = server.seen().front();
    BOOST_TEST(first.header("host") == server.host());
    BOOST_TEST(first.header("user-agent").starts_with("acrx/"));
    BOOST_TEST(first.header("accept-encoding") == "identity");
}

BOOST_AUTO_TEST_CASE(a_connection_that_the_server_closed_is_replaced)
{
    scripted_server server([](seen_request const& r) { return reply{.body = r.target, .closes = true}; });
    auto const answers = run(send_in_turn(http_client(quick()), {to(server, "/a"), to(server, "/b")}));
    BOOST_TEST(answers[1].body == "/b");
    BOOST_TEST(server.connections() == 2U);
}

BOOST_AUTO_TEST_CASE(a_request_that_a_kept_connection_swallowed_is_sent_once_more)
{
    int calls = 0;
    scripted_server server([&](seen_request const&) { return reply{.body = "x", .silent = ++calls == 2}; });
    auto const answers = run(send_in_turn(http_client(quick()), {to(server), to(server)}));
    BOOST_TEST(answers[1].body == "x");
    BOOST_TEST(calls == 3);
}

BOOST_AUTO_TEST_CASE(a_new_connection_that_breaks_is_an_error_that_may_pass)
{
    scripted_server server([](seen_request const&) { return reply{.silent = true}; });
    BOOST_CHECK_EXCEPTION(run(http_client(quick()).send(to(server))), error, [&](error const& e) {
        return e.code() == condition::transient && std::string(e.what()).find(server.host()) != std::string::npos;
    });
    BOOST_TEST(server.seen().size() == 1U);
}

BOOST_AUTO_TEST_CASE(texts_and_parts_of_files_are_sent)
{
    auto const file = std::filesystem::temp_directory_path() / ("acrx-http-" + std::to_string(::getpid()));
    std::string content(3'000'000, 'x');
    content[1'000'000] = 'y';
    std::ofstream(file) << content;
    scripted_server server([](seen_request const& r) { return reply{.body = r.body}; });
    auto text = to(server, "/", "POST");
    text.body = std::string("hello");
    auto slice = to(server, "/", "PUT");
    slice.body = file_slice{file, 1'000'000, 1'500'000};
    auto const answers = run(send_in_turn(http_client(quick()), {text, slice, to(server, "/", "POST")}));
    std::filesystem::remove(file);
    BOOST_TEST(answers[0].body == "hello");
    BOOST_TEST((answers[1].body == content.substr(1'000'000, 1'500'000)));
    BOOST_TEST(server.seen()[2].header("content-length") == "0");
    BOOST_TEST(server.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(an_answer_before_the_end_of_the_body_is_heard)
{
    auto const file = std::filesystem::temp_directory_path() / ("acrx-early-" + std::to_string(::getpid()));
    std::ofstream(file) << std::string(50'000'000, 'x');
    scripted_server server([](seen_request const&) { return reply{}; },
                           [](seen_request const&) { return reply{.status = 413, .body = "no", .closes = true}; });
    auto request = to(server, "/", "PATCH");
    request.body = file_slice{file, 0, 50'000'000};
    auto const answer = run(http_client(quick()).send(request));
    std::filesystem::remove(file);
    BOOST_TEST(answer.status == 413U);
}

BOOST_AUTO_TEST_CASE(reads_chunks_and_bodies_up_to_the_end)
{
    std::string big(700'000, 'z');
    char length[16];
    std::snprintf(length, sizeof length, "%zx", big.size());
    auto const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;ext=1\r\nhello\r\n" + std::string(length)
                         + "\r\n" + big + "\r\n0\r\nTrailer: x\r\n\r\n";
    scripted_server server([&](seen_request const& r) {
        if (r.target == "/chunked")
            return reply{.raw = chunked};
        return reply{.raw = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + big, .closes = true};
    });
    auto const answers = run(send_in_turn(http_client(quick()), {to(server, "/chunked"), to(server, "/close")}));
    BOOST_TEST((answers[0].body == "hello" + big));
    BOOST_TEST((answers[1].body == big));
    BOOST_TEST(server.connections() == 1U);
}

net::awaitable<void> read_into(std::string& got, http_client client, http_request request)
{
    auto answer = co_await client.open(std::move(request));
    byte_sink sink = [&](std::span<std::byte const> piece) -> net::awaitable<void> {
        got.append(reinterpret_cast<char const*>(piece.data()), piece.size());
        co_return;
    };
    co_await answer.read(std::move(sink));
}

BOOST_AUTO_TEST_CASE(a_body_without_an_announced_end_is_handed_on_as_it_comes)
{
    scripted_server server([](seen_request const&) { return reply{.raw = "HTTP/1.1 200 OK\r\n\r\nlive"}; });
    std::string got;
    BOOST_CHECK_EXCEPTION(run(read_into(got, http_client(quick()), to(server))), error, has_code(errc::timed_out));
    BOOST_TEST(got == "live");
}

BOOST_AUTO_TEST_CASE(a_body_that_ends_too_soon_or_is_too_large_is_an_error)
{
    scripted_server server([](seen_request const&) { return reply{.body = "hello", .cut_after = 3}; });
    BOOST_CHECK_EXCEPTION(run(http_client(quick()).send(to(server))), error,
                          [](error const& e) { return e.code() == condition::transient; });
    scripted_server large([](seen_request const&) { return reply{.body = std::string(101, 'x')}; });
    BOOST_CHECK_EXCEPTION(run(http_client(quick()).send(to(large), 100)), error, has_code(errc::protocol));
    BOOST_TEST(run(http_client(quick()).send(to(large), 101)).body.size() == 101U);
}

BOOST_AUTO_TEST_CASE(what_is_not_http_is_an_error)
{
    scripted_server server([](seen_request const&) { return reply{.raw = "SSH-2.0-OpenSSH\r\n\r\n", .closes = true}; });
    BOOST_CHECK_EXCEPTION(run(http_client(quick()).send(to(server))), error, has_code(errc::protocol));
}

BOOST_AUTO_TEST_CASE(a_silent_server_is_left_in_time)
{
    scripted_server server([](seen_request const&) { return reply{.delay = std::chrono::seconds(20)}; });
    auto const begin = std::chrono::steady_clock::now();
    BOOST_CHECK_EXCEPTION(run(http_client(quick()).send(to(server))), error, has_code(errc::timed_out));
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(3)));
}

BOOST_AUTO_TEST_CASE(a_wait_can_be_cancelled)
{
    scripted_server server([](seen_request const&) { return reply{.delay = std::chrono::seconds(20)}; });
    auto options = quick();
    options.idle_timeout = std::chrono::seconds(20);
    http_client client(options);
    auto const begin = std::chrono::steady_clock::now();
    BOOST_CHECK_EXCEPTION(run(with_deadline(client.send(to(server)), std::chrono::milliseconds(50), "waiting")), error,
                          has_code(errc::timed_out));
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(3)));
}

BOOST_AUTO_TEST_CASE(nobody_listening_is_an_error_that_names_the_host)
{
    http_request request;
    request.target = parse_url("http://127.0.0.1:1/secret?token=x");
    BOOST_CHECK_EXCEPTION(run(http_client(quick()).send(request)), error, [](error const& e) {
        return e.code() == boost::system::errc::connection_refused
               && std::string(e.what()).find("127.0.0.1:1") != std::string::npos;
    });
}

BOOST_AUTO_TEST_CASE(redirects_are_followed_without_secrets_and_not_for_ever)
{
    scripted_server storage([](seen_request const&) { return reply{.body = "blob"}; });
    scripted_server registry([&](seen_request const& r) {
        return r.target == "/loop" ? reply{.status = 302, .headers = {{"Location", "/loop"}}}
                                   : reply{.status = 307, .headers = {{"Location", storage.url("/b?sig=1")}}};
    });
    auto request = to(registry, "/blob");
    request.headers.set("Authorization", "Bearer t");
    auto const answer = run(http_client(quick()).fetch(request));
    BOOST_TEST(answer.body == "blob");
    BOOST_TEST(answer.from.target == "/b?sig=1");
    BOOST_TEST(storage.seen().front().header("authorization") == "");
    BOOST_TEST(registry.seen().front().header("authorization") == "Bearer t");
    BOOST_CHECK_EXCEPTION(run(http_client(quick()).fetch(to(registry, "/loop"))), error, has_code(errc::protocol));
    BOOST_TEST(registry.count("GET", "/loop") == 11U);
}

BOOST_AUTO_TEST_CASE(a_proxy_gets_the_whole_url)
{
    scripted_server proxy([](seen_request const& r) { return reply{.body = r.target}; });
    auto options = quick();
    options.proxies = {.http = "http://u:p@" + proxy.host(), .https = proxy.url(), .no_proxy = ""};
    http_request request;
    request.target = parse_url("http://registry.example/v2/");
    BOOST_TEST(run(http_client(options).send(request)).body == "http://registry.example/v2/");
    BOOST_TEST(proxy.seen().front().header("proxy-authorization") == "Basic dTpw");
    BOOST_TEST(proxy.seen().front().header("host") == "registry.example");
    request.target.scheme = "https";
    request.target.port = 443;
    scripted_server refusing([](seen_request const&) { return reply{.status = 407}; });
    options.proxies.https = refusing.url();
    BOOST_CHECK_EXCEPTION(run(http_client(options).send(request)), error, has_code(errc::unauthorized));
    BOOST_TEST(refusing.seen().front().line() == "CONNECT registry.example:443");
}

BOOST_AUTO_TEST_SUITE_END()
