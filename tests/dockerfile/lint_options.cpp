#include <acrx/dockerfile/lint_options.hpp>

#include <acrx/dockerfile/parse_error.hpp>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>

using namespace acrx::dockerfile;

BOOST_AUTO_TEST_SUITE(dockerfile_lint_options)

BOOST_AUTO_TEST_CASE(wants_every_common_rule_at_first)
{
    auto const options = parse_lint_options(" ");
    for (auto const& rule : lint_rules)
        BOOST_TEST(options.wants(rule.rule) == !rule.experimental, rule.name);
    BOOST_TEST(!options.fail);
}

BOOST_AUTO_TEST_CASE(reads_all_parts)
{
    auto const options =
        parse_lint_options("skip=StageNameCasing, FromAsCasing; error=true;experimental=InvalidDefinitionDescription");
    BOOST_TEST(!options.wants(lint_rule::stage_name_casing));
    BOOST_TEST(!options.wants(lint_rule::from_as_casing));
    BOOST_TEST(options.wants(lint_rule::undefined_var));
    BOOST_TEST(options.wants(lint_rule::invalid_definition_description));
    BOOST_TEST(options.fail);
}

BOOST_AUTO_TEST_CASE(keeps_experimental_rules_apart_from_all)
{
    auto const options = parse_lint_options("skip=all;experimental=all");
    BOOST_TEST(!options.wants(lint_rule::stage_name_casing));
    BOOST_TEST(options.wants(lint_rule::invalid_definition_description));
}

BOOST_AUTO_TEST_CASE(adds_what_another_one_skips)
{
    auto options = parse_lint_options("skip=StageNameCasing");
    options.add(parse_lint_options("skip=FromAsCasing;error=true"));
    BOOST_TEST(!options.wants(lint_rule::stage_name_casing));
    BOOST_TEST(!options.wants(lint_rule::from_as_casing));
    BOOST_TEST(!options.fail);
}

struct refused
{
    char const* text;
    char const* expected;
};
std::ostream& operator<<(std::ostream& out, refused const& r) { return out << r.text; }

refused const refusals[] = {
    {"skip", "failed to parse check options: invalid check option \"skip\""},
    {"skip=A;", "failed to parse check options: invalid check option \"\""},
    {"skipp=A", "failed to parse check options: invalid check option \"skipp\""},
    {"error=yes", "failed to parse check options: failed to parse check option \"error=yes\": invalid syntax"},
    {"error=", "failed to parse check options: failed to parse check option \"error=\": invalid syntax"},
};

BOOST_DATA_TEST_CASE(refuses, boost::unit_test::data::make(refusals), r)
{
    BOOST_CHECK_EXCEPTION(parse_lint_options(r.text), parse_error,
                          [&](parse_error const& e) { return e.text() == r.expected; });
}

BOOST_AUTO_TEST_SUITE_END()
