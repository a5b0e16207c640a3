// Runs a task with an executor of our own, which prints what a container would run. Usage: dry_task TASK_FILE
#include <acrx/acrx.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <iostream>

/// Every container ends at once, with status 0 and without output; there are no networks.
struct printing_executor
{
    using keys = std::vector<acrx::step_key>;

    acrx::net::awaitable<void> submit(acrx::step_spec const& spec, acrx::step_key const& key)
    {
        std::cout << key << ':';
        for (auto const& word : spec.args)
            std::cout << ' ' << word;
        std::cout << '\n';
        co_return;
    }
    acrx::net::awaitable<acrx::step_state> observe(acrx::step_key const&)
    {
        co_return acrx::step_state{.now = acrx::step_state::phase::exited, .code = 0, .timed_out = false, .out_of_memory = false};
    }
    acrx::net::awaitable<acrx::step_output> log(acrx::step_key const&, std::uint64_t)
    {
        co_return acrx::step_output{.bytes = {}, .ended = true};
    }
    acrx::net::awaitable<void> cancel(acrx::step_key const&, std::chrono::milliseconds) { co_return; }
    acrx::net::awaitable<keys> list(std::string const&) { co_return keys{}; }
    acrx::net::awaitable<void> forget(acrx::step_key const&) { co_return; }
    acrx::net::awaitable<void> make_network(std::string const&, acrx::network_spec const&) { co_return; }
    acrx::net::awaitable<std::vector<acrx::published_port>> published_ports(acrx::step_key const&)
    {
        co_return std::vector<acrx::published_port>{};
    }
    acrx::net::awaitable<void> end_run(std::string const&) { co_return; }
    acrx::net::awaitable<keys> reap() { co_return keys{}; }
};

int main(int argc, char** argv)
try {
    if (argc != 2)
        throw std::invalid_argument("usage: dry_task TASK_FILE");
    acrx::net::io_context host;
    acrx::net::thread_pool pool;
    auto const home = acrx::state_folder::of_environment();
    acrx::distribution_client const registry{acrx::docker_config{}};
    acrx::overlay_snapshotter const snapshots{home.snapshots()};
    acrx::quick_builder builder{home, registry, acrx::no_cache{}, snapshots, [&] { return acrx::sandbox(home.runs()); }, pool.get_executor()};
    acrx::basic_task_runner runner{home, acrx::empty_context{}, std::move(builder), printing_executor{}, registry, snapshots,
                                   acrx::local_secrets{}, acrx::system_clock{}, acrx::task_sink{[](auto const&) {}}, pool.get_executor()};
    acrx::task_request request{.task = acrx::task_text{argv[1], acrx::read_file(argv[1], acrx::task_file::max_text)}};
    auto ended = co_spawn(host, runner.run(std::move(request)), acrx::net::use_future);
    host.run();
    return ended.get().succeeded ? 0 : 1;
} catch (std::exception const& e) {
    std::cerr << "dry_task: " << e.what() << '\n';
    return 1;
}
