// Brings the files of a git repository to a folder. Usage: fetch_context https://HOST/PATH.git#REF:FOLDER INTO
#include <acrx/context/git_repository.hpp>
#include <acrx/context/location.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <filesystem>
#include <iostream>
#include <stdexcept>

int main(int argc, char** argv)
try {
    if (argc != 3)
        throw std::invalid_argument("usage: fetch_context LOCATION INTO");
    auto const where = acrx::parse_location(argv[1]);
    if (!std::holds_alternative<acrx::git_location>(where))
        throw std::invalid_argument(acrx::redacted(where) + " is no git repository");
    acrx::net::io_context host;
    acrx::git_repository repository{std::get<acrx::git_location>(where)};
    std::filesystem::path const into = argv[2];
    auto fetched = co_spawn(host, repository.fetch(into), acrx::net::use_future);
    host.run();
    auto const context = fetched.get();
    std::cout << context.root.string() << " holds commit " << context.revision << '\n';
    return 0;
} catch (std::exception const& e) {
    std::cerr << "fetch_context: " << e.what() << '\n';
    return 1;
}
