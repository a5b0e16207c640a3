// Builds the image of a folder and pushes it. Usage: build_and_push FOLDER NAME
#include <acrx/acrx.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <iostream>

int main(int argc, char** argv)
try {
    if (argc != 3)
        throw std::invalid_argument("usage: build_and_push FOLDER NAME");
    acrx::net::io_context host;
    acrx::net::thread_pool pool;
    auto const home = acrx::state_folder::of_environment();
    acrx::quick_task task{home,
                          acrx::local_directory{argv[1]},
                          acrx::distribution_client{acrx::docker_config{}},
                          acrx::local_cache{home.cache()},
                          acrx::overlay_snapshotter{home.snapshots()},
                          acrx::sandbox{home.runs()},
                          pool.get_executor()};
    acrx::quick_request request;
    request.push_to = {acrx::parse_reference(argv[2])};
    auto built = co_spawn(host, task.run(request, {}), acrx::net::use_future);
    host.run();
    std::cout << built.get().image.digest.str() << '\n';
    return 0;
} catch (std::exception const& e) {
    std::cerr << "build_and_push: " << e.what() << '\n';
    return 1;
}
