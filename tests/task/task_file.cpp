#include <acrx/task/task_file.hpp>

#include <acrx/task/step_graph.hpp>

#include <task/samples.hpp>

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>

using namespace acrx;
using namespace std::chrono_literals;
using task_tests::failure;

BOOST_AUTO_TEST_SUITE(task_task_file)

namespace {
using texts = std::vector<std::string>;

task_file parse(std::string const& text)
{
    return parse_task_file(text, "t.yaml");
}

task_step step_of(std::string const& properties)
{
    return parse("steps:\n- cmd: a\n  " + properties + "\n").steps.at(0);
}
}  // namespace

BOOST_AUTO_TEST_CASE(wrong_tasks_are_refused_where_they_are_wrong)
{
    auto const rows = task_tests::read_json("wrong_tasks.json");
    BOOST_TEST(rows.as_array().size() > 50U);
    for (auto const& row : rows.as_array()) {
        auto const yaml = task_tests::text(row.at(0));
        BOOST_TEST_CONTEXT(yaml)
        {
            auto const got = failure([&] { parse(yaml); });
            auto const feed = got.find('\n');
            auto const wanted = "t.yaml:" + task_tests::text(row.at(1));
            BOOST_TEST(got.substr(0, wanted.size()) == wanted);
            BOOST_TEST((got.find(task_tests::text(row.at(2)), feed) != got.npos), got.substr(feed));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_step_without_properties_has_the_defaults)
{
    auto const task = parse("steps:\n- cmd: a\n- build: .\n- push: [a]\n");
    BOOST_TEST(task.version == "v1.0.0");
    BOOST_TEST((task.step_timeout == 600s));
    BOOST_TEST(task.working_directory == "/workspace");
    BOOST_REQUIRE(task.networks.size() == 1U);
    BOOST_TEST(task.networks[0].name == "acb_default_network");
    BOOST_TEST(task.networks[0].driver == "bridge");
    BOOST_TEST(task.networks[0].is_default);
    BOOST_TEST(task.warnings.empty());
    for (std::size_t i = 0; i < task.steps.size(); ++i) {
        auto const& step = task.steps[i];
        BOOST_TEST(step.id == "acb_step_" + std::to_string(i));
        BOOST_TEST((step.timeout == 600s && step.retry_delay == 5s && step.start_delay == 0s));
        BOOST_TEST((step.retries == 0U && step.repeat == 0U));
        BOOST_TEST(!(step.detach || step.keep || step.privileged || step.ignore_errors || step.pull || step.cache));
        BOOST_TEST(step.working_directory == "/workspace");
        BOOST_TEST(step.network == "acb_default_network");
    }
    BOOST_TEST((task.steps[0].kind == step_kind::cmd && task.steps[1].kind == step_kind::build));
    BOOST_TEST((task.steps[2].images == texts{"a:latest"}));
}

BOOST_AUTO_TEST_CASE(every_property_is_read)
{
    auto const task = parse(R"(version: V1.1.0
stepTimeout: 30
workingDirectory: src
env: [A=1]
networks:
- {name: n1, driver: d, ipv6: yes}
- {name: n2, skipCreation: true, isDefault: on}
secrets: [{id: s, keyvault: "https://v/secrets/s", clientID: c72b2df0-b9d8-4ac6-9363-7c1eb06c1c86}]
volumes: [{name: v, secret: {f.txt: aGVsbG8=, g: ""}}]
steps:
- id: all
  cmd: image arg
  when: ["-"]
  timeout: 7
  startDelay: 3
  retries: 2
  retryDelay: 4
  retryOnErrors: [flaky]
  repeat: 1
  ignoreErrors: true
  env: [B=2]
  workingDirectory: sub
  entryPoint: /bin/sh
  user: 1000
  network: n1
  isolation: default
  cpus: 1.5
  privileged: true
  ports: ["8080:80"]
  expose: [81]
  detach: true
  keep: true
  pull: true
  cmdDownloadRetries: 6
  cmdDownloadRetryDelay: 8
  volumeMounts: [{name: v, mountPath: /run/v}]
- build: .
  cache: Enabled
)");
    BOOST_TEST(task.version == "v1.1.0");
    BOOST_TEST((task.networks[0].driver == "d" && task.networks[0].ipv6 && !task.networks[0].is_default));
    BOOST_TEST((task.networks[1].skip_creation && task.networks[1].is_default));
    BOOST_TEST(task.secrets.at(0).keyvault == "https://v/secrets/s");
    BOOST_TEST(task.secrets[0].client_id == "c72b2df0-b9d8-4ac6-9363-7c1eb06c1c86");
    BOOST_TEST(task.volumes.at(0).files.at("f.txt") == "hello");
    BOOST_TEST(task.volumes[0].files.at("g") == "");
    auto const& step = task.steps.at(0);
    BOOST_TEST(step.id == "all");
    BOOST_TEST(step.command == "image arg");
    BOOST_TEST((step.when == texts{"-"}));
    BOOST_TEST((step.timeout == 7s && step.start_delay == 3s && step.retry_delay == 4s));
    BOOST_TEST((step.retries == 2U && step.repeat == 1U && step.download_retries == 6U));
    BOOST_TEST((step.download_retry_delay == 8s));
    BOOST_TEST((step.retry_on_errors == texts{"flaky"}));
    BOOST_TEST((step.ignore_errors && step.privileged && step.detach && step.keep && step.pull));
    BOOST_TEST((step.env == texts{"B=2", "A=1"}));
    BOOST_TEST(step.working_directory == "/workspace/sub");
    BOOST_TEST(step.entry_point == "/bin/sh");
    BOOST_TEST(step.user == "1000");
    BOOST_TEST(step.network == "n1");
    BOOST_TEST(step.isolation == "default");
    BOOST_TEST(step.cpus == "1.5");
    BOOST_TEST((step.ports == texts{"8080:80"}));
    BOOST_TEST((step.expose == texts{"81"}));
    BOOST_TEST((step.mounts.at(0) == volume_mount{"v", "/run/v", {36, 18}}));
    BOOST_TEST((step.where == source_place{11, 3}));
    auto const& build = task.steps.at(1);
    BOOST_TEST(build.cache);
    BOOST_TEST((build.timeout == 30s));
    BOOST_TEST(build.working_directory == "/workspace/src");
    BOOST_TEST(build.network == "n2");
}

BOOST_AUTO_TEST_CASE(numbers_of_zero_and_less_are_defaults)
{
    auto const task = parse("stepTimeout: -5\nsteps:\n- {cmd: a, timeout: 0, retryDelay: -1, startDelay: -2}\n");
    BOOST_TEST((task.steps[0].timeout == 600s && task.steps[0].retry_delay == 5s && task.steps[0].start_delay == 0s));
    BOOST_TEST((step_of("timeout: 2.9").timeout == 2s));
    BOOST_TEST((step_of("timeout: 0x10").timeout == 16s));
    BOOST_TEST((step_of("timeout: 1_000").timeout == 1000s));
    BOOST_TEST((step_of("timeout: ~").timeout == 600s));
}

BOOST_AUTO_TEST_CASE(booleans_are_those_of_yaml_1_1)
{
    for (auto const* yes : {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"})
        BOOST_TEST(step_of(std::string("keep: ") + yes).keep, yes);
    for (auto const* no : {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF", "~", ""})
        BOOST_TEST(!step_of(std::string("keep: ") + no).keep, no);
    for (auto const* neither : {"yEs", "'yes'", "1", "tru", "[yes]"})
        BOOST_TEST(failure([&] { step_of(std::string("keep: ") + neither); }) != "none", neither);
}

BOOST_AUTO_TEST_CASE(texts_keep_what_is_written)
{
    BOOST_TEST(step_of("user: 007").user == "007");
    BOOST_TEST(step_of("user: yes").user == "yes");
    BOOST_TEST(step_of("user: 1.50").user == "1.50");
    BOOST_TEST(step_of("user: null").user == "");
    BOOST_TEST(step_of("user: 'null'").user == "null");
    BOOST_TEST((step_of("expose: [80, 81]").expose == texts{"80", "81"}));
    BOOST_TEST((step_of("ports: ").ports == texts{}));
    BOOST_TEST(parse("steps:\n- cmd: >-\n    image\n    one\n    two\n").steps[0].command == "image one two");
    BOOST_TEST(parse("steps:\n- cmd: >\n    image\n    one\n").steps[0].command == "image one\n");
    BOOST_TEST(parse("steps:\n- cmd: |\n    image\n    one\n").steps[0].command == "image\none\n");
}

BOOST_AUTO_TEST_CASE(folders_are_joined_and_cleaned)
{
    auto const folder = [](std::string const& of_task, std::string const& of_step) {
        return parse("workingDirectory: '" + of_task + "'\nsteps:\n- cmd: a\n  workingDirectory: '" + of_step + "'\n")
            .steps[0]
            .working_directory;
    };
    BOOST_TEST(folder("", "") == "/workspace");
    BOOST_TEST(folder("", "src") == "/workspace/src");
    BOOST_TEST(folder("", "./src//a/../b/") == "/workspace/src/b");
    BOOST_TEST(folder("", "/opt/x/") == "/opt/x");
    BOOST_TEST(folder("", "/") == "/");
    BOOST_TEST(folder("", "//a") == "/a");
    BOOST_TEST(folder("", "../../..") == "/");
    BOOST_TEST(folder("of/task", "") == "/workspace/of/task");
    BOOST_TEST(folder("/of/task", "") == "/of/task");
    BOOST_TEST(folder("/of/task", "src") == "/workspace/src");
    BOOST_TEST(step_of("disableWorkingDirectoryOverride: true").working_directory == "");
    BOOST_TEST(parse("steps:\n- build: .\n  disableWorkingDirectoryOverride: true\n").steps[0].working_directory
               == "/workspace");
}

BOOST_AUTO_TEST_CASE(environments_are_merged)
{
    texts const own{"key1=n1", "key3=n3="};
    texts const defaults{"key1=val1,key2=val2", "key3=val3,key4=val4"};
    BOOST_TEST(
        (merge_environments(own, "step", defaults, "task") == texts{"key1=n1", "key3=n3=", "key2=val2", "key4=val4"}));
    BOOST_TEST((merge_environments({}, "step", {"a=1", "a=2"}, "task") == texts{"a=1"}));
    BOOST_TEST((merge_environments({"a=x,y"}, "step", {}, "task") == texts{"a=x,y"}));
    BOOST_TEST(failure([] { merge_environments({"a"}, "step", {}, "task"); })
               == "failed to merge task and step environment variables: cannot parse step environment variable a "
                  "correctly\nWrite NAME=VALUE.");
    auto const task =
        parse_task_file("env: [B=task]\nsteps:\n- {cmd: a, env: [C=step]}\n", "t", {"A=line", "B=line", "C=line"});
    BOOST_TEST((task.steps[0].env == texts{"C=step", "B=task", "A=line"}));
}

BOOST_AUTO_TEST_CASE(quotes_around_values_of_the_environment_are_not_part_of_them)
{
    BOOST_TEST((step_of(R"(env: ["A='b c'", 'B="d"', 'C=e f', "D=it's", 'E=a\ b'])").env
                == texts{"A=b c", "B=d", "C=e f", "D=it's", "E=a b"}));
}

BOOST_AUTO_TEST_CASE(a_push_names_each_image_once_with_its_tag)
{
    auto const task = parse("steps:\n- push: [a, 'a:latest', 'host:5000/b', 'c@sha256:0', 'd:1', a]\n");
    BOOST_TEST((task.steps[0].images == texts{"a:latest", "host:5000/b:latest", "c@sha256:0", "d:1"}));
}

BOOST_AUTO_TEST_CASE(the_last_default_network_is_the_default)
{
    auto const network = [](std::string const& networks) {
        return parse(networks + "\nsteps:\n- cmd: a\n").steps[0].network;
    };
    BOOST_TEST(network("networks: [{name: a, isDefault: true}, {name: b, isDefault: true}, {name: c}]") == "b");
    BOOST_TEST(network("networks: [{name: a}]") == "");
    BOOST_TEST(network("networks: []") == "acb_default_network");
}

BOOST_AUTO_TEST_CASE(unknown_properties_are_ignored_with_a_warning)
{
    auto const task = parse("steps:\n- cmd: a\n  workingdirectory: x\n  timeouts: 4\n  whatever: {a: [b]}\ntest: 1\n");
    BOOST_REQUIRE(task.warnings.size() == 4U);
    BOOST_TEST(task.warnings[0].text == "a step has no property 'workingdirectory'; it is ignored");
    BOOST_TEST(task.warnings[0].advice == "Did you mean 'workingDirectory'?");
    BOOST_TEST((task.warnings[0].where == source_place{3, 3}));
    BOOST_TEST(task.warnings[1].advice == "Did you mean 'timeout'?");
    BOOST_TEST(task.warnings[2].advice == "");
    BOOST_TEST(task.warnings[3].text == "a task has no property 'test'; it is ignored");
    BOOST_TEST(parse("alias: {values: {a: b}}\n").warnings.at(0).advice == "Write 'version: v1.1.0'.");
}

BOOST_AUTO_TEST_CASE(repeated_keys_anchors_and_merges_work)
{
    BOOST_TEST(parse("steps:\n- cmd: a\n  cmd: b\n").steps[0].command == "b");
    auto const task = parse("x: &base {timeout: 9, env: [A=1], retries: 1}\nsteps:\n- {<<: *base, cmd: a, retries: 5}\n"
                            "- {cmd: b, env: &e [B=2]}\n- {cmd: c, env: *e}\n");
    BOOST_TEST((task.steps[0].timeout == 9s && task.steps[0].retries == 5U));
    BOOST_TEST((task.steps[0].env == texts{"A=1"}));
    BOOST_TEST((task.steps[2].env == texts{"B=2"}));
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_a_task_without_steps)
{
    for (auto const* empty : {"", "\n", "steps:\n", "steps: []\n", "version: v1.1.0\n", "~\n", "--- \n"})
        BOOST_TEST(parse(empty).steps.empty(), empty);
}

BOOST_AUTO_TEST_CASE(versions_are_compared_without_regard_to_case)
{
    for (auto const* good : {"v1.0.0", "V1.0.0", "1.0-preview-1", "1.0-PREVIEW-1", "v1.1.0", "''", "~"})
        BOOST_TEST(failure([&] { parse(std::string("version: ") + good + "\n"); }) == "none", good);
}

BOOST_AUTO_TEST_CASE(a_task_can_be_built_without_yaml)
{
    task_file task;
    task.steps.push_back({.kind = step_kind::build, .command = "-t a ."});
    task.steps.push_back({.id = "test", .command = "a check"});
    task.steps.push_back({.kind = step_kind::push, .images = {"a"}, .when = {"test", "test"}});
    auto const done = finish_task(task);
    BOOST_TEST(done.steps[0].id == "acb_step_0");
    BOOST_TEST((done.steps[2].when == texts{"test"}));
    auto const again = finish_task(done);
    BOOST_TEST((again.steps[2].images == texts{"a:latest"}));
    BOOST_TEST(again.networks.size() == 1U);
    BOOST_TEST(again.steps[1].working_directory == "/workspace");
    task.steps.push_back({.id = "nothing"});
    BOOST_TEST(failure([&] { finish_task(task); })
               == "step 'nothing': step is missing a cmd, build, or push property\n");
}

BOOST_AUTO_TEST_CASE(anchors_make_no_small_file_large)
{
    std::string text = "x: &e [";
    for (int i = 0; i < 2000; ++i)
        text += "A" + std::to_string(i) + "=1, ";
    text += "]\nsteps:\n";
    for (int i = 0; i < 2000; ++i)
        text += "- {cmd: a, env: *e}\n";
    BOOST_TEST(failure([&] { parse(text); }).find("the lists of this file are too long") != std::string::npos);

    std::string merges = "a0: &a0 {k0: 1}\n";
    for (int i = 1; i < 3000; ++i) {
        auto const n = std::to_string(i);
        merges += "a" + n + ": &a" + n + " {<<: *a" + std::to_string(i - 1) + ", k" + n + ": 1}\n";
    }
    BOOST_TEST(failure([&] { parse(merges); }).find("'<<' is used too often") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(too_many_steps_are_refused)
{
    std::string text = "steps:\n";
    for (std::size_t i = 0; i <= task_file::max_steps; ++i)
        text += "- cmd: a\n";
    BOOST_TEST(failure([&] { parse(text); }).find("10001 steps are too many") != std::string::npos);
    BOOST_TEST(failure([&] { parse(std::string(200'000, '[')); }).find("nested too deeply") != std::string::npos);
    BOOST_TEST(failure([&] { parse("a: \"" + std::string(9 << 20, 'x') + "\"\n"); }).find("too large")
               != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
