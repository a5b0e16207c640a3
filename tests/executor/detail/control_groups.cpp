#include <acrx/executor/detail/control_groups.hpp>
#include <boost/test/unit_test.hpp>

#include <acrx/core/error.hpp>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_detail_control_groups)

BOOST_AUTO_TEST_CASE(a_parent_stays_below_the_hierarchies)
{
    for (auto const& folder : detail::control_group_folders("//a/./b/", "n")) {
        BOOST_TEST(folder.string().starts_with("/sys/fs/cgroup"));
        BOOST_TEST(folder.string().ends_with("/a/b/n"), folder.string());
    }
    BOOST_CHECK_THROW(detail::control_group_folders("../x", "n"), error);
    BOOST_TEST(detail::control_group_folders("a/../b", "n") == detail::control_group_folders("b", "n"));
}

BOOST_AUTO_TEST_CASE(removing_what_is_not_there_does_nothing)
{
    detail::remove_control_groups({"/sys/fs/cgroup/acrx-no-such-group"});
}
BOOST_AUTO_TEST_SUITE_END()
