#include <acrx/task/build_command.hpp>

#include <task/samples.hpp>

#include <boost/test/unit_test.hpp>

#include <map>

using namespace acrx;
using task_tests::failure;

BOOST_AUTO_TEST_SUITE(task_build_command)

namespace {
using texts = std::vector<std::string>;
}  // namespace

BOOST_AUTO_TEST_CASE(the_vectors_of_the_reference)
{
    auto const first = parse_build_command("-t foo --target build https://github.com/A/b.git#:H");
    BOOST_TEST((first.context == "https://github.com/A/b.git#:H" && first.target == "build" && first.file.empty()));
    auto const second = parse_build_command("https://github.com/A/b.git -f Dockerfile -t foo:bar");
    BOOST_TEST((second.context == "https://github.com/A/b.git" && second.file == "Dockerfile"));
    auto const third = parse_build_command("--file src/Dockerfile . -t foo:bar");
    BOOST_TEST((third.context == "." && third.file == "src/Dockerfile" && third.tags == texts{"foo:bar"}));
}

BOOST_AUTO_TEST_CASE(options_are_written_in_every_way)
{
    for (auto const* text :
         {"-t a -f F .", "--tag a --file F .", "--tag=a --file=F .", "-ta -fF .", "-t=a -f=F .", ". -t a -f F",
          "-t 'a' -f \"F\" .", "-t a\n-f F\n.", "-qt a -fF --quiet=false .", "-t a -f F -- .", "--image a -f F"}) {
        auto const command = parse_build_command(text);
        BOOST_TEST((command.tags == texts{"a"} && command.file == "F" && command.context == "." && !command.quiet),
                   text);
    }
    BOOST_TEST(parse_build_command("--no-cache .").no_cache);
    BOOST_TEST(parse_build_command("--no-cache sub").context == "sub");
    BOOST_TEST(parse_build_command("").context == ".");
    BOOST_TEST(parse_build_command("-").context == "-");
    BOOST_TEST(parse_build_command("-- -odd").context == "-odd");
}

BOOST_AUTO_TEST_CASE(every_option_is_read)
{
    auto const c = parse_build_command(
        "-t a -t b --build-arg K=V --build-arg L --build-context x=docker-image://y --platform linux/amd64,linux/arm64 "
        "--label l=1 --annotation n=2 --secret id=s,src=f --ssh default --cache-from c1 "
        "--cache-from=type=registry,ref=c2 "
        "--cache-to type=inline -o type=tar,dest=o.tar --add-host h:1.2.3.4 --ulimit nofile=1:2 --allow network.host "
        "--attest type=sbom --no-cache-filter s1,s2 --provenance --sbom=false --network host --shm-size 1g "
        "--cgroup-parent /c --memory 1g --cpus 2 --progress plain --iidfile i --metadata-file m --no-cache --pull "
        "--push "
        "--security-opt label=disable --squash --check --target t --load --rm --force-rm=false --memory-swap -1 .");
    BOOST_TEST((c.tags == texts{"a", "b"} && c.build_args == texts{"K=V", "L"}));
    BOOST_TEST((c.build_contexts == texts{"x=docker-image://y"} && c.platforms == texts{"linux/amd64", "linux/arm64"}));
    BOOST_TEST((c.squash && c.security_options == texts{"label=disable"}));
    BOOST_TEST((c.labels == texts{"l=1"} && c.annotations == texts{"n=2"} && c.secrets == texts{"id=s,src=f"}));
    BOOST_TEST((c.ssh == texts{"default"} && c.cache_from == texts{"c1", "type=registry,ref=c2"}));
    BOOST_TEST((c.cache_to == texts{"type=inline"} && c.outputs == texts{"type=tar,dest=o.tar"}));
    BOOST_TEST((c.add_hosts == texts{"h:1.2.3.4"} && c.ulimits == texts{"nofile=1:2"}
                && c.entitlements == texts{"network.host"}));
    BOOST_TEST((c.attestations == texts{"type=sbom"} && c.no_cache_filters == texts{"s1", "s2"}));
    BOOST_TEST((c.provenance == "true" && c.sbom == "false" && c.network == "host" && c.shm_size == "1g"));
    BOOST_TEST((c.cgroup_parent == "/c" && c.memory == "1g" && c.cpus == "2" && c.progress == "plain"));
    BOOST_TEST((c.iidfile == "i" && c.metadata_file == "m" && c.target == "t"));
    BOOST_TEST((c.no_cache && c.pull && c.push && c.check));
    BOOST_TEST((c.ignored == texts{"--load", "--rm", "--force-rm", "--memory-swap"}));
}

BOOST_AUTO_TEST_CASE(wrong_options_are_refused)
{
    std::map<std::string, std::string> const table{
        {"--fil F .", "docker build: unknown option '--fil'\nDid you mean --file?"},
        {"--nonsense .", "docker build: unknown option '--nonsense'\n"},
        {"-z .", "docker build: unknown option '-z'\n"},
        {"-t", "docker build: the value of -t is missing\nWrite -t VALUE."},
        {"-qt", "docker build: the value of -t is missing\nWrite -t VALUE."},
        {"--call outline .", "docker build: the option --call is not supported\nTo check a Dockerfile, use --check."},
        {"a b",
         "docker build: 'a' and 'b' cannot both be the context\nA build has one context; a name goes after -t, a "
         "Dockerfile after -f; quote what holds blanks."},
        {"--pull=maybe .", "docker build: --pull=maybe is neither true nor false\n"},
        {"-t '' .", "docker build: the image name after -t is empty\n"},
        {"-t a ''",
         "docker build: the context is empty\nWrite . for the working directory; values of templates may be empty."},
        {"-t $Registry/a .",
         "docker build: the image name '$Registry/a' holds '$'\nThere is no such alias; those such as $Registry "
         "need 'version: v1.1.0' in the task file."},
    };
    for (auto const& [text, message] : table)
        BOOST_TEST(failure([&] { parse_build_command(text); }) == message);
    BOOST_TEST(failure([] { parse_build_command("-t a . && echo"); }).find("needs a shell") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(arguments_without_a_value_come_from_the_environment)
{
    auto const command =
        parse_build_command("--build-arg A=1 --build-arg B --build-arg C --build-arg A=2 --build-arg E= .");
    texts const env{"B=x=y", "D=z", "BB=1"};
    std::map<std::string, std::string> const wanted{{"A", "2"}, {"B", "x=y"}, {"E", ""}};
    BOOST_TEST((build_arguments(command, env) == wanted));
}

BOOST_AUTO_TEST_SUITE_END()
