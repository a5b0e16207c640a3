#include <acrx/identity/detail/registry_key.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(identity_registry_key)

BOOST_AUTO_TEST_CASE(drops_scheme_path_and_case)
{
    BOOST_TEST(detail::registry_host("https://R.azurecr.io/v2/") == "r.azurecr.io");
    BOOST_TEST(detail::registry_host("http://localhost:5000") == "localhost:5000");
    BOOST_TEST(detail::registry_host("quay.io/org/repo") == "quay.io");
    BOOST_TEST(detail::registry_host("https://index.docker.io/v1/") == "docker.io");
    BOOST_TEST(detail::registry_host("registry-1.docker.io") == "docker.io");
}

BOOST_AUTO_TEST_CASE(keeps_the_repository_of_a_key_without_a_scheme)
{
    BOOST_TEST(detail::registry_key("quay.io/org/repo/") == "quay.io/org/repo");
    BOOST_TEST(detail::registry_key("https://quay.io/org") == "quay.io");
    BOOST_TEST(detail::registry_key("example.com/v1/") == "example.com");
    BOOST_TEST(detail::registry_key("index.docker.io/v1") == "docker.io");
}

BOOST_AUTO_TEST_CASE(fits_a_registry_and_the_repositories_below_a_key)
{
    BOOST_TEST(detail::key_fit("quay.io", "quay.io/org/repo") == 7U);
    BOOST_TEST(detail::key_fit("quay.io/org", "quay.io/org/repo") == 11U);
    BOOST_TEST(detail::key_fit("quay.io/org", "quay.io/organisation") == 0U);
    BOOST_TEST(detail::key_fit("quay.io/org", "quay.io") == 0U);
    BOOST_TEST(detail::key_fit("quay.io", "quay.io.evil.org") == 0U);
    BOOST_TEST(detail::key_fit("quay.io", "quay.io:443") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
