// A URL is told of each run that ends, whatever happens to the server or to the URL in between.
#include "runner_process.hpp"

#include <acrx/trigger/webhook_signature.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <support/scripted_server.hpp>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_server_finished_hook)

BOOST_AUTO_TEST_CASE(is_told_by_the_next_server_what_the_last_one_could_not_tell)
{
    std::atomic<unsigned> status = 503;
    scripted_server hook([&](seen_request const&) { return reply{.status = status}; });
    auto const wait_for = [&](std::size_t count) {
        for (int i = 0; i < 400 && hook.seen().size() < count; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(25));
        return hook.seen().size() >= count;
    };
    scratch_folder folder;
    auto const secret = folder.write("secret", "shared\n");
    runner_process runner({.has_users = false,
                           .more = {"--finished-hook", hook.url("/ended?key=geheim"), "--finished-hook-secret-file", secret.string()}});
    auto const ask = [&](std::string const& words) { return must(std::string(ACRX_RUNNER) + " " + words + " --home " + runner.home().string()); };
    ask("task create -n hello -c /dev/null --cmd '127.0.0.1:1/nothing say hi' --base-image-trigger-enabled false");
    ask("task run -n hello --no-wait");
    BOOST_REQUIRE(wait_for(1));
    runner.kill();
    status = 200;
    BOOST_TEST(hook.seen().size() <= 2U);
    auto const before = hook.seen().size();
    runner.start();
    BOOST_REQUIRE(wait_for(before + 1));
    auto const last = hook.seen().back();
    BOOST_TEST(last.line() == "POST /ended?key=geheim");
    BOOST_TEST(last.header("x-acrx-delivery") == "ca1");
    BOOST_TEST(last.header("x-acrx-signature-256") == "sha256=" + to_hex(hmac_sha256("shared", last.body)));
    BOOST_TEST(boost::json::parse(last.body).at("run").at("name") == "ca1");
    std::this_thread::sleep_for(std::chrono::seconds(3));
    BOOST_TEST(hook.seen().size() == before + 1);
    BOOST_TEST(runner.log_text().find("geheim") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
