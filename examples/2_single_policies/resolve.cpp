// Asks a registry what a name stands for. Usage: resolve NAME
#include <acrx/identity/anonymous.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/registry/distribution_client.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <iostream>

int main(int argc, char** argv)
try {
    if (argc != 2)
        throw std::invalid_argument("usage: resolve NAME");
    acrx::net::io_context host;
    acrx::basic_distribution_client client{acrx::anonymous{}};
    auto found = co_spawn(host, client.resolve(acrx::parse_reference(argv[1])), acrx::net::use_future);
    host.run();
    auto const image = found.get();
    std::cout << (image ? image->digest.str() + " " + image->media_type : std::string("not found")) << '\n';
    return image ? 0 : 1;
} catch (std::exception const& e) {
    std::cerr << "resolve: " << e.what() << '\n';
    return 1;
}
