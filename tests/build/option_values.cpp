#include <acrx/build/option_values.hpp>  // first: proves that the header stands alone

#include <boost/test/unit_test.hpp>

#include <string_view>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_option_values)
BOOST_AUTO_TEST_CASE(security_options_change_one_thing_each)
{
    auto const with = [](std::string_view option) {
        step_rights rights;
        apply_security_option(rights, option);
        return rights;
    };
    BOOST_TEST(with("no-new-privileges").no_new_privileges);
    BOOST_TEST(with("no-new-privileges:true").no_new_privileges);
    BOOST_TEST((with("no-new-privileges=false") == step_rights()));
    BOOST_TEST(!with("seccomp=unconfined").filtered);
    BOOST_TEST(!with("systempaths=unconfined").masked);
    for (auto const* option : {"seccomp=builtin", "apparmor=unconfined", "apparmor:unconfined", "label=disable"})
        BOOST_TEST((with(option) == step_rights()), option);
    for (auto const* option : {"", "odd", "odd=1", "no-new-privileges=maybe", "systempaths=all", "seccomp=/etc/x.json", "apparmor=x"})
        BOOST_CHECK_THROW(with(option), option_error);
}
BOOST_AUTO_TEST_SUITE_END()
