// A runner with a trigger source of our own: a file that appears in a folder starts a task. Usage: folder_runner FOLDER
#include <acrx/acrx.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <filesystem>
#include <iostream>

namespace net = acrx::net;
namespace fs = std::filesystem;

/// Each file asks for a run of the task of its name; acknowledging removes it.
struct folder_source
{
    fs::path folder;
    fs::path file = {};

    net::awaitable<std::optional<acrx::trigger_event>> next()
    {
        net::steady_timer timer(co_await net::this_coro::executor);
        for (fs::directory_iterator at(folder); at == fs::directory_iterator(); at = fs::directory_iterator(folder)) {
            timer.expires_after(std::chrono::milliseconds(200));
            co_await timer.async_wait(net::use_awaitable);
        }
        file = fs::directory_iterator(folder)->path();
        co_return acrx::trigger_event{{}, "folder", acrx::manual_request{file.filename().string(), "a file"}};
    }
    net::awaitable<void> acknowledge() { fs::remove(file); co_return; }
};

/// Says what it would do.
struct printing_engine
{
    net::awaitable<acrx::run_outcome> run(acrx::run_order order, acrx::run_output)
    {
        std::cout << order.record.id << " runs " << order.record.task << std::endl;
        co_return acrx::run_outcome{.succeeded = true};
    }
};

int main(int argc, char** argv)
try {
    if (argc != 2)
        throw std::invalid_argument("usage: folder_runner FOLDER");
    net::io_context host{1};
    acrx::scratch_folder folder(fs::temp_directory_path(), "folder_runner");
    auto const logs = folder.get();
    acrx::basic_runner_service service{acrx::memory_store{}, acrx::runner_folders{logs, logs}, acrx::system_clock{}};
    acrx::basic_triggered_runner runner{folder_source{argv[1]}, service, printing_engine{}};

    acrx::task_definition task{.name = "greet", .step = acrx::step_definition{acrx::text_step{.task = "steps: []"}}};
    co_spawn(host, service.save_task(task), [&](std::exception_ptr, auto) { co_spawn(host, runner.run(), net::detached); });
    host.run_for(std::chrono::seconds(2));  // a program of yours would run for ever
} catch (std::exception const& e) {
    std::cerr << "folder_runner: " << e.what() << '\n';
    return 1;
}
