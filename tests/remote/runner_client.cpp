#include <acrx/remote/runner_client.hpp>

#include <support/run.hpp>
#include <support/scratch_folder.hpp>
#include <support/scripted_server.hpp>
#include <support/server_process.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(remote_runner_client)
namespace {
std::string place(seen_request const& request)
{
    auto const path = request.target.substr(0, request.target.find('?'));
    return path.substr(path.find("registries") + 10);
}

runner_client client_of(scripted_server const& server, std::string token = "the token")
{
    return runner_client(network_transport("http://127.0.0.1:" + std::to_string(server.port()) + "/", std::move(token), {}));
}

std::string run_of(std::string const& status)
{
    return R"({"name":"ca1","properties":{"status":")" + status + "\"}}";
}
}  // namespace

BOOST_AUTO_TEST_CASE(asks_with_its_token_under_the_name_that_the_runner_says)
{
    std::vector<std::string> seen;
    scripted_server server([&](seen_request const& request) {
        seen.push_back(request.method + " " + place(request) + " " + request.header("authorization"));
        return reply{.body = place(request).empty() ? R"({"value":[{"name":"home"}]})" : R"({"x":1})"};
    });
    auto client = client_of(server);
    run(client.find_registry());
    auto const answer = run(client.ask("GET", "tasks/one"));
    BOOST_TEST(answer.status == 200u);
    std::vector<std::string> const expected{"GET  Bearer the token", "GET /home/tasks/one Bearer the token"};
    BOOST_TEST(seen == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(says_what_the_runner_says)
{
    scripted_server server([&](seen_request const& request) {
        if (place(request) == "/acrx/none")
            return reply{.status = 404, .body = R"({"error":{"code":"ResourceNotFound","message":"It is not here."}})"};
        if (place(request) == "/acrx/page")
            return reply{.status = 200, .body = "<html>"};
        return reply{.status = 401, .body = "who?"};
    });
    auto client = client_of(server);
    BOOST_CHECK_EXCEPTION(run(client.ask("GET", "none")), error, [](error const& e) {
        return e.code() == errc::not_found && e.doing() == "It is not here";
    });
    BOOST_CHECK_EXCEPTION(run(client.ask("GET", "page")), error, [](error const& e) { return e.code() == errc::protocol; });
    BOOST_CHECK_EXCEPTION(run(client.find_registry()), error, [](error const& e) {
        return e.code() == errc::unauthorized && e.advice().find("--token-file") != std::string::npos;
    });
}

BOOST_AUTO_TEST_CASE(posts_again_what_may_pass)
{
    int calls = 0;
    scripted_server server([&](seen_request const&) {
        ++calls;
        if (calls == 1)
            return reply{.status = 503};
        return calls == 2 ? reply{.silent = true} : reply{.status = 409, .body = "lasting"};
    });
    auto client = client_of(server);
    auto const answer = run(client.post("acrxContext/compose", "", "bytes"));
    BOOST_TEST(answer.status == 409u);
    BOOST_TEST(calls == 3);
}

BOOST_AUTO_TEST_CASE(sends_files_to_links_without_the_token)
{
    scratch_folder folder;
    std::string seen;
    int calls = 0;
    scripted_server server([&](seen_request const& request) {
        seen = request.line() + " " + request.header("authorization") + request.header("x-ms-blob-type") + " " + request.body;
        return reply{.status = ++calls == 1 ? 500U : 201U};
    });
    auto client = client_of(server);
    auto const file = folder.write("file", "the bytes");
    run(client.send_file("http://127.0.0.1:" + std::to_string(server.port()) + "/uploads/1?sig=s", file));
    BOOST_TEST(seen == "PUT /uploads/1?sig=s BlockBlob the bytes");
}

BOOST_AUTO_TEST_CASE(follows_a_log_where_it_was_when_connections_break)
{
    std::string const log = "line one\nline two\nline three\n";
    std::vector<std::string> offsets;
    std::string base;
    scripted_server server([&](seen_request const& request) {
        if (request.target.starts_with("/log?")) {
            auto const offset = request.target.substr(request.target.rfind('=') + 1);
            offsets.push_back(offset);
            auto const rest = log.substr(std::stoul(offset));
            if (offsets.size() == 1)
                return reply{.body = rest, .cut_after = 12};
            if (offsets.size() == 2)
                return reply{.silent = true};
            return offsets.size() == 3 ? reply{.body = rest.substr(0, 5)} : reply{.body = rest};
        }
        if (place(request) == "/acrx/runs/ca1/listLogSasUrl")
            return reply{.body = R"({"logLink":")" + base + "/log?sig=s\"}"};
        return reply{.body = run_of(offsets.size() < 4 ? "Running" : "Failed")};
    });
    base = "http://127.0.0.1:" + std::to_string(server.port());
    auto client = client_of(server);
    std::string got;
    byte_sink sink = [&](std::span<std::byte const> bytes) -> net::awaitable<void> {
        got.append(reinterpret_cast<char const*>(bytes.data()), bytes.size());
        co_return;
    };
    run(client.follow_log("ca1", sink));
    BOOST_TEST(got == log);
    std::vector<std::string> const expected{"0", "12", "12", "17"};
    BOOST_TEST(offsets == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(tells_when_nobody_answers)
{
    auto const port = server_process::free_port();
    auto client = runner_client(network_transport("http://127.0.0.1:" + std::to_string(port), "", {}));
    BOOST_CHECK_EXCEPTION(run(client.find_registry()), error,
                          [](error const& e) { return e.code() == boost::system::errc::connection_refused; });
}
BOOST_AUTO_TEST_SUITE_END()
