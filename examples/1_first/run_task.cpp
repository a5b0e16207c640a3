// Runs a task that is made here instead of in YAML: builds an image, and runs it. Usage: run_task FOLDER
#include <acrx/acrx.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <iostream>

int main(int argc, char** argv)
try {
    if (argc != 2)
        throw std::invalid_argument("usage: run_task FOLDER");
    acrx::task_file task;
    task.steps = {{.id = "build", .kind = acrx::step_kind::build, .command = "-t sample:1 ."},
                  {.id = "greet", .kind = acrx::step_kind::cmd, .command = "sample:1"}};

    auto const print = [](acrx::task_event const& event) {
        if (auto const* output = std::get_if<acrx::step_printed>(&event))
            std::cout << output->bytes;
    };
    acrx::net::io_context host;
    acrx::net::thread_pool pool;
    auto const home = acrx::state_folder::of_environment();
    acrx::distribution_client const registry{acrx::docker_config{}};
    acrx::overlay_snapshotter const snapshots{home.snapshots()};
    auto const sandboxes = [&]() -> acrx::quick_executor { return acrx::sandbox(home.runs()); };
    acrx::quick_builder builder{home, registry, acrx::local_cache(home.cache()), snapshots, sandboxes, pool.get_executor()};
    acrx::task_executor containers{acrx::oci_runtime(home.runs())};
    acrx::task_runner runner{home, acrx::local_directory(argv[1]), std::move(builder), std::move(containers), registry, snapshots,
                             acrx::machine_secrets{}, {}, acrx::task_sink(print), pool.get_executor()};
    auto ended = co_spawn(host, runner.run({.task = std::move(task)}), acrx::net::use_future);
    host.run();
    for (auto const& step : ended.get().steps)
        std::cout << step.id << ": " << to_string(step.status) << '\n';
    return 0;
} catch (std::exception const& e) {
    std::cerr << "run_task: " << e.what() << '\n';
    return 1;
}
