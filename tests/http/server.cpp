#include <acrx/http/server.hpp>

#include <acrx/core/deadline.hpp>
#include <acrx/http/client.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>
#include <support/shell.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <fstream>
#include <span>
#include <string>

using namespace acrx;
using namespace acrx::testing;
using namespace std::chrono_literals;
using tcp = net::ip::tcp;

BOOST_AUTO_TEST_SUITE(http_server)

/// Answers with what it was asked: `METHOD target body`.
struct echo
{
    net::awaitable<http_reply> operator()(served_request& request)
    {
        if (request.path() == "/refuse")
            throw http_refusal(409, errc::invalid_argument, "no");
        if (request.path() == "/throw")
            throw std::runtime_error("secret of the server");
        if (request.path() == "/full") {
            byte_sink full = [](std::span<std::byte const>) -> net::awaitable<void> {
                throw http_refusal(507, errc::unavailable, "no room");
                co_return;
            };
            co_await request.read_body(std::move(full), 1000);
        }
        if (request.path() == "/unread")
            co_return text_reply(200, "did not look");
        auto body = co_await read_text(request, 1000);
        co_return text_reply(200, request.method + " " + request.target + " " + body);
    }
};
static_assert(http_handler<echo>);

http_server_options quick()
{
    http_server_options options;
    options.header_timeout = 300ms;
    options.idle_timeout = 500ms;
    options.body_grace = 300ms;
    options.drain_timeout = 300ms;
    return options;
}

/// Serves while `use` runs, then stops, and waits until the server has ended.
template<class Handler, class Use>
void with_server(http_server_options options, Handler handler, Use use)
{
    basic_http_server server(test_context().get_executor(), std::move(options), std::move(handler));
    bool ended = false;
    auto both = [&]() -> net::awaitable<void> {
        auto finished = [&](std::exception_ptr) { ended = true; };
        net::co_spawn(co_await net::this_coro::executor, server.run(), finished);
        std::exception_ptr failure;
        try {
            co_await use(server);
        } catch (...) {
            failure = std::current_exception();
        }
        server.stop();
        net::steady_timer wait(co_await net::this_coro::executor);
        while (!ended) {
            wait.expires_after(5ms);
            co_await wait.async_wait(net::use_awaitable);
        }
        if (failure)
            std::rethrow_exception(failure);
    };
    run(both());
}

http_request to(std::uint16_t port, std::string path, std::string method = "GET", http_body body = {})
{
    http_request request;
    request.method = std::move(method);
    request.target = parse_url("http://127.0.0.1:" + std::to_string(port) + path);
    request.body = std::move(body);
    return request;
}

/// Sends bytes as they are and gives all that comes back until the server closes.
net::awaitable<std::string> say(std::uint16_t port, std::string bytes)
{
    tcp::socket socket(co_await net::this_coro::executor);
    tcp::endpoint const server(net::ip::address_v4::loopback(), port);
    co_await socket.async_connect(server, net::use_awaitable);
    co_await net::async_write(socket, net::buffer(bytes), net::use_awaitable);
    std::string answer;
    error_code ended;
    co_await net::async_read(socket, net::dynamic_buffer(answer), net::redirect_error(net::use_awaitable, ended));
    co_return answer;
}

bool starts(std::string const& text, std::string_view with)
{
    return text.starts_with(with);
}

BOOST_AUTO_TEST_CASE(serves_on_a_socket_that_listens_already)
{
    auto const host = test_context().get_executor();
    tcp::acceptor acceptor(host, tcp::endpoint(net::ip::address_v4::loopback(), 0));
    auto const port = acceptor.local_endpoint().port();
    auto options = quick();
    options.address = "192.0.2.1";  // does not count
    basic_http_server server(std::move(acceptor), options, echo());
    BOOST_TEST(server.port() == port);
    auto both = [&]() -> net::awaitable<void> {
        net::co_spawn(host, server.run(), net::detached);
        http_client client;
        auto request = to(port, "/x?y");
        auto const answer = co_await client.send(std::move(request));
        BOOST_TEST(answer.body == "GET /x?y ");
        server.stop();
    };
    run(both());
}

BOOST_AUTO_TEST_CASE(answers_over_kept_connections)
{
    with_server(quick(), echo{}, [](auto& server) -> net::awaitable<void> {
        http_client client;
        for (auto const* path : {"/a", "/b?c=d"}) {
            auto request = to(server.port(), path, "POST", "body");
            auto const answer = co_await client.send(std::move(request));
            BOOST_TEST(answer.status == 200u);
            BOOST_TEST(answer.body == "POST " + std::string(path) + " body");
            BOOST_TEST(answer.headers.get("Content-Type") == "text/plain; charset=utf-8");
            BOOST_TEST(!answer.headers.has("Connection"));
        }
    });
}

BOOST_AUTO_TEST_CASE(answers_requests_that_come_together_in_their_order)
{
    with_server(quick(), echo{}, [](auto& server) -> net::awaitable<void> {
        std::string bytes = "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
        auto const answer = co_await say(server.port(), std::move(bytes));
        BOOST_TEST(answer.find("GET /1 ") < answer.find("GET /2 "));
        BOOST_TEST(answer.find("GET /2 ") != answer.npos);
    });
}

BOOST_AUTO_TEST_CASE(reads_chunked_bodies)
{
    with_server(quick(), echo{}, [](auto& server) -> net::awaitable<void> {
        std::string bytes = "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                            "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        auto const answer = co_await say(server.port(), std::move(bytes));
        BOOST_TEST(answer.ends_with("POST / abcde"));
    });
}

BOOST_AUTO_TEST_CASE(asks_for_a_body_that_waits_to_be_asked_for)
{
    with_server(quick(), echo{}, [](auto& server) -> net::awaitable<void> {
        std::string bytes = "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2000\r\n\r\n";
        auto const refused = co_await say(server.port(), bytes);
        BOOST_TEST(starts(refused, "HTTP/1.1 413 "));
        bytes = "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
        auto const asked = co_await say(server.port(), std::move(bytes));
        BOOST_TEST(starts(asked, "HTTP/1.1 100 Continue\r\n\r\n"));
    });
}

BOOST_AUTO_TEST_CASE(refuses_what_is_too_large_too_slow_or_no_http)
{
    struct row
    {
        std::string sent;
        std::string answer;
    };
    std::vector<row> const rows{
        {"what?\r\n\r\n", "HTTP/1.1 400 "},
        {"GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 "},
        {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "HTTP/1.1 400 "},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "HTTP/1.1 400 "},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 400 "},
        {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n", "HTTP/1.1 431 "},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n", "HTTP/1.1 413 "},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n" + std::string(4095, 'x') + "\r\n0\r\n\r\n",
         "HTTP/1.1 413 "},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nslow", ""},  // after body_grace
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 400 "},
        {"GET / HTT", ""},  // closed after header_timeout
    };
    for (auto const& each : rows)
        with_server(quick(), echo{}, [&](auto& server) -> net::awaitable<void> {
            auto const answer = co_await say(server.port(), each.sent);
            BOOST_TEST_CONTEXT(each.sent.substr(0, 90))
            BOOST_TEST(answer.substr(0, answer.find(' ', 10) + 1) == each.answer);
        });
}

BOOST_AUTO_TEST_CASE(answers_refusals_with_their_status_and_failures_without_their_text)
{
    int failures = 0;
    auto options = quick();
    options.failed = [&](std::exception_ptr) { ++failures; };
    with_server(options, echo{}, [](auto& server) -> net::awaitable<void> {
        http_client client;
        auto request = to(server.port(), "/refuse");
        auto const refused = co_await client.send(std::move(request));
        BOOST_TEST(refused.status == 409u);
        BOOST_TEST(starts(refused.body, "no"));
        request = to(server.port(), "/full", "POST", "body");
        auto const full = co_await client.send(std::move(request));
        BOOST_TEST(full.status == 507u);
        request = to(server.port(), "/throw");
        auto const failed = co_await client.send(std::move(request));
        BOOST_TEST(failed.status == 500u);
        BOOST_TEST(failed.body.find("secret") == failed.body.npos);
    });
    BOOST_TEST(failures == 1);
}

BOOST_AUTO_TEST_CASE(goes_on_after_a_body_that_nobody_read)
{
    with_server(quick(), echo{}, [](auto& server) -> net::awaitable<void> {
        std::string bytes = "POST /unread HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"
                            "GET /next HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
        auto const answer = co_await say(server.port(), std::move(bytes));
        BOOST_TEST(answer.ends_with("GET /next "));
        auto request = to(server.port(), "/unread", "POST", std::string(1 << 20, 'x'));
        http_client client;
        auto const large = co_await client.send(std::move(request));
        BOOST_TEST(large.body == "did not look");
    });
}

struct streaming
{
    net::awaitable<http_reply> operator()(served_request& request)
    {
        http_reply reply;
        if (request.path() == "/cut")
            reply.body = [](byte_sink) -> net::awaitable<void> { throw error(errc::damaged, "half way"); co_return; };
        else
            reply.body = [](byte_sink sink) -> net::awaitable<void> {
                std::string const text = "piece ";
                for (int i = 0; i < 3; ++i)
                    co_await sink(std::as_bytes(std::span(text)));
            };
        co_return reply;
    }
};

BOOST_AUTO_TEST_CASE(streams_answers)
{
    with_server(quick(), streaming{}, [](auto& server) -> net::awaitable<void> {
        http_client client;
        auto request = to(server.port(), "/");
        auto const answer = co_await client.send(std::move(request));
        BOOST_TEST(answer.body == "piece piece piece ");
        BOOST_TEST(answer.headers.get("Transfer-Encoding") == "chunked");
        std::string old = "GET / HTTP/1.0\r\n\r\n";
        auto const plain = co_await say(server.port(), std::move(old));
        BOOST_TEST(plain.ends_with("\r\n\r\npiece piece piece "));
        std::string head = "HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
        auto const empty = co_await say(server.port(), std::move(head));
        BOOST_TEST(empty.ends_with("\r\n\r\n"));
        request = to(server.port(), "/cut");
        bool is_cut = false;
        try {
            auto const cut = co_await client.send(std::move(request));
        } catch (error const&) {
            is_cut = true;
        }
        BOOST_TEST(is_cut);
    });
}

BOOST_AUTO_TEST_CASE(answers_head_with_the_length_that_the_handler_tells)
{
    auto const large = [](served_request&) -> net::awaitable<http_reply> {
        http_reply reply;
        reply.headers.set("Content-Length", "5");
        co_return reply;
    };
    with_server(quick(), large, [](auto& server) -> net::awaitable<void> {
        std::string head = "HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
        auto const told = co_await say(server.port(), std::move(head));
        BOOST_TEST((told.find("Content-Length: 5\r\n") != told.npos && told.find("Content-Length: 0") == told.npos));
    });
}

/// Answers after a while, and counts what it began and finished.
struct patient
{
    std::chrono::milliseconds time;
    int* begun;
    int* finished;
    net::awaitable<http_reply> operator()(served_request&)
    {
        ++*begun;
        net::steady_timer wait(co_await net::this_coro::executor, time);
        co_await wait.async_wait(net::use_awaitable);
        ++*finished;
        co_return text_reply(200, "at last");
    }
};

BOOST_AUTO_TEST_CASE(finishes_answers_under_way_when_it_stops)
{
    int begun = 0;
    int finished = 0;
    std::string answer;
    with_server(quick(), patient{100ms, &begun, &finished}, [&](auto& server) -> net::awaitable<void> {
        auto ask = [](std::uint16_t port, std::string* into) -> net::awaitable<void> {
            std::string bytes = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
            *into = co_await say(port, std::move(bytes));
        };
        net::co_spawn(co_await net::this_coro::executor, ask(server.port(), &answer), net::detached);
        net::steady_timer wait(co_await net::this_coro::executor, 50ms);
        co_await wait.async_wait(net::use_awaitable);
    });
    BOOST_TEST(finished == 1);
    BOOST_TEST(answer.ends_with("at last"));
}

BOOST_AUTO_TEST_CASE(cancels_answers_that_take_longer_than_the_drain_timeout)
{
    int begun = 0;
    int finished = 0;
    auto const start = std::chrono::steady_clock::now();
    with_server(quick(), patient{10s, &begun, &finished}, [&](auto& server) -> net::awaitable<void> {
        auto ask = [](std::uint16_t port) -> net::awaitable<void> {
            std::string bytes = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
            co_await say(port, std::move(bytes));
        };
        net::co_spawn(co_await net::this_coro::executor, ask(server.port()), net::detached);
        net::steady_timer wait(co_await net::this_coro::executor, 50ms);
        co_await wait.async_wait(net::use_awaitable);
    });
    BOOST_TEST(begun == 1);
    BOOST_TEST(finished == 0);
    BOOST_TEST((std::chrono::steady_clock::now() - start < 5s));
}

BOOST_AUTO_TEST_CASE(limits_the_connections_of_one_peer)
{
    auto options = quick();
    options.connections_per_peer = 0;
    with_server(options, echo{}, [](auto& server) -> net::awaitable<void> {
        std::string bytes = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
        auto const answer = co_await say(server.port(), std::move(bytes));
        BOOST_TEST(answer.empty());
    });
}

BOOST_AUTO_TEST_CASE(speaks_tls)
{
    acrx::testing::scratch_folder const folder;
    acrx::testing::must("cd '" + folder.path().string() + "' && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1"
         " -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout key -out cert 2>/dev/null");
    auto options = quick();
    options.certificate = folder.path() / "cert";
    options.private_key = folder.path() / "key";
    with_server(options, echo{}, [&](auto& server) -> net::awaitable<void> {
        http_options trusting;
        trusting.ca_file = folder.path() / "cert";
        http_client client(trusting);
        http_request request;
        request.target = parse_url("https://localhost:" + std::to_string(server.port()) + "/over/tls");
        auto const answer = co_await client.send(std::move(request));
        BOOST_TEST(answer.body == "GET /over/tls ");
        std::string bytes = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
        auto const plain = co_await say(server.port(), std::move(bytes));
        BOOST_TEST(plain.find("HTTP/1.1 200") == plain.npos);
        server.reload_certificate();
    });
}

BOOST_AUTO_TEST_CASE(tells_what_it_served)
{
    std::vector<served_summary> served;
    auto options = quick();
    options.served = [&](served_summary const& each) { served.push_back(each); };
    with_server(options, echo{}, [](auto& server) -> net::awaitable<void> {
        http_client client;
        auto request = to(server.port(), "/a?sig=x");
        co_await client.send(std::move(request));
    });
    BOOST_REQUIRE_EQUAL(served.size(), 1u);
    BOOST_TEST(served[0].path == "/a");
    BOOST_TEST(served[0].peer == "127.0.0.1");
    BOOST_TEST(served[0].bytes == std::string("GET /a?sig=x ").size());
}

BOOST_AUTO_TEST_CASE(refuses_an_address_that_is_taken_or_none)
{
    http_server_options options;
    basic_http_server first(test_context().get_executor(), options, echo{});
    options.port = first.port();
    auto again = [&] { basic_http_server second(test_context().get_executor(), options, echo{}); };
    BOOST_CHECK_THROW(again(), error);
    options.address = "nowhere";
    BOOST_CHECK_THROW(again(), error);
}
BOOST_AUTO_TEST_SUITE_END()
