#include <acrx/identity/first_of.hpp>

#include <acrx/core/error.hpp>
#include <acrx/identity/anonymous.hpp>
#include <acrx/identity/static_credential.hpp>
#include <identity/temporary_home.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(identity_first_of)

namespace {
/// The smallest model of the concept; it is broken.
struct broken_provider
{
    net::awaitable<credential> find(std::string)
    {
        throw error(errc::damaged, "asking");
        co_return credential();
    }
};
}  // namespace

BOOST_AUTO_TEST_CASE(gives_the_first_that_is_found)
{
    first_of provider{anonymous(), static_credential("a.io", "1", "s"), static_credential("b.io", "2", "s"),
                      static_credential("a.io", "3", "s")};
    BOOST_TEST(identity_tests::find(provider, "a.io").user == "1");
    BOOST_TEST(identity_tests::find(provider, "b.io").user == "2");
    BOOST_TEST(identity_tests::find(provider, "c.io").is_anonymous());
}

BOOST_AUTO_TEST_CASE(asks_later_providers_only_when_needed)
{
    first_of provider{static_credential("a.io", "1", "s"), broken_provider()};
    BOOST_TEST(identity_tests::find(provider, "a.io").user == "1");
    BOOST_CHECK_THROW(identity_tests::find(provider, "b.io"), error);
}

BOOST_AUTO_TEST_CASE(may_be_empty)
{
    first_of<> provider;
    BOOST_TEST(identity_tests::find(provider, "a.io").is_anonymous());
}

BOOST_AUTO_TEST_SUITE_END()
