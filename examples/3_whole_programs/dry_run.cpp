// Composes a quick task with an executor of our own that prints instead of running. Usage: dry_run FOLDER
#include <acrx/acrx.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <iostream>

/// Every step ends at once, with status 0 and without output.
struct printing_executor
{
    acrx::net::awaitable<void> submit(acrx::step_spec const& spec, acrx::step_key const&)
    {
        for (auto const& word : spec.args)
            std::cout << word << ' ';
        std::cout << '\n';
        co_return;
    }
    acrx::net::awaitable<acrx::step_state> observe(acrx::step_key const&)
    {
        co_return acrx::step_state{.now = acrx::step_state::phase::exited, .code = 0, .timed_out = false};
    }
    acrx::net::awaitable<acrx::step_output> log(acrx::step_key const&, std::uint64_t)
    {
        co_return acrx::step_output{.bytes = {}, .ended = true};
    }
    acrx::net::awaitable<void> cancel(acrx::step_key const&, std::chrono::milliseconds) { co_return; }
    acrx::net::awaitable<std::vector<acrx::step_key>> list(std::string const&) { co_return std::vector<std::string>{}; }
    acrx::net::awaitable<void> forget(acrx::step_key const&) { co_return; }
};

int main(int argc, char** argv)
try {
    if (argc != 2)
        throw std::invalid_argument("usage: dry_run FOLDER");
    acrx::net::io_context host;
    acrx::net::thread_pool pool;
    auto const home = acrx::state_folder::of_environment();
    acrx::basic_quick_task task{home, acrx::local_directory{argv[1]}, acrx::distribution_client{acrx::docker_config{}},
                                acrx::no_cache{}, acrx::overlay_snapshotter{home.snapshots()}, printing_executor{},
                                pool.get_executor()};
    auto built = co_spawn(host, task.run({}, {}), acrx::net::use_future);
    host.run();
    std::cout << built.get().image.digest.str() << '\n';
    return 0;
} catch (std::exception const& e) {
    std::cerr << "dry_run: " << e.what() << '\n';
    return 1;
}
