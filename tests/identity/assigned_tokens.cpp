#include <acrx/identity/assigned_tokens.hpp>

#include <acrx/core/error.hpp>
#include <identity/fixed_tokens.hpp>
#include <support/archetypes/token_source.hpp>
#include <support/run.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using acrx::testing::run;

template class acrx::assigned_tokens<acrx::testing::token_source_archetype>;

BOOST_AUTO_TEST_SUITE(identity_assigned_tokens)

namespace {
bool gives(assigned_identities const& assigned, std::string const& identity)
{
    identity_tests::fixed_tokens source;
    assigned_tokens tokens(source, assigned);
    try {
        run(tokens.get({"r", identity}));
    } catch (error const& e) {
        BOOST_CHECK(e.code() == errc::denied);
        BOOST_TEST(e.advice().find("task identity assign") != std::string::npos);
        BOOST_TEST(source.asked->empty());
        return false;
    }
    return true;
}
}  // namespace

BOOST_AUTO_TEST_CASE(gives_what_is_assigned_and_no_more)
{
    assigned_identities const none{.are_all = false};
    BOOST_TEST(!gives(none, ""));
    BOOST_TEST(!gives(none, "a"));
    assigned_identities const some{.are_all = false, .has_system = true, .names = {"A-b", "/Sub/x"}};
    BOOST_TEST(gives(some, ""));
    BOOST_TEST(gives(some, "a-B"));
    BOOST_TEST(gives(some, "/sub/X"));
    BOOST_TEST(!gives(some, "c"));
    assigned_identities const vague{.are_all = false, .names = {"/sub/x"}, .has_unknown = true};
    BOOST_TEST(gives(vague, "c"));
    BOOST_TEST(!gives(vague, ""));
    BOOST_TEST(!gives(vague, "/sub/y"));
    BOOST_TEST(gives({}, ""));
    BOOST_TEST(gives({}, "whoever"));
}

BOOST_AUTO_TEST_SUITE_END()
