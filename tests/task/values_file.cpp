#include <acrx/task/values_file.hpp>

#include <acrx/core/error.hpp>
#include <acrx/templating/options.hpp>
#include <acrx/templating/template.hpp>

#include <task/samples.hpp>

#include <boost/test/unit_test.hpp>

#include <map>

using namespace acrx;
using task_tests::failure;

BOOST_AUTO_TEST_SUITE(task_values_file)

namespace {
/// What a template prints of one value of YAML.
std::string shown(std::string const& yaml)
{
    auto const values = parse_values("v: " + yaml + "\n", "v.yaml");
    return templating::render("{{kindOf .v}} {{toJson .v}}", templating::value(values), templating::task_options("t"));
}
}  // namespace

BOOST_AUTO_TEST_CASE(scalars_have_the_types_of_yaml_1_1)
{
    std::map<std::string, std::string> const table{
        {"text", R"(string "text")"},
        {"'5'", R"(string "5")"},
        {"\"true\"", R"(string "true")"},
        {"5", "int 5"},
        {"-5", "int -5"},
        {"+5", "int 5"},
        {"0x1F", "int 31"},
        {"0b101", "int 5"},
        {"0o17", "int 15"},
        {"017", "int 15"},
        {"1_000", "int 1000"},
        {"_1", "string \"_1\""},
        {"1e20", "float64 100000000000000000000"},
        {"-12345678901234567890.0", "float64 -12345678901234567000"},
        {"9007199254740993.0", "float64 9007199254740992"},
        {"0", "int 0"},
        {"9223372036854775807", "int 9223372036854775807"},
        {"-9223372036854775808", "int -9223372036854775808"},
        {"1.5", "float64 1.5"},
        {"-.5", "float64 -0.5"},
        {"1e3", "float64 1000"},
        {"1.5E-1", "float64 0.15"},
        {"089", "float64 89"},
        {"1.2.3", R"(string "1.2.3")"},
        {"1-2", R"(string "1-2")"},
        {".", R"(string ".")"},
        {"'-'", R"(string "-")"},
        {"e5", R"(string "e5")"},
        {"0x", R"(string "0x")"},
        {"yes", "bool true"},
        {"Off", "bool false"},
        {"~", "invalid null"},
        {"", "invalid null"},
        {"null", "invalid null"},
        {"''", R"(string "")"},
        {"2001-01-02", R"(string "2001-01-02")"},
        {"2001-12-14T21:59:43Z", R"(string "2001-12-14T21:59:43Z")"},
        {"12:30", R"(string "12:30")"},
        {"!!str 5", R"(string "5")"},
        {"!!int '5'", "int 5"},
        {"[a, 1, ~, [b]]", R"(slice ["a",1,null,["b"]])"},
        {"{b: 1, a: {c: [d]}, 5: x, yes: y}", R"(map {"5":"x","a":{"c":["d"]},"b":1,"yes":true})"},
    };
    for (auto const& [yaml, wanted] : table)
        BOOST_TEST(shown(yaml) == wanted, "'" << yaml << "' gives " << shown(yaml));
}

BOOST_AUTO_TEST_CASE(files_of_the_samples)
{
    auto const fruits =
        parse_values(task_tests::read("acr/acr-builder/templating/testdata/fruits.yaml"), "fruits.yaml");
    BOOST_TEST(templating::render("{{.fruit.fruit.nested}} {{len .fruits}}", templating::value(fruits)) == "star 3");
    BOOST_TEST(
        parse_values(task_tests::read("acr/acr-builder/templating/testdata/helloworld/values.yaml"), "v").empty());
    BOOST_TEST(parse_values("# nothing\n", "v").empty());
    BOOST_TEST(parse_values("~\n", "v").empty());
    auto const thames = parse_values(task_tests::read("acr/acr-builder/templating/testdata/thames/values.yaml"), "v");
    BOOST_TEST(*thames.at("length").if_integer() == 346);
    BOOST_TEST(thames.at("counties").if_list()->size() == 6U);
}

BOOST_AUTO_TEST_CASE(what_is_no_map_is_refused)
{
    BOOST_TEST(failure([] { parse_values("- a\n", "v.yaml"); })
               == "v.yaml:1:1: values must be a map of names to values\nWrite one 'NAME: VALUE' a line.");
    BOOST_TEST(failure([] { parse_values("a: [\n", "v.yaml"); }).starts_with("v.yaml:2:1: this is no YAML"));
}

BOOST_AUTO_TEST_CASE(anchors_are_shared_and_not_copied)
{
    std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 60; ++i) {
        auto const above = "*a" + std::to_string(i - 1);
        text +=
            "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + above + ", " + above + ", " + above + "]\n";
    }
    auto const values = parse_values(text, "v");
    BOOST_TEST(values.size() == 60U);
}

BOOST_AUTO_TEST_CASE(settings_are_split_at_the_first_equals_sign)
{
    using pair = std::pair<std::string, std::string>;
    BOOST_TEST((parse_setting("a=b") == pair{"a", "b"}));
    BOOST_TEST((parse_setting("a=") == pair{"a", ""}));
    BOOST_TEST((parse_setting("a=1,b=2") == pair{"a", "1,b=2"}));
    BOOST_TEST((parse_setting("a.b= c") == pair{"a.b", " c"}));
    BOOST_TEST(failure([] { parse_setting("secret"); })
               == "failed to parse --set data; invalid format, no = assignment found\nWrite NAME=VALUE.");
    BOOST_TEST(failure([] { parse_setting("=secret"); })
               == "failed to parse --set data; expected a key=val format\nThere is no name before '='.");
}

BOOST_AUTO_TEST_SUITE_END()
