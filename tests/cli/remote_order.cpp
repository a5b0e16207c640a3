#include <acrx/cli/detail/remote_order.hpp>

#include <support/scratch_folder.hpp>

#include <acrx/cli/exit_status.hpp>
#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>
#include <acrx/remote/runner_client.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <string>

using namespace acrx;
using cli::build_options;
using cli::task_options;
using cli::usage_error;
using acrx::testing::scratch_folder;

BOOST_AUTO_TEST_SUITE(cli_remote_order)
namespace {
std::string no_input()
{
    throw std::logic_error("nobody reads standard input");
}

struct order_fixture
{
    scratch_folder folder;
    std::map<std::string, std::string> variables;
    build_options build;
    task_options task;

    order_fixture()
    {
        folder.write("ctx/Dockerfile", "FROM scratch\n");
        folder.write("ctx/acb.yaml", "steps: []\n");
        folder.write("ctx/values.yaml", "a: b\n");
        folder.write("ctx/.dockerignore", "*.log\n");
        build.context = task.context = (folder / "ctx").string();
    }
    cli::detail::remote_order of_build(cli::detail::input_reader const& input = no_input) const
    {
        auto const look = [this](std::string const& name) {
            auto const found = variables.find(name);
            return found == variables.end() ? std::nullopt : std::optional(found->second);
        };
        return cli::detail::order_of_build(build, look, input);
    }
    cli::detail::remote_order of_task(cli::detail::input_reader const& input = no_input) const { return cli::detail::order_of_task(task, input); }
};

std::string at(cli::detail::remote_order const& order, std::string const& name)
{
    auto const* found = order.request.if_contains(name);
    return !found ? "(none)" : found->is_string() ? std::string(found->get_string()) : boost::json::serialize(*found);
}

bool keeps(cli::detail::remote_order const& order, std::string const& name)
{
    return std::ranges::find(order.parcel.kept, name) != order.parcel.kept.end();
}
}  // namespace

BOOST_FIXTURE_TEST_CASE(a_build_becomes_a_request, order_fixture)
{
    variables = {{"FROM_ENV", "e"}, {"SOURCE_DATE_EPOCH", "7"}};
    build.images = {"app:{{.Run.ID}}", "other.example/x:1", "library/y"};
    build.registry = "Registry.example";
    build.build_args = {"A=1=2", "FROM_ENV", "NOT_THERE"};
    build.secret_build_args = {"S=hush"};
    build.target = "final";
    build.platform = "linux/arm64/v8";
    build.no_push = build.no_cache = true;
    auto const order = of_build();
    BOOST_TEST(at(order, "type") == "DockerBuildRequest");
    BOOST_TEST(at(order, "imageNames") == R"(["registry.example/app:{{.Run.ID}}","other.example/x:1","library/y"])");
    BOOST_TEST(at(order, "arguments") == R"([{"name":"SOURCE_DATE_EPOCH","value":"7","isSecret":false},)"
                                         R"({"name":"A","value":"1=2","isSecret":false},{"name":"FROM_ENV","value":"e","isSecret":false},)"
                                         R"({"name":"S","value":"hush","isSecret":true}])");
    BOOST_TEST(at(order, "target") == "final");
    BOOST_TEST(at(order, "platform").starts_with(R"({"os":"linux","architecture":"arm64")"));
    BOOST_TEST(!order.request.contains("platforms"));
    BOOST_TEST(at(order, "isPushEnabled") == "false");
    BOOST_TEST(at(order, "noCache") == "true");
    BOOST_TEST(at(order, "dockerFilePath") == "Dockerfile");
    BOOST_TEST(at(order, "sourceLocation") == "(none)");
    BOOST_TEST(at(order, "timeout") == "3600");
    BOOST_TEST(order.parcel.root == std::filesystem::canonical(folder / "ctx"));
    BOOST_TEST(keeps(order, "Dockerfile"));
    BOOST_TEST(keeps(order, ".dockerignore"));
    BOOST_TEST(order.parcel.rules.excludes("a.log"));
    BOOST_TEST((order.limit > std::chrono::hours(8)));
}

BOOST_FIXTURE_TEST_CASE(a_build_for_several_platforms_lists_them, order_fixture)
{
    build.platform = "linux/arm64,linux/amd64";
    auto const order = of_build();
    BOOST_TEST(at(order, "platform").starts_with(R"({"os":"linux","architecture":"arm64")"));
    BOOST_TEST(at(order, "platforms") == R"(["linux/arm64","linux/amd64"])");
}

BOOST_FIXTURE_TEST_CASE(a_limit_below_a_runners_least_is_kept_here, order_fixture)
{
    build.timeout = std::chrono::seconds(20);
    auto const order = of_build();
    BOOST_TEST(at(order, "timeout") == "300");
    BOOST_TEST((order.limit == std::chrono::seconds(20)));
}

BOOST_FIXTURE_TEST_CASE(the_dockerfile_may_lie_anywhere, order_fixture)
{
    build.file = folder.write("ctx/docker/web", "FROM scratch\n");
    auto const inside = of_build();
    BOOST_TEST(at(inside, "dockerFilePath") == "docker/web");
    BOOST_TEST(inside.parcel.added.empty());
    BOOST_TEST(keeps(inside, "docker/web"));

    build.file = folder.write("outside", "FROM a\n");
    folder.write("outside.dockerignore", "secret\n!kept\n");
    auto const outside = of_build();
    BOOST_REQUIRE(outside.parcel.added.size() == 2u);
    BOOST_TEST(outside.parcel.added[0].text == "FROM a\n");
    BOOST_TEST(at(outside, "dockerFilePath") == outside.parcel.added[0].name);
    BOOST_TEST(outside.parcel.added[1].name == outside.parcel.added[0].name + ".dockerignore");
    auto const rules = parse_ignore_rules(outside.parcel.added[1].text);
    for (auto const& name : {std::string("secret"), std::string(".git"), outside.parcel.added[0].name, outside.parcel.added[1].name})
        BOOST_TEST(rules.excludes(name), name);
    BOOST_TEST(!rules.excludes("a.log"));

    build.file = "-";
    auto const input = of_build([] { return std::string("FROM input\n"); });
    BOOST_TEST(input.parcel.added.at(0).text == "FROM input\n");
    BOOST_TEST(parse_ignore_rules(input.parcel.added.at(1).text).excludes("a.log"));

    build.file = folder / "missing";
    BOOST_CHECK_EXCEPTION(of_build(), error, [](error const& e) { return e.text().starts_with("Unable to find"); });
    build.file.clear();
    std::filesystem::remove(folder / "ctx/Dockerfile");
    BOOST_CHECK_EXCEPTION(of_build(), error, [](error const& e) { return e.text().starts_with("Unable to find"); });
    folder.write("ctx/dockerfile", "FROM scratch\n");
    BOOST_TEST(at(of_build(), "dockerFilePath") == "dockerfile");
}

BOOST_FIXTURE_TEST_CASE(a_context_elsewhere_is_named_and_not_sent, order_fixture)
{
    build.context = "https://git.example/o/r.git#main";
    build.file = "docker/Dockerfile";
    auto const order = of_build();
    BOOST_TEST(order.parcel.empty());
    BOOST_TEST(at(order, "sourceLocation") == "https://git.example/o/r.git#main");
    BOOST_TEST(at(order, "dockerFilePath") == "docker/Dockerfile");
    for (auto const* refused : {"-", "file:///srv/r.git"}) {
        build.context = refused;
        BOOST_CHECK_THROW(of_build(), usage_error);
    }
    build.context = (folder / "nowhere").string();
    BOOST_CHECK_EXCEPTION(of_build(), error, [](error const& e) { return e.text().starts_with("Unable to find"); });
    build.context = folder.write("a.tar", "bytes");
    build.file.clear();
    auto const archive = of_build();
    BOOST_TEST(archive.parcel.root == folder / "a.tar");
    BOOST_TEST(at(archive, "sourceLocation") == "(none)");
    build.context = "/dev/null";
    build.file = folder / "ctx/Dockerfile";
    auto const none = of_build();
    BOOST_TEST(none.parcel.root.empty());
    BOOST_TEST(none.parcel.added.at(0).text == "FROM scratch\n");
}

BOOST_FIXTURE_TEST_CASE(wrong_names_fail_before_anything_is_sent, order_fixture)
{
    build.images = {"UPPER:1"};
    BOOST_CHECK_THROW(of_build(), usage_error);
    build.images = {};
    build.build_args = {"=x"};
    BOOST_CHECK_THROW(of_build(), usage_error);
}

BOOST_FIXTURE_TEST_CASE(a_task_file_of_the_folder_is_named, order_fixture)
{
    task.values_file = "values.yaml";
    task.settings = {"a=1"};
    task.secret_settings = {"b=hush"};
    auto const order = of_task();
    BOOST_TEST(at(order, "type") == "FileTaskRunRequest");
    BOOST_TEST(at(order, "taskFilePath") == "acb.yaml");
    BOOST_TEST(at(order, "valuesFilePath") == "values.yaml");
    BOOST_TEST(at(order, "values") == R"([{"name":"a","value":"1","isSecret":false},{"name":"b","value":"hush","isSecret":true}])");
    BOOST_TEST(keeps(order, "acb.yaml"));
    BOOST_TEST(keeps(order, "values.yaml"));
    task.file = "missing.yaml";
    BOOST_CHECK_EXCEPTION(of_task(), error, [](error const& e) { return e.text().starts_with("Unable to find"); });
}

BOOST_FIXTURE_TEST_CASE(a_task_that_lies_elsewhere_is_sent_as_text, order_fixture)
{
    task.command = "bash echo hi";
    task.values_file = "values.yaml";
    auto const command = of_task();
    BOOST_TEST(at(command, "type") == "EncodedTaskRunRequest");
    BOOST_TEST(from_base64(at(command, "encodedTaskContent"))->find("bash echo hi") != std::string::npos);
    BOOST_TEST(from_base64(at(command, "encodedValuesContent")).value() == "a: b\n");
    BOOST_TEST(!command.parcel.empty());
    task.file = "acb.yaml";
    BOOST_CHECK_THROW(of_task(), usage_error);
    task.command.clear();
    task.file = "-";
    task.command.clear();
    task.file.reset();
    task.encoded_task = to_base64("steps: []");
    task.encoded_values = to_base64("a: 1\n");
    task.values_file.clear();
    auto const encoded = of_task();
    BOOST_TEST(at(encoded, "type") == "EncodedTaskRunRequest");
    BOOST_TEST(from_base64(at(encoded, "encodedTaskContent")).value() == "steps: []");
    BOOST_TEST(from_base64(at(encoded, "encodedValuesContent")).value() == "a: 1\n");
    task.encoded_task.clear();
    folder.write("ctx/acb.yaml", "steps: []");
    BOOST_CHECK_THROW(of_task(), usage_error);  // those of a file in the context are in the context, too
    task.encoded_values.clear();
    task.values_file = "values.yaml";
    task.file = "-";
    auto const input = of_task([] { return std::string("steps: [x]"); });
    BOOST_TEST(from_base64(at(input, "encodedTaskContent")).value() == "steps: [x]");
    task.file = "../task.yaml";
    folder.write("task.yaml", "steps: [y]");
    BOOST_TEST(from_base64(at(of_task(), "encodedTaskContent")).value() == "steps: [y]");
    task.context = "/dev/null";
    task.file = (folder / "task.yaml").string();
    task.values_file.clear();
    auto const none = of_task();
    BOOST_TEST(none.parcel.empty());
    BOOST_TEST(at(none, "sourceLocation") == "(none)");
    task.context = "https://git.example/o/r.git";
    task.file = "ci/acb.yaml";
    auto const fetched = of_task();
    BOOST_TEST(at(fetched, "type") == "FileTaskRunRequest");
    BOOST_TEST(at(fetched, "sourceLocation") == "https://git.example/o/r.git");
}
BOOST_FIXTURE_TEST_CASE(images_for_windows_are_made_on_this_machine_alone, order_fixture)
{
    build.platform = task.connection.platform = "windows/amd64";
    BOOST_CHECK_THROW(of_build(), usage_error);
    BOOST_CHECK_THROW(of_task(), usage_error);
}

BOOST_FIXTURE_TEST_CASE(a_build_with_a_log_for_programs_is_refused, order_fixture)
{
    build.progress = cli::progress_style::raw_json;
    BOOST_CHECK_THROW(of_build(), usage_error);
}
BOOST_AUTO_TEST_SUITE_END()
