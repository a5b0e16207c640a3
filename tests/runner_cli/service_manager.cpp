#include <acrx/runner_cli/service_manager.hpp>

#include <acrx/io/unique_fd.hpp>

#include <support/scratch_folder.hpp>

#include <boost/test/unit_test.hpp>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(runner_cli_service_manager)
BOOST_AUTO_TEST_CASE(sends_to_the_socket_that_the_manager_names)
{
    acrx::testing::scratch_folder const folder;
    auto const path = (folder / "notify").string();
    ::sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size());
    unique_fd const socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    BOOST_REQUIRE(::bind(socket.get(), reinterpret_cast<::sockaddr const*>(&address), sizeof(address)) == 0);
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    cli::tell_service_manager("READY=1");
    ::unsetenv("NOTIFY_SOCKET");
    cli::tell_service_manager("READY=2");
    std::array<char, 64> bytes{};
    auto const count = ::recv(socket.get(), bytes.data(), bytes.size(), 0);
    BOOST_TEST(std::string(bytes.data(), static_cast<std::size_t>(count)) == "READY=1");
    BOOST_TEST(::recv(socket.get(), bytes.data(), bytes.size(), 0) == -1);
}

BOOST_AUTO_TEST_CASE(feeds_the_watchdog_twice_as_often_as_it_must)
{
    BOOST_TEST(!cli::watchdog_interval());
    ::setenv("WATCHDOG_USEC", "3000000", 1);
    BOOST_TEST((cli::watchdog_interval() == std::chrono::microseconds(1'500'000)));
    ::setenv("WATCHDOG_PID", "1", 1);
    BOOST_TEST(!cli::watchdog_interval());
    ::unsetenv("WATCHDOG_PID");
    ::setenv("WATCHDOG_USEC", "soon", 1);
    BOOST_TEST(!cli::watchdog_interval());
    ::unsetenv("WATCHDOG_USEC");
}
BOOST_AUTO_TEST_SUITE_END()
