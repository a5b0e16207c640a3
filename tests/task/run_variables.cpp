#include <acrx/task/run_variables.hpp>

#include <acrx/core/base64.hpp>
#include <acrx/task/values_file.hpp>
#include <acrx/templating/options.hpp>
#include <acrx/templating/template.hpp>

#include <task/samples.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(task_run_variables)

namespace {
task_data everything()
{
    task_data data;
    data.run = {.id = "cf4",
                .registry = "foo-bar.azurecr-test.io",
                .date = parse_rfc3339("2010-05-20T13:14:22.5Z"),
                .commit = "c0ffee",
                .branch = "main",
                .repository = "https://r",
                .git_tag = "v1",
                .triggered_by = "commit",
                .shared_volume = "vol",
                .os = "linux",
                .architecture = "arm64",
                .os_version = "1903",
                .task_name = "nightly"};
    return data;
}

std::string render(std::string const& text, task_data const& data)
{
    return templating::render(text, to_template_value(data), templating::task_options("t"));
}
}  // namespace

BOOST_AUTO_TEST_CASE(every_variable_renders)
{
    std::map<std::string, std::string> const table{
        {"ID", "cf4"},
        {"Registry", "foo-bar.azurecr-test.io"},
        {"RegistryName", "foo-bar"},
        {"Date", "20100520-131422z"},
        {"Commit", "c0ffee"},
        {"Branch", "main"},
        {"Repository", "https://r"},
        {"GitTag", "v1"},
        {"TriggeredBy", "commit"},
        {"SharedVolume", "vol"},
        {"OS", "linux"},
        {"Architecture", "arm64"},
        {"OSVersion", "1903"},
        {"TaskName", "nightly"},
        {"Tag", ""},
    };
    for (auto const& [name, value] : table)
        BOOST_TEST(render("{{.Run." + name + "}}", everything()) == value, name);
    BOOST_TEST(render("{{.Build.ID}}{{.Build.Date}}", everything()) == "cf4");
    BOOST_TEST(render("{{.Run.Architecture}}", {}) != "");
    BOOST_TEST(render("{{.RunJSON}}", everything()).starts_with(R"('{"Architecture":"arm64","Branch":"main",)"));
}

BOOST_AUTO_TEST_CASE(values_and_secrets_render)
{
    task_data data;
    data.values["mykey"] = "myvalue";
    BOOST_TEST(render("{{ .Secrets.mysecret }} - {{ .Values.mykey }}", data) == " - myvalue");
    data.secrets["mysecret"] = "s";
    BOOST_TEST(render("{{ .Secrets.mysecret }} - {{ .Values.mykey }}", data) == "s - myvalue");
    BOOST_TEST(render("{{.ValuesJSON}}", {}) == "'{}'");
    data.values = parse_values(task_tests::read("acr/acr-builder/templating/testdata/curie/values.yaml"), "v");
    BOOST_TEST(render("{{.ValuesJSON}}", data)
               == "'{\"awards\":[\"Nobel Prize in Physics\",\"Davy Medal\",\"Albert Medal\"],\"born\":1867,\"first\":"
                  "\"Marie\",\"from\":\"Poland\",\"last\":\"Curie\",\"research\":\"radioactivity\"}'");
}

BOOST_AUTO_TEST_CASE(texts_are_quoted_for_a_shell_where_they_must)
{
    std::map<std::string, std::string> const table{
        {"", "''"},
        {"a b", "'a b'"},
        {"nothingtoescape", "nothingtoescape"},
        {"''", R"(''"'"''"'"'')"},
        {"A_z^@=+%,:./-9", "A_z^@=+%,:./-9"},
        {"$x", "'$x'"},
        {"it's", R"('it'"'"'s')"},
    };
    for (auto const& [text, quoted] : table)
        BOOST_TEST(shell_quoted(text) == quoted);
}

BOOST_AUTO_TEST_CASE(dates_are_those_of_acr)
{
    BOOST_TEST(run_date({}) == "19700101-000000z");
    BOOST_TEST(run_date(parse_rfc3339("2026-12-31T23:59:59.999999999Z")) == "20261231-235959z");
}

BOOST_AUTO_TEST_CASE(hidden_texts_are_secrets_and_hidden_values_in_all_their_forms)
{
    task_data data;
    data.secrets = {{"a", "first secret line\nsecond\n"}, {"b", "xy"}, {"c", ""}};
    data.values["shown"] = "not hidden";
    data.values["masked"] = "masked value";
    data.hidden_values = {"masked", "unknown"};
    auto const hidden = hidden_texts(data);
    auto const has = [&](std::string const& text) {
        return std::find(hidden.begin(), hidden.end(), text) != hidden.end();
    };
    BOOST_TEST((has("first secret line\nsecond") && has("first secret line") && has("masked value")));
    BOOST_TEST((has(to_base64("masked value")) && has(to_base64("first secret line\nsecond\n"))));
    BOOST_TEST(!(has("second") || has("xy") || has("") || has("not hidden")));
}

BOOST_AUTO_TEST_SUITE_END()
