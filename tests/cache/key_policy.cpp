#include <acrx/cache/key_policy.hpp>

#include <acrx/cache/no_cache.hpp>
#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(cache_key_policy)

/// Facts that are all different.
struct facts_of_a_step
{
    std::string files = "files";
    std::string stamps = "stamps";
    std::string context = "context";
    int asked = 0;
    step_facts facts{.content = digest_of("content"),
                     .definition = digest_of("definition"),
                     .metadata = digest_of("metadata"),
                     .parent = digest_of("parent"),
                     .files = [this] { return ++asked, digest_of(files); },
                     .stamps = [this] { return ++asked, digest_of(stamps); },
                     .context = [this] { return ++asked, digest_of(context); }};

    /// Which keys another value of one fact changes: a letter a policy.
    template<class Change>
    std::string changed_by(Change change)
    {
        std::string letters;
        for (auto const* name : {"content", "chain", "time", "context"}) {
            facts_of_a_step before;
            facts_of_a_step after;
            change(after);
            if (named_key(name).key(before.facts) != named_key(name).key(after.facts))
                letters += std::string(name).substr(0, 2) + " ";
        }
        return letters;
    }
};

BOOST_FIXTURE_TEST_CASE(each_looks_at_its_own_facts, facts_of_a_step)
{
    using self = facts_of_a_step;
    BOOST_TEST(changed_by([](self&) {}) == "");
    BOOST_TEST(changed_by([](self& s) { s.facts.content = digest_of("x"); }) == "co ");
    BOOST_TEST(changed_by([](self& s) { s.facts.definition = digest_of("x"); }) == "ch ti co ");
    BOOST_TEST(changed_by([](self& s) { s.facts.metadata = digest_of("x"); }) == "ch ");
    BOOST_TEST(changed_by([](self& s) { s.facts.parent = digest_of("x"); }) == "ch ti co ");
    BOOST_TEST(changed_by([](self& s) { s.files = "x"; }) == "ch ");
    BOOST_TEST(changed_by([](self& s) { s.stamps = "x"; }) == "ti ");
    BOOST_TEST(changed_by([](self& s) { s.context = "x"; }) == "co ");
}

BOOST_FIXTURE_TEST_CASE(what_costs_time_is_asked_for_only_by_need, facts_of_a_step)
{
    BOOST_TEST((key_by_content().key(facts) == facts.content));
    BOOST_TEST(asked == 0);
    key_by_time().key(facts);
    BOOST_TEST(asked == 1);
    BOOST_TEST((key_of(no_cache(), facts) == facts.content));
    BOOST_TEST(asked == 1);
}

BOOST_AUTO_TEST_CASE(a_key_is_chosen_by_its_name)
{
    for (auto const* name : {"content", "chain", "time", "context"})
        BOOST_TEST(named_key(name).name() == name);
    BOOST_TEST(named_key().name() == "content");
    BOOST_TEST(!named_key("time").is_exact());
    BOOST_TEST(named_key("chain").is_exact());
    BOOST_CHECK_THROW(named_key("checksum"), error);
}

BOOST_AUTO_TEST_SUITE_END()
