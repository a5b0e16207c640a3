#include <acrx/core/error.hpp>
#include <acrx/io/child_process.hpp>
#include <boost/test/unit_test.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <fstream>
#include <thread>
using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(io_child_process)

child_command shell(std::string text)
{
    child_command command;
    command.args = {"sh", "-c", std::move(text)};
    return command;
}

child_result run_it(child_command command)
{
    return testing::run(run_child(std::move(command)));
}

BOOST_AUTO_TEST_CASE(gives_status_and_both_outputs)
{
    auto const result = run_it(shell("echo out; echo err >&2; exit 7"));
    BOOST_TEST(result.code == 7);
    BOOST_TEST(result.out == "out\n");
    BOOST_TEST(result.err == "err\n");
    BOOST_TEST(!result.truncated);
}

BOOST_AUTO_TEST_CASE(a_signal_is_128_and_its_number)
{
    BOOST_TEST(run_it(shell("kill -9 $$")).code == 137);
}

BOOST_AUTO_TEST_CASE(the_input_is_given_and_ended)
{
    auto command = shell("wc -c");
    command.input = std::string(300'000, 'x');
    BOOST_TEST(std::stoi(run_it(std::move(command)).out) == 300'000);
    auto deaf = shell("exit 3");
    deaf.input = std::string(300'000, 'x');
    BOOST_TEST(run_it(std::move(deaf)).code == 3);
}

BOOST_AUTO_TEST_CASE(environment_and_folder_are_those_given)
{
    testing::scratch_folder scratch;
    auto command = shell("pwd; echo $A; echo ${HOME-none}");
    command.env = std::vector<std::string>{"A=b c", "PATH=/usr/bin:/bin"};
    command.working_dir = scratch.path();
    BOOST_TEST(run_it(std::move(command)).out == scratch.path().string() + "\nb c\nnone\n");
}

BOOST_AUTO_TEST_CASE(output_beyond_the_limit_is_dropped)
{
    auto command = shell("head -c 1000000 /dev/zero");
    command.output_limit = 1000;
    auto const result = run_it(std::move(command));
    BOOST_TEST(result.code == 0);
    BOOST_TEST(result.out.size() == 1000u);
    BOOST_TEST(result.truncated);
}

BOOST_AUTO_TEST_CASE(a_missing_program_and_a_missing_folder_are_errors)
{
    child_command command;
    command.args = {"no-such-program-of-acrx"};
    BOOST_CHECK_EXCEPTION(run_it(command), error, [](error const& e) { return e.code() == errc::not_found; });
    auto nowhere = shell("true");
    nowhere.working_dir = "/no/such/folder";
    BOOST_CHECK_THROW(run_it(nowhere), error);
}

/// Neither gone nor a zombie that nobody collects.
bool runs(int id)
{
    std::ifstream file("/proc/" + std::to_string(id) + "/stat");
    std::string text;
    std::getline(file, text);
    auto const name_end = text.rfind(')');
    return name_end != std::string::npos && text.compare(name_end + 2, 1, "Z") != 0;
}

/// The process whose number is in `file` comes to its end.
bool is_gone(std::filesystem::path const& file)
{
    int id = 0;
    std::ifstream(file) >> id;
    BOOST_TEST_REQUIRE(id > 1);
    for (int tries = 0; tries < 100 && runs(id); ++tries)
        std::this_thread::sleep_for(10ms);
    return !runs(id);
}

BOOST_AUTO_TEST_CASE(the_time_out_kills_the_whole_group)
{
    testing::scratch_folder scratch;
    auto command = shell("sleep 60 & echo $! > " + (scratch / "pid").string() + "; wait");
    command.timeout = 200ms;
    BOOST_CHECK_EXCEPTION(run_it(std::move(command)), error,
                          [](error const& e) { return e.code() == errc::timed_out; });
    BOOST_TEST(is_gone(scratch / "pid"));
}

BOOST_AUTO_TEST_CASE(cancellation_kills_it)
{
    testing::scratch_folder scratch;
    auto command = shell("echo $$ > " + (scratch / "pid").string() + "; exec sleep 60");
    auto& host = testing::test_context();
    host.restart();
    net::cancellation_signal stop;
    std::exception_ptr failure;
    net::co_spawn(host, run_child(std::move(command)),
                  net::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr e, child_result) { failure = e; }));
    net::steady_timer timer(host, 200ms);
    timer.async_wait([&](auto) { stop.emit(net::cancellation_type::terminal); });
    auto const start = std::chrono::steady_clock::now();
    host.run();
    BOOST_TEST((std::chrono::steady_clock::now() - start < 5s));
    BOOST_TEST(bool(failure));
    BOOST_TEST(is_gone(scratch / "pid"));
}

BOOST_AUTO_TEST_CASE(it_inherits_its_inputs_and_outputs_and_nothing_else)
{
    child_command command;
    command.args = {"ls", "/proc/self/fd"};
    BOOST_TEST(run_it(std::move(command)).out == "0\n1\n2\n3\n");  // the last is the folder that it lists
}

BOOST_AUTO_TEST_CASE(a_daemon_that_keeps_the_output_open_is_not_waited_for)
{
    auto const start = std::chrono::steady_clock::now();
    auto const result = run_it(shell("sleep 5 & echo done"));
    BOOST_TEST(result.out == "done\n");
    BOOST_TEST((std::chrono::steady_clock::now() - start < 3s));
}
BOOST_AUTO_TEST_SUITE_END()
