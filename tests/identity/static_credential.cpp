#include <acrx/identity/static_credential.hpp>

#include <identity/temporary_home.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(identity_static_credential)

BOOST_AUTO_TEST_CASE(goes_to_its_own_host_only)
{
    static_credential provider("Example.com:5000", "me", "secret");
    BOOST_TEST(identity_tests::find(provider, "example.com:5000").secret == "secret");
    BOOST_TEST(identity_tests::find(provider, "example.com:5000").user == "me");
    for (auto const* host : {"example.com", "example.com:5001", "sub.example.com:5000", "example.com:5000.evil.org", ""})
        BOOST_TEST(identity_tests::find(provider, host).is_anonymous(), host);
}

BOOST_AUTO_TEST_CASE(knows_all_names_of_docker_hub)
{
    static_credential provider("https://index.docker.io/v1/", "me", "secret");
    for (auto const* host : {"docker.io", "index.docker.io", "registry-1.docker.io"})
        BOOST_TEST(!identity_tests::find(provider, host).is_anonymous(), host);
}

BOOST_AUTO_TEST_SUITE_END()
