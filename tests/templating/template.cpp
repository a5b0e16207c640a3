#include <acrx/templating/template.hpp>

#include <templating/tables.hpp>

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <chrono>

using namespace acrx::templating;
using namespace templating_tests;

BOOST_AUTO_TEST_SUITE(templating_template)

BOOST_AUTO_TEST_CASE(agrees_with_the_reference)
{
    auto const all = table("reference.json");
    for (auto const& row : all.at("cases").as_array()) {
        auto const& c = row.as_object();
        BOOST_TEST_CONTEXT(text(c.at("id")) << ": " << text(c.at("template")))
        {
            auto const got = outcome(text(c.at("template")), from_json(c.at("values")), fixed_options(text(c.at("mode"))));
            if (c.contains("expected"))
                BOOST_TEST(got == text(c.at("expected")));
            else
                BOOST_TEST(got == "error: " + text(c.at("go_error")));
        }
    }
}

BOOST_AUTO_TEST_CASE(agrees_with_the_tables)
{
    for (auto const* name : {"language", "errors", "format", "strings", "numbers", "lists", "encoding", "dates", "regex"}) {
        auto const all = table(std::string(name) + ".json");
        for (auto const& row : all.at("cases").as_array()) {
            auto const source = text(row.at(0));
            BOOST_TEST_CONTEXT(name << ".json: " << source)
            {
                auto const got = outcome(source, from_json(all.at("values")));
                if (auto const* failure = row.at(1).if_object()) {
                    BOOST_TEST(got.starts_with("error: template: t:"), got);
                    BOOST_TEST(got.find(text(failure->at("error"))) != got.npos, got);
                } else {
                    BOOST_TEST(got == text(row.at(1)));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(renders_many_times)
{
    text_template const greeting("Hello {{.name}}", {});
    BOOST_TEST(greeting.render(value::map_of({{"name", "a"}})) == "Hello a");
    BOOST_TEST(greeting.render(value::map_of({{"name", "b"}})) == "Hello b");
    BOOST_TEST(greeting.render({}) == "Hello <no value>");
}

BOOST_AUTO_TEST_CASE(names_all_templates)
{
    text_template const all(R"({{define "b"}}{{end}}{{block "a" .}}{{end}})", {});
    BOOST_TEST(all.names() == (std::vector<std::string>{"a", "b", "template"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(treats_missing_keys_by_its_options)
{
    auto const data = value::map_of({{"a", 1}});
    BOOST_TEST(outcome("{{.x}} {{.x.y}}", data, fixed_options("default")) == "<no value> <no value>");
    BOOST_TEST(outcome("{{.x}}|", data) == "|");
    BOOST_TEST(outcome("{{.x.y}}", data)
               == "error: template: t:1:4: executing \"t\" at <.x.y>: nil pointer evaluating interface {}.y");
    BOOST_TEST(outcome("{{.x}}", data, fixed_options("strict"))
               == "error: template: t:1:2: executing \"t\" at <.x>: map has no entry for key \"x\"");
}

BOOST_AUTO_TEST_CASE(calls_functions_of_the_program)
{
    auto use = fixed_options();
    use.functions.push_back({"shout", "s*", [](call const& c) { return value(c.text(0) + "!"); }});
    use.functions.push_back({"upper", "s", [](call const&) { return value("mine"); }});
    BOOST_TEST(outcome(R"({{shout "a"}} {{upper "b"}})", {}, use) == "a! mine");
}

BOOST_AUTO_TEST_CASE(renders_a_task_file)
{
    auto const data = value::map_of({
        {"Run", value::map_of({{"ID", "cb12"}, {"Registry", "contoso.example.com"}})},
        {"Values", value::map_of({{"image", "shop"}, {"platforms", value_list{"amd64", "arm64"}}})},
        {"Secrets", value::map_of({{"token", "hidden"}})},
    });
    BOOST_TEST(render("steps:\n"
                      "{{- range .Values.platforms }}\n"
                      "  - build: -t {{$.Run.Registry}}/{{$.Values.image}}:{{$.Run.ID}}-{{.}} .\n"
                      "{{- end }}\n"
                      "  - cmd: login {{.Secrets.token}} {{.Values.nothing}}\n",
                      data, task_options("acb.yaml"))
               == "steps:\n"
                  "  - build: -t contoso.example.com/shop:cb12-amd64 .\n"
                  "  - build: -t contoso.example.com/shop:cb12-arm64 .\n"
                  "  - cmd: login hidden \n");
}

BOOST_AUTO_TEST_CASE(tells_where_it_fails)
{
    try {
        render("one\ntwo {{.a.b}}", value::map_of({{"a", 5}}), task_options("acb.yaml"));
        BOOST_ERROR("it does not fail");
    } catch (template_error const& e) {
        BOOST_TEST(e.line() == 2U);
        BOOST_TEST(e.column() == 8U);
        BOOST_TEST(e.cause() == "can't evaluate field b in type interface {}");
        BOOST_TEST((e.code() == acrx::errc::invalid_argument));
    }
    try {
        text_template("\n\n{{env \"HOME\"}}", task_options("acb.yaml"));
        BOOST_ERROR("it does not fail");
    } catch (template_error const& e) {
        BOOST_TEST(e.line() == 3U);
        BOOST_TEST((e.code() == acrx::errc::syntax));
        BOOST_TEST(e.text() == "template: acb.yaml:3: function \"env\" not defined");
        BOOST_TEST(e.advice().find("environment") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(may_be_moved)
{
    text_template first("{{$x := .}}{{$x.a}}", {});
    auto second = std::move(first);
    BOOST_TEST(second.render(value::map_of({{"a", 5}})) == "5");
}

BOOST_AUTO_TEST_CASE(names_variables_with_all_their_fields)
{
    auto const data = value::map_of({{"a", value::map_of({{"b", 5}})}});
    BOOST_TEST(outcome("{{$x := .}}{{$x.a.b.c}}", data)
               == "error: template: t:1:15: executing \"t\" at <$x.a.b.c>: can't evaluate field c in type interface {}");
}

BOOST_AUTO_TEST_SUITE_END()
