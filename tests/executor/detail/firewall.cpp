#include <acrx/executor/detail/firewall.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_detail_firewall)
BOOST_AUTO_TEST_CASE(what_is_added_is_what_is_taken_away)
{
    std::string const subnet = "10.231.7.0/24";
    auto added = detail::firewall_rules("-I", "acrx7", subnet);
    BOOST_TEST(added
               == "*nat\n-I POSTROUTING -s 10.231.7.0/24 ! -o acrx7 -j MASQUERADE\nCOMMIT\n"
                  "*filter\n-I INPUT -i acrx7 -p udp --dport 53 -j ACCEPT\n"
                  "-I INPUT -i acrx7 -p tcp --dport 53 -j ACCEPT\n"
                  "-I FORWARD -i acrx7 -j ACCEPT\n"
                  "-I FORWARD -o acrx7 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\nCOMMIT\n");
    auto const removed = detail::firewall_rules("-D", "acrx7", subnet);
    for (auto at = added.find("-I "); at != added.npos; at = added.find("-I "))
        added.replace(at, 2, "-D");
    BOOST_TEST(removed == added);
}

BOOST_AUTO_TEST_CASE(metadata_services_are_kept_from_a_bridge_but_for_what_is_joined_to_it)
{
    std::string const subnet = "10.231.7.0/24";
    auto const open = detail::firewall_rules("-I", "acrx7", subnet);
    auto const closed = detail::firewall_rules("-I", "acrx7", subnet, detail::metadata_reach::closed);
    BOOST_TEST(closed.substr(0, open.size()) == open);
    BOOST_TEST(closed.substr(open.size())
               == "*mangle\n"
                  "-I INPUT -i acrx7 -p tcp -m conntrack --ctorigdst 169.254.0.0/16 ! --ctorigdstport 53 -j DROP\n"
                  "-I INPUT -i acrx7 -p tcp -m conntrack --ctorigdst 168.63.129.16/32 ! --ctorigdstport 53 -j DROP\n"
                  "-I FORWARD -i acrx7 ! -o acrx7 -p tcp -m conntrack --ctorigdst 169.254.0.0/16 ! --ctorigdstport 53 -j DROP\n"
                  "-I FORWARD -i acrx7 ! -o acrx7 -p tcp -m conntrack --ctorigdst 168.63.129.16/32 ! --ctorigdstport 53 -j DROP\n"
                  "COMMIT\n");
}

BOOST_AUTO_TEST_CASE(metadata_services_are_kept_from_a_subnet_of_either_family)
{
    auto const four = detail::metadata_rules("-D", "172.18.0.0/16");
    BOOST_TEST(four.find("-D FORWARD -s 172.18.0.0/16 -p tcp -m conntrack --ctorigdst 169.254.0.0/16 ") != four.npos, four);
    BOOST_TEST(four.find("fd00") == four.npos);
    auto const six = detail::metadata_rules("-I", "fd12::/64");
    BOOST_TEST(six.find("-I INPUT -s fd12::/64 -p tcp -m conntrack --ctorigdst fd00:ec2::254/128 ") != six.npos, six);
    BOOST_TEST(six.find("169.254") == six.npos);
}
BOOST_AUTO_TEST_SUITE_END()
