#include <acrx/build/detail/accounts.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using detail::find_account;

BOOST_AUTO_TEST_SUITE(build_accounts)

root_view sample_root()
{
    std::map<std::string, std::string> kept{
        {"etc/passwd", "# comment\nroot:x:0:0:root:/root:/bin/sh\napp:x:1000:1001::/home/app:/bin/sh\nbad line\n"},
        {"etc/group", "root:x:0:\nweb:x:33:www,app\ndocker:x:999:app\n"}};
    std::vector<layer_entry> entries(2);
    entries[0].path = "etc/passwd";
    entries[1].path = "etc/group";
    return root_view({std::make_shared<layer_index const>(std::move(entries), std::move(kept))});
}

BOOST_AUTO_TEST_CASE(finds_users_by_name_and_number)
{
    auto const root = sample_root();
    auto const app = find_account(root, "app");
    BOOST_TEST(app.uid == 1000U);
    BOOST_TEST(app.gid == 1001U);
    BOOST_TEST(app.home == "/home/app");
    BOOST_TEST(app.groups == (std::vector<std::uint32_t>{33, 999, 1001}), boost::test_tools::per_element());
    BOOST_TEST(find_account(root, "1000").home == "/home/app");
    BOOST_TEST(find_account(root, "").home == "/root");
    BOOST_TEST(find_account(root, "4242").uid == 4242U);
    BOOST_TEST(find_account(root, "4242").gid == 0U);
}

BOOST_AUTO_TEST_CASE(lets_an_explicit_group_replace_all_others)
{
    auto const who = find_account(sample_root(), "app:web");
    BOOST_TEST(who.gid == 33U);
    BOOST_TEST(who.groups == std::vector<std::uint32_t>{33}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(says_what_it_cannot_find)
{
    BOOST_CHECK_EXCEPTION(find_account(sample_root(), "x"), error, [](error const& e) {
        return e.text() == "unable to find user x: no matching entries in passwd file";
    });
    BOOST_CHECK_EXCEPTION(find_account(sample_root(), "app:x"), error, [](error const& e) {
        return e.text() == "unable to find group x: no matching entries in group file";
    });
}

BOOST_AUTO_TEST_SUITE_END()
