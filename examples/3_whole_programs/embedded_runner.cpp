// Runs stored tasks inside a program that has an io_context of its own and other things to do. Usage: embedded_runner
#include <acrx/acrx.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include <filesystem>
#include <iostream>

namespace net = acrx::net;
using runner_service = acrx::basic_runner_service<acrx::sqlite_store, acrx::system_clock>;

/// What your program does for a run: here, it answers at once.
struct own_engine
{
    net::awaitable<acrx::run_outcome> run(acrx::run_order order, acrx::run_output output)
    {
        output.write("hello from " + order.record.task + "\n");
        co_return acrx::run_outcome{.succeeded = true};
    }
};

/// The rest of the program: it makes a task, asks for a run, waits for its end and stops the runner.
net::awaitable<void> rest_of_program(runner_service runs, net::cancellation_signal& stop)
{
    acrx::task_definition task{.name = "nightly", .step = acrx::step_definition{acrx::text_step{.task = "steps: []"}}};
    task.triggers.timers = {{"t1", "0 2 * * *", true}};
    co_await runs.save_task(task);

    acrx::run_request request{.what = acrx::stored_task{"nightly", {}}};
    auto const queued = co_await runs.schedule(request, "the program");
    auto const record = co_await runs.wait_for_run(queued.id, std::chrono::seconds(10));
    auto const log = co_await runs.read_log(record.id, 0);
    std::cout << record.id << ' ' << to_string(record.status) << '\n' << log.bytes;
    stop.emit(net::cancellation_type::terminal);
}

int main()
try {
    net::io_context host{1};  // yours
    net::thread_pool disk{1};
    acrx::scratch_folder folder(std::filesystem::temp_directory_path(), "embedded_runner");  // one that stays, if runs count
    auto const state = folder.get();
    acrx::secret_box const box(acrx::key_of_file(state / "key"));
    runner_service service(acrx::sqlite_store(state / "runs.db", box, disk.get_executor()), {state / "logs", state / "uploads"});
    acrx::basic_triggered_runner runner{acrx::timer_source<acrx::system_clock>{}, service, own_engine{}};

    net::cancellation_signal stop;
    co_spawn(host, runner.run(), net::bind_cancellation_slot(stop.slot(), net::detached));
    co_spawn(host, rest_of_program(service, stop), net::detached);
    host.run();
    return 0;
} catch (std::exception const& e) {
    std::cerr << "embedded_runner: " << e.what() << '\n';
    return 1;
}
