#include <acrx/cli/command_line.hpp>
#include <acrx/cli/exit_status.hpp>
#include <boost/test/unit_test.hpp>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(cli_command_line)
namespace {
cli::build_options parse_build(std::vector<std::string> args)
{
    args.insert(args.begin(), "build");
    return std::get<cli::build_options>(cli::parse_command_line(std::move(args)));
}

std::string refusal(std::vector<std::string> args)
{
    try {
        cli::parse_command_line(std::move(args));
    } catch (cli::usage_error const& e) {
        return e.text();
    }
    return "accepted";
}
}  // namespace

BOOST_AUTO_TEST_CASE(has_the_defaults_of_the_help_text)
{
    auto const options = parse_build({"."});
    BOOST_TEST(options.context == ".");
    BOOST_TEST(options.timeout.count() == 3600);
    BOOST_TEST(options.images.empty());
    BOOST_TEST(!options.no_push);
    BOOST_TEST(!options.no_cache);
    BOOST_CHECK(options.network == network_mode::host);
    BOOST_CHECK(options.form.layers.compression == compression::gzip);
    BOOST_CHECK(options.format == cli::output_format::text);
    BOOST_CHECK(options.progress == cli::progress_style::automatic);
}
BOOST_AUTO_TEST_CASE(takes_one_value_after_each_repeatable_option)
{
    auto const options = parse_build({"-t", "a:1", "-t", "b:{{.Run.ID}}", "--build-arg", "X=1 2", "--build-arg", "Y",
                                      "--secret-build-arg", "Z=s", "--label", "a=b=c", "ctx"});
    BOOST_TEST(options.images == (std::vector<std::string>{"a:1", "b:{{.Run.ID}}"}), boost::test_tools::per_element());
    BOOST_TEST(options.build_args == (std::vector<std::string>{"X=1 2", "Y"}), boost::test_tools::per_element());
    BOOST_TEST(options.secret_build_args.at(0) == "Z=s");
    BOOST_TEST(options.labels.at(0) == "a=b=c");
    BOOST_TEST(options.context == "ctx");
}
BOOST_AUTO_TEST_CASE(takes_options_behind_the_context)
{
    auto const options = parse_build({"ctx", "-t", "a", "--no-push", "--no-cache", "--no-logs", "--check", "-f", "x/Dockerfile"});
    BOOST_TEST(options.context == "ctx");
    BOOST_TEST(options.no_push);
    BOOST_CHECK(options.call == cli::build_call::check);
    BOOST_TEST(options.no_cache);
    BOOST_TEST(options.no_logs);
    BOOST_TEST(options.file == "x/Dockerfile");
}
BOOST_AUTO_TEST_CASE(reads_what_bounds_and_replaces_parts_of_a_build)
{
    auto const options = parse_build({"--build-context", "a=b", "--build-context", "c=d,e", "--no-cache-filter", "x,y",
                                      "--no-cache-filter", "z", "--parallelism", "3", "--call", "outline,format=json", "-f", "-", "ctx"});
    BOOST_TEST(options.build_contexts == (std::vector<std::string>{"a=b", "c=d,e"}), boost::test_tools::per_element());
    BOOST_TEST(options.no_cache_stages == (std::vector<std::string>{"x", "y", "z"}), boost::test_tools::per_element());
    BOOST_TEST(options.parallelism == 3U);
    BOOST_CHECK(options.call == cli::build_call::outline);
    BOOST_CHECK(options.format == cli::output_format::json);
    BOOST_TEST(options.file == "-");
    for (auto const& bad : std::vector<std::vector<std::string>>{{"--no-cache-filter", ""},
                                                                 {"--no-cache-filter", "a,"},
                                                                 {"--parallelism", "0"},
                                                                 {"--parallelism", "-1"},
                                                                 {"--parallelism", "two"},
                                                                 {"--call", "dance"},
                                                                 {"--call", "check,format=yaml"}}) {
        auto words = bad;
        words.push_back("ctx");
        BOOST_CHECK_THROW(parse_build(words), cli::usage_error);
    }
}
BOOST_AUTO_TEST_CASE(reads_values_with_a_form)
{
    auto const options =
        parse_build({"--output", "type=docker,dest=a.tar", "--output", "dest=b.tar,type=oci", "--compression", "zstd:7",
                     "--format", "docker", "--network", "none", "--timeout", "90s", "--registry-mirror",
                     "docker.io=localhost:5000", "--executor", "oci_runtime", "-o", "json", "--progress", "plain", "."});
    BOOST_TEST(options.outputs.size() == 2U);
    BOOST_CHECK(options.outputs[0].type == build_output::kind::docker);
    BOOST_TEST(options.outputs[1].dest == "b.tar");
    BOOST_CHECK(options.form.layers.compression == compression::zstd);
    BOOST_TEST(options.form.layers.level == 7);
    BOOST_CHECK(options.form.family == image_family::docker);
    BOOST_CHECK(options.network == network_mode::none);
    BOOST_TEST(options.timeout.count() == 90);
    BOOST_TEST(options.mirrors.at(0).second == "localhost:5000");
    BOOST_CHECK(options.executor == cli::executor_kind::oci_runtime);
    BOOST_CHECK(options.format == cli::output_format::json);
    BOOST_CHECK(options.progress == cli::progress_style::plain);
    BOOST_CHECK(parse_build({"--progress=rawjson", "."}).progress == cli::progress_style::raw_json);
}
BOOST_AUTO_TEST_CASE(refuses_with_the_word_that_is_wrong)
{
    struct line
    {
        std::vector<std::string> args;
        std::string part;
    };
    for (auto const& [args, part] : std::vector<line>{
             {{"build", "--foo", "."}, "unknown option '--foo'"},
             {{"bild", "."}, "unknown command 'bild'"},
             {{"--foo"}, "unknown option '--foo'"},
             {{"build"}, "CONTEXT is missing"},
             {{"build", "a", "b"}, "unexpected argument 'b'"},
             {{"build", "--timeout", "soon", "."}, "'soon' is not a duration"},
             {{"build", "--timeout", "0", "."}, "--timeout must be more than 0"},
             {{"build", "--output", "type=oci", "."}, "lacks dest=FILE"},
             {{"build", "--output", "type=zip,dest=x", "."}, "'zip' is not one of image, registry, oci, docker, tar, local"},
             {{"build", "--annotation", "a", "."}, "is not KEY=VALUE"},
             {{"build", "--provenance", "mode=all", "."}, "'mode=all' is not known"},
             {{"build", "--sbom", "yes", "."}, "'yes' is not true or false"},
             {{"build", "--compression", "xz", "."}, "'xz' is not one of gzip, zstd, estargz, none"},
             {{"build", "--compression", "gzip:9", "."}, "'9' is not a number from 0 to 2"},
             {{"build", "--network", "bridge", "."}, "'bridge' is not one of"},
             {{"build", "--registry-mirror", "docker.io", "."}, "is not REGISTRY=HOST"},
             {{"build", "--progress", "json", "."}, "'json' is not one of auto, plain, tty, quiet, rawjson"},
             {{"build", "-o", "yaml", "."}, "-o: 'yaml' is not one of json, table"},
             {{"inspect"}, "IMAGE is missing"},
             {{"prune", "--keep-storage", "much"}, "'much' is not a size"},
         })
        BOOST_TEST(refusal(args).find(part) != std::string::npos, refusal(args) << " lacks " << part);
}
BOOST_AUTO_TEST_CASE(shows_help_and_version)
{
    auto const shown = [](std::vector<std::string> args) {
        return std::get<cli::shown_text>(cli::parse_command_line(std::move(args))).text;
    };
    BOOST_TEST(shown({"--version"}).starts_with("acrx-quick "));
    for (auto const* name : {"build", "ls", "inspect", "prune"})
        BOOST_TEST(shown({name, "--help"}).find("Examples:") != std::string::npos, name);
    BOOST_TEST(shown({"build", "--help"}).find("124  ") != std::string::npos);
    BOOST_TEST(shown({}).find("build") != std::string::npos);
}
BOOST_AUTO_TEST_CASE(reads_the_commands_of_the_store)
{
    auto const prune = std::get<cli::prune_options>(
        cli::parse_command_line({"prune", "--all", "--older-than", "7d", "--keep-storage", "10GB"}));
    BOOST_TEST(prune.all);
    BOOST_TEST(prune.older_than->count() == 7 * 86400);
    BOOST_TEST(*prune.keep_storage == 10'000'000'000U);
    auto const inspect = std::get<cli::inspect_options>(cli::parse_command_line({"inspect", "a:1", "-o", "table"}));
    BOOST_TEST(inspect.image == "a:1");
    BOOST_CHECK(inspect.format == cli::output_format::table);
    BOOST_TEST(std::holds_alternative<cli::list_options>(cli::parse_command_line({"ls"})));
    auto const some = std::get<cli::prune_options>(
        cli::parse_command_line({"prune", "--filter", "until=2h", "--filter", "type=layer", "--filter", "type=mount"}));
    BOOST_TEST(some.older_than->count() == 7200);
    BOOST_TEST(some.only == (std::set<std::string>{"layer", "mount"}), boost::test_tools::per_element());
    BOOST_TEST((std::get<cli::usage_options>(cli::parse_command_line({"du", "-o", "json"})).format == cli::output_format::json));
}

BOOST_AUTO_TEST_CASE(options_of_the_cache)
{
    auto const options = parse_build({"ctx", "--cache-policy", "lru,tinylfu", "--cache-budget", "2GB", "--cache-key", "chain",
                                      "--trace", "t", "--cache-to", "type=inline"});
    BOOST_TEST(to_string(options.cache_policy) == "lru,tinylfu");
    BOOST_TEST(options.cache_budget == 2'000'000'000U);
    BOOST_TEST(options.cache_key.name() == "chain");
    BOOST_TEST(options.trace == "t");
    BOOST_TEST(options.cache_to.at(0).is_inline);
}
BOOST_AUTO_TEST_CASE(refuses_with_a_server_what_no_runner_takes)
{
    auto const with = [](std::vector<std::string> args) {
        args.insert(args.end(), {"--server", "http://runner.example", "."});
        return refusal(std::move(args));
    };
    BOOST_TEST(with({"build", "-t", "a:1", "-r", "h.example", "-f", "x", "--build-arg", "A=1", "--secret-build-arg", "B", "--target", "t",
                     "--platform", "linux/arm64", "--no-cache", "--no-push", "--timeout", "600", "--no-logs", "-o", "json", "--token-file", "t"})
               == "accepted");
    BOOST_TEST(with({"run", "-f", "x", "--values", "v", "--set", "a=b", "--set-secret", "c=d", "--timeout", "600", "--platform", "linux",
                     "-r", "h.example", "--env", "A=b", "--id", "x", "--no-cache"})
               == "accepted");
    for (auto const& option : std::vector<std::vector<std::string>>{
             {"--output", "type=tar,dest=x"}, {"--secret", "id=a"}, {"--ssh", "default"}, {"--build-context", "a=b"}, {"--cache-to", "type=inline"},
             {"--label", "a=b"}, {"--network", "none"}, {"--insecure-registry", "h"}, {"--sbom", "true"}, {"--git-access-token-file", "f"}}) {
        auto args = option;
        args.insert(args.begin(), "build");
        BOOST_TEST(with(args) == "build: " + option[0] + " has no meaning at a server: the runner decides it");
    }
    for (auto const& option : std::vector<std::vector<std::string>>{{"--executor", "oci"}, {"--insecure-registry", "h"}}) {
        auto args = option;
        args.insert(args.begin(), "run");
        BOOST_TEST(with(args) == "run: " + option[0] + " has no meaning at a server: the runner decides it");
    }
    BOOST_TEST(with({"build", "--check", "--label", "a=b"}) == "accepted");  // which builds nothing, here
    BOOST_TEST(with({"run", "--dry-run", "--env", "A=b"}) == "accepted");
}
BOOST_AUTO_TEST_SUITE_END()
