#include <acrx/task/render_task.hpp>

#include <acrx/core/ascii.hpp>
#include <acrx/core/base64.hpp>
#include <acrx/task/build_command.hpp>
#include <acrx/task/run_command.hpp>
#include <acrx/task/step_graph.hpp>
#include <acrx/task/values_file.hpp>

#include <task/samples.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>

using namespace acrx;
using task_tests::failure;
using task_tests::text;

BOOST_AUTO_TEST_SUITE(task_render_task)

namespace {
/// A run with the data that the samples want.
task_data sample_data()
{
    task_data data;
    data.run.id = "cf4";
    data.run.registry = "my.azurecr.io";
    for (auto const* name : {"REGISTRY1", "REGISTRY2", "REPOSITORY_NAME", "pullStep", "mysecret", "registryName"})
        data.values[name] = "v-" + ascii_lower(name);
    data.values["BUILD_CONTEXT"] = "https://github.com/a/b.git";
    return data;
}

rendered_task render(std::string const& yaml, task_data const& data = sample_data())
{
    return render_task(split_task(yaml, "t.yaml"), data);
}

task_file run_chain(std::string const& yaml, task_data const& data = sample_data())
{
    return parse_task(render(yaml, data));
}

/// Two sources of aliases, and how often they were loaded.
class listed_sources
{
public:
    int calls = 0;
    net::awaitable<std::string> load(std::string where)
    {
        ++calls;
        if (where == "one.yaml")
            co_return std::string("img: one\nfoo: one\n");
        if (where == "my.azurecr.io/two")
            co_return std::string("img: two\n");
        throw error(errc::not_found, "loading aliases from " + where);
    }
};
static_assert(alias_loader<listed_sources>);
}  // namespace

BOOST_AUTO_TEST_CASE(the_whole_chain_on_every_sample)
{
    auto const samples = task_tests::read_json("samples.json");
    BOOST_TEST(samples.as_array().size() == 38U);
    for (auto const& sample : samples.as_array()) {
        auto const name = text(sample.at("file"));
        BOOST_TEST_CONTEXT(name)
        {
            auto data = sample_data();
            auto const parts = split_task(task_tests::read("acr/" + name), name);
            auto const secrets = find_secrets(parts, data);
            BOOST_REQUIRE(secrets.size() == sample.at("secrets").as_array().size());
            for (std::size_t i = 0; i < secrets.size(); ++i) {
                BOOST_TEST(secrets[i].id == text(sample.at("secrets").at(i)));
                data.secrets[secrets[i].id] = "top-" + secrets[i].id;
            }
            auto const task = parse_task(render_task(parts, data));
            step_graph const graph(task.steps, name);
            auto const& steps = sample.at("steps").as_array();
            BOOST_REQUIRE(graph.size() == steps.size());
            for (std::size_t i = 0; i < steps.size(); ++i) {
                auto const& wanted = steps[i].as_object();
                auto const& step = task.steps[i];
                BOOST_TEST(step.id == text(wanted.at("id")));
                BOOST_TEST(step.where.line == wanted.at("line").to_number<std::size_t>());
                BOOST_TEST(to_string(step.kind) == text(wanted.at("kind")));
                BOOST_TEST(step.working_directory == text(wanted.at("directory")));
                std::vector<std::string> after;
                for (auto const other : graph[i].after)
                    after.push_back(graph[other].id);
                BOOST_TEST((boost::json::value_from(after) == wanted.at("after")));
                if (wanted.contains("env"))
                    BOOST_TEST((boost::json::value_from(step.env) == wanted.at("env")));
                if (step.kind == step_kind::push)
                    BOOST_TEST((boost::json::value_from(step.images) == wanted.at("images")));
                if (step.kind == step_kind::build) {
                    auto const command = parse_build_command(step.command);
                    BOOST_TEST(command.context == text(wanted.at("context")));
                    BOOST_TEST(command.file == text(wanted.at("file")));
                    BOOST_TEST((boost::json::value_from(command.tags) == wanted.at("tags")));
                }
                if (step.kind == step_kind::cmd) {
                    auto const command = parse_run_command(step.command);
                    BOOST_TEST(command.image == text(wanted.at("image")));
                    if (wanted.contains("arguments"))
                        BOOST_TEST(command.arguments.size() == wanted.at("arguments").to_number<std::size_t>());
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(secret_volumes_of_the_samples_hold_what_was_encoded)
{
    auto data = sample_data();
    data.secrets["sampleSecret"] = "from the vault";
    auto const task = run_chain(task_tests::read("acr/acr-tasks/mounts-secrets.yaml"), data);
    BOOST_TEST(task.volumes.at(0).files.at("mysecret1") == "from the vault");
    BOOST_TEST(task.volumes[0].files.at("mysecret2") == "v-mysecret");
    auto const empty = run_chain(task_tests::read("acr/acr-tasks/mounts-multistep.yaml"));
    BOOST_TEST(empty.volumes.at(1).files.at("mysecret2") == "");
}

BOOST_AUTO_TEST_CASE(the_template_samples_render)
{
    auto const folder = std::string("acr/acr-builder/templating/testdata/");
    auto data = sample_data();
    data.values = parse_values(task_tests::read(folder + "caching/values.yaml"), "values.yaml");
    auto wanted = task_tests::read(folder + "caching/cache.yaml");
    for (std::size_t at = 0; (at = wanted.find("{{.Values.pullStep}}")) != wanted.npos;)
        wanted.replace(at, 20, "puller");
    BOOST_TEST(render(task_tests::read(folder + "caching/cache.yaml"), data).body.text == wanted + "\n");
    BOOST_TEST(render(task_tests::read(folder + "caching/empty.yaml")).body.text == "");
    BOOST_TEST(run_chain(task_tests::read(folder + "caching/empty.yaml")).steps.empty());

    data.values = parse_values(task_tests::read(folder + "thames/values.yaml"), "values.yaml");
    data.run.commit = "ABC";
    BOOST_TEST(render(task_tests::read(folder + "thames/thames.yaml"), data).body.text
               == "apiName: \"v1\"\n\nmetadata:\n  - buildId: \"CF4\"\n    commit: \"abc\"\n    tag: \"\"\n    "
                  "repository: \"\"\n"
                  "    branch: \"\"\n    triggeredBy: \"\"\n");
}

BOOST_AUTO_TEST_CASE(aliases_come_before_templates_and_only_with_their_version)
{
    std::string const steps = "alias: {values: {img: 'app:{{.Run.ID}}', v: .Values.REGISTRY1}}\nsteps:\n"
                              "- cmd: $img $Registry {{$v}} $$img $none\n- cmd: img x\n";
    auto const task = run_chain("version: v1.1.0\n" + steps);
    BOOST_TEST(task.steps.at(0).command == "app:cf4 my.azurecr.io v-registry1 $img $none");
    BOOST_TEST(task.steps.at(1).command == "app:cf4 x");
    BOOST_TEST(task.warnings.empty());
    auto const old = run_chain("version: v1.0.0\nsteps:\n- cmd: bash $Registry\n");
    BOOST_TEST(old.steps.at(0).command == "bash $Registry");
}

BOOST_AUTO_TEST_CASE(an_alias_block_is_a_template_and_no_alias_text)
{
    auto const task = run_chain("version: v1.1.0\nalias:\n  values:\n    {{if .Values.REGISTRY1}}a: $ID{{end}}\n"
                                "    b: {{.Values.REGISTRY1}}\nsteps:\n- cmd: x $a $b\n");
    BOOST_TEST(task.steps.at(0).command == "x $ID v-registry1");
}

BOOST_AUTO_TEST_CASE(sources_are_loaded_once_each_and_the_later_one_wins)
{
    auto const parts =
        split_task("version: v1.1.0\nalias:\n  src: [one.yaml, '{{.Run.Registry}}/two', one.yaml]\nsteps:\n"
                   "- cmd: $img $foo\n",
                   "t.yaml");
    auto const data = sample_data();
    BOOST_TEST((alias_sources(parts, data) == std::vector<std::string>{"one.yaml", "my.azurecr.io/two", "one.yaml"}));
    listed_sources loader;
    net::io_context host;
    auto loading = co_spawn(host, load_aliases(parts, data, loader), net::use_future);
    host.run();
    auto const loaded = loading.get();
    BOOST_TEST(loader.calls == 2);
    BOOST_TEST(parse_task(render_task(parts, data, loaded)).steps.at(0).command == "one one");
    BOOST_TEST(failure([&] { render_task(parts, data); }).starts_with("aliases of one.yaml were not loaded"));
}

BOOST_AUTO_TEST_CASE(errors_name_the_line_of_the_file)
{
    auto const of = [](std::string const& yaml) { return failure([&] { run_chain(yaml); }); };
    std::string const top =
        "# a comment\nversion: v1.1.0\nalias:\n  values:\n    two: |\n      x: 1\n      y: 2\n# more\n";
    BOOST_TEST(
        of(top + "steps:\n# c\n- cmd: a\n  keep: [x]\n").starts_with("t.yaml:12:9: 'keep' must be true or false"));
    BOOST_TEST(of(top + "env: []\n$two\nsteps:\n- cmd: a\n  keep: [x]\n")
                   .starts_with("t.yaml:13:9: 'keep' must be true or false"));
    BOOST_TEST(of(top + "steps:\n{{range list 1 2 3}}\n- cmd: a\n{{end}}\n- cmd: b\n  keep: [x]\n")
                   .starts_with("t.yaml:14:9: 'keep' must be true or false"));
    BOOST_TEST(of(top + "steps:\n{{- range list 1 2 3 }}\n- cmd: a\n  keep: {{if eq . 2}}[x]{{end}}\n{{- end }}\n")
                   .starts_with("t.yaml:12:9: 'keep' must be true or false"));
    BOOST_TEST(of("steps:\n{{/* one\ntwo */}}\n- cmd: \"{{`a\n  b`}}\"\n  keep: 5\n")
                   .starts_with("t.yaml:6:9: 'keep' must be"));
    BOOST_TEST(
        of("{{define \"s\"}}- cmd: a\n  keep: 5\n{{end}}steps:\n{{template \"s\"}}").starts_with("t.yaml:2:9: 'keep'"));
}

BOOST_AUTO_TEST_CASE(wrong_templates_are_refused_with_line_and_column)
{
    auto const of = [](std::string const& yaml) { return failure([&] { run_chain(yaml); }); };
    BOOST_TEST(of("# c\nsteps:\n- cmd: {{.Values.a.b}}\n")
               == "t.yaml:3:17: failed to execute template: at <.Values.a.b>: nil pointer evaluating interface {}.b\n");
    BOOST_TEST(of("steps:\n- cmd: {{.Run.Tag | upper}}\n")
               == "t.yaml:2:21: failed to execute template: at <upper>: invalid value; expected string\n");
    BOOST_TEST(of("# c\nsteps:\n- cmd: {{.Values.a\n").starts_with("t.yaml:3:1: failed to parse template: "));
    BOOST_TEST(of("steps:\n- cmd: {{nosuch .}}\n")
                   .starts_with("t.yaml:2:1: failed to parse template: function \"nosuch\" not defined"));
    BOOST_TEST(of("steps:\n- cmd: {{env \"HOME\"}}\n").starts_with("t.yaml:2:1: failed to parse template: "));
    BOOST_TEST(of("version: v1.1.0\nalias:\n  values: {a: '{{.Values.a.b}}'}\n")
                   .starts_with("t.yaml:3:25: failed to execute"));
    BOOST_TEST(of("{{if false}}steps: []{{end -}}\n")
               == "t.yaml: rendered template was empty\nIts conditions leave nothing; look "
                  "at --set and --values.");
}

BOOST_AUTO_TEST_CASE(the_secrets_block_is_found_before_secrets_are_known)
{
    auto const of = [](std::string const& yaml) {
        std::string all;
        for (auto const& secret : find_secrets(split_task(yaml, "t.yaml"), sample_data()))
            all += secret.id + "=" + secret.keyvault + " ";
        return all;
    };
    BOOST_TEST(of("secrets:\n- id: {{.Values.pullStep}}\n  keyvault: https://{{.Run.ID}}/secrets/a\n")
               == "v-pullstep=https://cf4/secrets/a ");
    BOOST_TEST(
        of("version: v1.1.0\nalias: {values: {v: myvault}}\nsecrets: [{id: a, keyvault: \"https://$v/secrets/a\"}]\n")
        == "a=https://myvault/secrets/a ");
    BOOST_TEST(of("secrets: [{id: a, keyvault: b}]\nsteps:\n- cmd: x {{.Secrets.a | upper}}\n") == "a=b ");
    BOOST_TEST(of("secrets: [{id: a, keyvault: b}]\nsteps:\n- cmd: {{.Secrets.a}}\n  keep: {{.Secrets.a}}x\n")
               == "a=b ");
    BOOST_TEST(of("steps:\n- id: secrets\n  cmd: a\n") == "");
    BOOST_TEST(of("steps:\n- cmd: a\n") == "");
    BOOST_TEST(
        failure([&] { of("secrets: [{id: a}]\n"); }).starts_with("t.yaml:1:11: failed to validate secret with ID: a"));
}

BOOST_AUTO_TEST_CASE(secrets_are_shown_in_no_error)
{
    auto data = sample_data();
    data.secrets["s"] = "hunter2 of the [vault]";
    data.values["masked"] = "masked-value";
    data.hidden_values = {"masked"};
    for (auto const* yaml :
         {"steps:\n- cmd: a\n  keep: '{{.Secrets.s}}'\n", "version: '{{.Secrets.s}}'\n",
          "steps:\n- cmd: a\n  when: ['{{.Secrets.s}}']\n", "steps:\n- cmd: {{fail .Secrets.s}}\n",
          "steps:\n- cmd: a\n  keep: {{.Values.masked}}\n", "steps:\n- {cmd: a, env: ['{{.Values.masked}}']}\n",
          "version: v1.1.0\nalias: {directive: '{{.Values.masked}}'}\n",
          "steps:\n- cmd: a\n  keep: {{.Secrets.s | b64enc}}\n", "'{{.Values.masked}}': 1\nsteps: 1\n"}) {
        auto const got = failure([&] { run_chain(yaml, data); });
        BOOST_TEST(got != "none", yaml);
        for (auto const* secret : {"hunter2", "masked-value"})
            BOOST_TEST((got.find(secret) == got.npos), yaml << ": " << got);
        BOOST_TEST((got.find(to_base64("hunter2 of the [vault]")) == got.npos), got);
    }
    auto const task = run_chain("'{{.Values.masked}}': 1\n", data);
    BOOST_TEST(task.warnings.at(0).text == "a task has no property '***'; it is ignored");
}

BOOST_AUTO_TEST_CASE(a_command_alone_is_a_task)
{
    for (auto const* command : {"$Registry/app:{{.Run.ID}} sh -c 'a: \"b\" # c'", "  img x: [y\n", "bash -c 'a\n  b'",
                                "\"img\" x", "img 'it'\\''s'"}) {
        auto const task = run_chain(task_of_command(command, std::chrono::seconds(1200)));
        BOOST_REQUIRE(task.steps.size() == 1U);
        BOOST_TEST((task.steps[0].timeout == std::chrono::seconds(1200)), command);
        BOOST_TEST(task.steps[0].working_directory == "");
    }
    BOOST_TEST(run_chain(task_of_command("bash -c 'a\n  b: c'")).steps[0].command
               == "mcr.microsoft.com/acr/bash:2ff604c -c 'a\n  b: c'");
    BOOST_TEST((run_chain(task_of_command("a")).steps[0].timeout == std::chrono::seconds(600)));
}

BOOST_AUTO_TEST_CASE(encoded_tasks_go_the_same_way)
{
    auto const yaml = task_tests::read("acr/acr-tasks/simpletask.yaml");
    BOOST_TEST(render(decode_task(to_base64(yaml))).body.text == render(yaml).body.text);
}

BOOST_AUTO_TEST_CASE(a_long_template_renders_soon)
{
    std::string yaml = "version: v1.1.0\nsteps:\n";
    for (int i = 0; i < 500; ++i)
        yaml += "- cmd: $Registry/app:{{.Run.ID}} {{ .Values.pullStep | upper | quote }}\n  when: ['-']\n";
    auto const parts = split_task(yaml, "t");
    auto const data = sample_data();
    auto const start = std::chrono::steady_clock::now();
    auto const rendered = render_task(parts, data);
    auto const took = std::chrono::steady_clock::now() - start;
    BOOST_TEST(rendered.body.lines.size() == 1002U);
    BOOST_TEST((took < std::chrono::milliseconds(500)), "the bound for an optimised build is 5 ms");
    BOOST_TEST(parse_task(rendered).steps.at(499).command == "my.azurecr.io/app:cf4 \"V-PULLSTEP\"");
}

BOOST_AUTO_TEST_SUITE_END()
