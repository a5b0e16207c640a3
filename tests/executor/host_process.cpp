#include <acrx/core/error.hpp>
#include <acrx/executor/host_process.hpp>
#include <acrx/executor/run_step.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/test/unit_test.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>

#include <chrono>
#include <future>
using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(executor_host_process)

struct fixture
{
    testing::scratch_folder scratch;
    host_process executor{scratch.path()};
    std::string output;

    step_spec shell(std::string script)
    {
        step_spec spec;
        spec.args = {"sh", "-c", std::move(script)};
        spec.env = {"PATH=/usr/bin:/bin"};
        return spec;
    }
    step_state run(step_spec const& spec, step_key const& key = "r/s/1")
    {
        auto sink = [&](std::string_view text) { output += text; };
        return testing::run(run_step(executor, spec, key, sink));
    }
};

BOOST_FIXTURE_TEST_CASE(gives_output_and_status, fixture)
{
    auto const state = run(shell("echo hi; echo there >&2; exit 3"));
    BOOST_TEST((state.now == step_state::phase::exited));
    BOOST_TEST(state.code == 3);
    BOOST_TEST(output == "hi\nthere\n");
}

BOOST_FIXTURE_TEST_CASE(a_signal_is_128_and_its_number, fixture)
{
    BOOST_TEST(run(shell("kill -TERM $$")).code == 143);
}

BOOST_FIXTURE_TEST_CASE(uses_folder_and_environment_of_the_step, fixture)
{
    auto spec = shell("pwd; echo $A-$HOME");
    spec.env.emplace_back("A=1");
    spec.working_dir = scratch.path();
    run(spec);
    BOOST_TEST(output == scratch.path().string() + "\n1-\n");
}

BOOST_FIXTURE_TEST_CASE(a_missing_program_is_127, fixture)
{
    auto spec = shell("");
    spec.args = {"no-such-program-of-acrx"};
    BOOST_TEST(run(spec).code == 127);
    BOOST_TEST(output == "exec: \"no-such-program-of-acrx\": executable file not found in $PATH\n");
}

BOOST_FIXTURE_TEST_CASE(a_missing_folder_is_an_error_and_leaves_no_key, fixture)
{
    auto spec = shell("true");
    spec.working_dir = "/no/such/folder";
    BOOST_CHECK_THROW(run(spec), error);
    BOOST_TEST(testing::run(executor.list("")).empty());
}

BOOST_FIXTURE_TEST_CASE(the_time_limit_ends_the_group, fixture)
{
    auto spec = shell("trap '' TERM; echo on; sleep 60 & wait; sleep 60");
    spec.timeout = 300ms;
    auto const start = std::chrono::steady_clock::now();
    auto const state = run(spec);
    BOOST_TEST((std::chrono::steady_clock::now() - start < 5s));
    BOOST_TEST(state.timed_out);
    BOOST_TEST(state.code == 137);
    BOOST_TEST(output == "on\n");
}

BOOST_FIXTURE_TEST_CASE(what_remains_of_the_group_is_not_waited_for, fixture)
{
    auto const start = std::chrono::steady_clock::now();
    BOOST_TEST(run(shell("sleep 60 & echo done")).code == 0);
    BOOST_TEST((std::chrono::steady_clock::now() - start < 5s));
    BOOST_TEST(output == "done\n");
}

BOOST_FIXTURE_TEST_CASE(the_log_can_be_read_from_any_byte, fixture)
{
    run(shell("printf 0123456789"));
    BOOST_TEST(testing::run(executor.log("r/s/1", 4)).bytes == "456789");
    auto const end = testing::run(executor.log("r/s/1", 10));
    BOOST_TEST(end.bytes.empty());
    BOOST_TEST(end.ended);
}

BOOST_FIXTURE_TEST_CASE(unknown_keys_are_errors_and_forgetting_a_running_step_too, fixture)
{
    auto const is_missing = [](error const& e) { return e.code() == errc::not_found; };
    BOOST_CHECK_EXCEPTION(testing::run(executor.observe("r/s/9")), error, is_missing);
    BOOST_CHECK_EXCEPTION(testing::run(executor.log("r/s/9", 0)), error, is_missing);
    BOOST_CHECK_THROW(testing::run(executor.submit(shell("true"), "no key")), error);

    auto& host = testing::test_context();
    host.restart();
    auto submitted = net::co_spawn(host, executor.submit(shell("sleep 60"), "r/s/2"), net::use_future);
    host.run_for(200ms);
    submitted.get();
    auto cancel = [&]() -> net::awaitable<bool> {
        bool refused = false;
        try {
            co_await executor.forget("r/s/2");
        } catch (error const&) {
            refused = true;
        }
        co_await executor.cancel("r/s/2", 0ms);
        co_return refused;
    };
    BOOST_TEST(testing::run(cancel()));
    BOOST_TEST(testing::run(executor.observe("r/s/2")).code == 137);
}

BOOST_FIXTURE_TEST_CASE(steps_run_side_by_side, fixture)
{
    auto& host = testing::test_context();
    host.restart();
    std::vector<std::future<step_state>> ends;
    std::vector<step_spec> specs(20, shell("sleep 0.5; exit 4"));
    auto const start = std::chrono::steady_clock::now();
    auto sink = [](std::string_view) {};
    for (std::size_t number = 0; number < specs.size(); ++number) {
        auto key = "r/side/" + std::to_string(number);
        ends.push_back(net::co_spawn(host, run_step(executor, specs[number], std::move(key), sink), net::use_future));
    }
    host.run();
    for (auto& end : ends)
        BOOST_TEST(end.get().code == 4);
    BOOST_TEST((std::chrono::steady_clock::now() - start < 5s));
}
BOOST_AUTO_TEST_SUITE_END()
