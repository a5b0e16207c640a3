#include <acrx/trigger/trigger_event.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(trigger_trigger_event)

namespace {
trigger_event push(std::string url, std::string branch, std::string tag)
{
    git_push what;
    what.repository_url = std::move(url);
    what.branch = std::move(branch);
    what.tag = std::move(tag);
    what.commit = std::string(40, 'a');
    return {"1", "GitHub", what};
}
}  // namespace

BOOST_AUTO_TEST_CASE(names_its_kind_as_run_lists_do)
{
    BOOST_TEST(kind_name(push("u", "main", "")) == "Commit");
    BOOST_TEST(kind_name({"", "", pull_request{}}) == "Pull Request");
    BOOST_TEST(kind_name({"", "", image_update{}}) == "Image Update");
    BOOST_TEST(kind_name({"", "", timer_tick{}}) == "Timer");
    BOOST_TEST(kind_name({"", "", manual_request{}}) == "Manual");
}

BOOST_AUTO_TEST_CASE(the_same_push_has_one_key_whatever_its_delivery)
{
    auto const first = push("https://h/a/b.git", "main", "");
    auto second = push("https://H/a/B", "main", "");
    second.id = "2";
    BOOST_TEST(content_key(first) == content_key(second));
}

BOOST_AUTO_TEST_CASE(different_facts_have_different_keys)
{
    auto const first = push("https://h/a/b", "main", "");
    BOOST_TEST(content_key(first) != content_key(push("https://h/a/c", "main", "")));
    BOOST_TEST(content_key(first) != content_key(push("https://h/a/b", "dev", "")));
    BOOST_TEST(content_key(first) != content_key(push("https://h/a/b", "", "main")));
    BOOST_TEST(content_key({"", "", timer_tick{"a", "t1", {}}}) != content_key({"", "", timer_tick{"b", "t1", {}}}));
    BOOST_TEST(content_key({"", "", manual_request{}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
