#include <acrx/executor/detail/netavark.hpp>
#include <acrx/io/files.hpp>
#include <boost/test/unit_test.hpp>
#include <support/scratch_folder.hpp>

#include <filesystem>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_detail_netavark)
BOOST_AUTO_TEST_CASE(names_of_the_dns_server_come_and_go_without_moving_those_of_others)
{
    testing::scratch_folder scratch;
    detail::netavark_network const network{"n", "n", net::ip::make_network_v4("10.231.7.1/24"), scratch.path()};
    std::filesystem::create_directory(scratch / "aardvark-dns");
    auto const file = scratch / "aardvark-dns/n";
    write_file(file, "10.231.7.1\n");
    auto const address = [](char const* text) { return net::ip::make_address_v4(text); };
    detail::add_dns_names(network, {"web", {"web", "www"}, address("10.231.7.3"), {}});
    detail::add_dns_names(network, {"web-test", {"web-test"}, address("10.231.7.4"), {}});
    BOOST_TEST(read_file(file, 4096) == "10.231.7.1\nweb 10.231.7.3  web,www\nweb-test 10.231.7.4  web-test\n");
    detail::remove_dns_names(network, "web", true);
    BOOST_TEST(read_file(file, 4096) == "10.231.7.1\n--- 10.231.7.3  ---,---\nweb-test 10.231.7.4  web-test\n");
    detail::remove_dns_names(network, "nobody", true);
    detail::add_dns_names(network, {"web", {"web"}, address("10.231.7.5"), {}});
    BOOST_TEST(read_file(file, 4096)
               == "10.231.7.1\n--- 10.231.7.3  ---,---\nweb-test 10.231.7.4  web-test\nweb 10.231.7.5  web\n");
}
BOOST_AUTO_TEST_CASE(a_network_with_ipv6_has_both_addresses_of_a_name)
{
    testing::scratch_folder scratch;
    detail::netavark_network const network{"n", "n", net::ip::make_network_v4("10.231.7.1/24"), scratch.path(), true};
    std::filesystem::create_directory(scratch / "aardvark-dns");
    auto const file = scratch / "aardvark-dns/n";
    write_file(file, "10.231.7.1\n");
    detail::netavark_member const member{"web", {"web"}, net::ip::make_address_v4("10.231.7.3"), {}};
    detail::add_dns_names(network, member);
    BOOST_TEST(read_file(file, 4096) == "10.231.7.1\nweb 10.231.7.3 fd61:6372:780a:e707::3 web\n");
    detail::remove_dns_names(network, "web", true);
    BOOST_TEST(read_file(file, 4096) == "10.231.7.1\n--- 10.231.7.3 fd61:6372:780a:e707::3 ---\n");
    auto const input = detail::netavark_input(network, member);
    BOOST_TEST(input.find(R"("static_ips":["10.231.7.3","fd61:6372:780a:e707::3"])") != input.npos, input);
    BOOST_TEST(input.find(R"({"subnet":"fd61:6372:780a:e707::/64","gateway":"fd61:6372:780a:e707::1"})") != input.npos, input);
}
BOOST_AUTO_TEST_SUITE_END()
