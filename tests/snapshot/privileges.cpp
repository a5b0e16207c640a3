#include <acrx/snapshot/privileges.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>
#include <support/scratch_folder.hpp>

#include <unistd.h>

#include <string>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(snapshot_privileges)

BOOST_AUTO_TEST_CASE(reads_subordinate_ids_by_name_and_number)
{
    testing::scratch_folder const folder;
    auto const file = folder.write("subuid", "ann:100000:65536\nbob:200000:10\n1000:300000:5\nann:400000:1\n"
                                             "ann:x:1\nann:1\nann:1:0\nann:-1:4\nann:5000000000:1\n\nannx:1:1\n");
    using ranges = std::vector<id_range>;
    BOOST_TEST((subordinate_ids(file, "ann", 7) == ranges{{0, 100000, 65536}, {0, 400000, 1}}));
    BOOST_TEST((subordinate_ids(file, "ann", 1000) == ranges{{0, 100000, 65536}, {0, 300000, 5}, {0, 400000, 1}}));
    BOOST_TEST(subordinate_ids(file, "an", 100).empty());
    BOOST_TEST(subordinate_ids(folder / "missing", "ann", 1).empty());
}

BOOST_AUTO_TEST_CASE(knows_its_own_ids)
{
    auto const ranges = own_ids();
    BOOST_TEST_REQUIRE(!ranges.empty());
    BOOST_TEST(!own_ids("gid_map").empty());
    if (::geteuid() != 0)
        BOOST_TEST(is_ordinary_user());
}

BOOST_AUTO_TEST_CASE(refuses_steps_to_those_who_may_not_mount)
{
    if (may_run_steps())
        BOOST_CHECK_NO_THROW(require_steps("trying"));
    else
        BOOST_CHECK_EXCEPTION(require_steps("trying"), error, [](error const& e) {
            return e.code() == errc::no_permission && e.doing() == "trying" && !e.advice().empty();
        });
}

BOOST_AUTO_TEST_SUITE_END()
