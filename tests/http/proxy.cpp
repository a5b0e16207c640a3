#include <acrx/http/proxy.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(http_proxy)

bool goes_direct(std::string no_proxy, char const* target)
{
    proxy_settings const settings{.http = "http://p:3128", .https = "p:3129", .no_proxy = std::move(no_proxy)};
    return !settings.proxy_for(parse_url(target));
}

BOOST_AUTO_TEST_CASE(each_scheme_has_its_proxy)
{
    proxy_settings const settings{.http = "http://p:3128", .https = "u:s@p:3129", .no_proxy = ""};
    BOOST_TEST(settings.proxy_for(parse_url("http://h/"))->port == 3128);
    BOOST_TEST(settings.proxy_for(parse_url("https://h/"))->port == 3129);
    BOOST_TEST(settings.proxy_for(parse_url("https://h/"))->user_info == "u:s");
    BOOST_TEST(!proxy_settings{}.proxy_for(parse_url("https://h/")));
}

BOOST_AUTO_TEST_CASE(loopback_is_always_reached_directly)
{
    for (auto const* target : {"http://localhost/", "https://127.1.2.3/", "http://[::1]:5000/"})
        BOOST_TEST(goes_direct("", target));
}

BOOST_AUTO_TEST_CASE(no_proxy_names_hosts_suffixes_blocks_and_ports)
{
    for (auto const* list : {"example.com", ".example.com", "*.example.com", "x, r.example.com", "*", "r.example.com:443",
                             "EXAMPLE.com", "other,example.com"})
        BOOST_TEST_CONTEXT(list)
            BOOST_TEST(goes_direct(list, "https://r.example.com/"));
    for (auto const* list : {"", "ample.com", "r.example.com:80", "example.org", "r.example.com.org", ".r.example.com"})
        BOOST_TEST_CONTEXT(list)
            BOOST_TEST(!goes_direct(list, "https://r.example.com/"));
    BOOST_TEST(!goes_direct(".example.com", "https://example.com/"));
    BOOST_TEST(goes_direct("10.0.0.0/8", "http://10.2.3.4/"));
    BOOST_TEST(!goes_direct("10.0.0.0/8", "http://11.2.3.4/"));
    BOOST_TEST(goes_direct("fd00::/8", "http://[fd00::5]/"));
    BOOST_TEST(!goes_direct("10.0.0.0/8", "http://ten.example/"));
}

BOOST_AUTO_TEST_SUITE_END()
