#include <acrx/dockerfile/lint_warning.hpp>

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

using namespace acrx::dockerfile;

BOOST_AUTO_TEST_SUITE(dockerfile_lint_warning)

BOOST_AUTO_TEST_CASE(has_a_page_for_each_rule)
{
    BOOST_TEST(url_of(lint_rule::json_args_recommended)
               == "https://docs.docker.com/go/dockerfile/rule/json-args-recommended/");
    BOOST_TEST(url_of(lint_rule::from_as_casing) == "https://docs.docker.com/go/dockerfile/rule/from-as-casing/");
    BOOST_TEST(url_of(lint_rule::undefined_var) == "https://docs.docker.com/go/dockerfile/rule/undefined-var/");
    BOOST_TEST(url_of(lint_rule::secrets_used_in_arg_or_env)
               == "https://docs.docker.com/go/dockerfile/rule/secrets-used-in-arg-or-env/");
    std::set<std::string> pages;
    for (auto const& rule : lint_rules)
        BOOST_TEST(pages.insert(url_of(rule.rule)).second, rule.name);
}

BOOST_AUTO_TEST_CASE(writes_a_finding_in_one_line)
{
    BOOST_TEST(to_string(lint_warning{lint_rule::stage_name_casing, "x", {3, 4, 1}}) == "StageNameCasing: x (line 3)");
    BOOST_TEST(to_string(lint_warning{lint_rule::stage_name_casing, "x", {}}) == "StageNameCasing: x");
}

BOOST_AUTO_TEST_SUITE_END()
