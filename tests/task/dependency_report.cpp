#include <acrx/task/dependency_report.hpp>

#include <task/samples.hpp>

#include <boost/test/unit_test.hpp>

#include <regex>

using namespace acrx;
using task_tests::failure;

BOOST_AUTO_TEST_SUITE(task_dependency_report)

namespace {
std::string bases(std::string const& dockerfile, std::map<std::string, std::string> const& args = {},
                  std::string const& target = {})
{
    auto const found = find_base_images(dockerfile, args, target);
    auto text = found.runtime + " |";
    for (auto const& name : found.buildtime)
        text += " " + name;
    return text;
}
}  // namespace

BOOST_AUTO_TEST_CASE(the_vectors_of_the_reference)
{
    BOOST_TEST(bases("ARG v=\"2.0.6\"\nFROM ms/aspnetcore:${v} AS base\nFROM base AS secondary\nARG build_image\n"
                     "ARG build_version=2.0\nFROM ms/$build_image:$build_version AS builder\nFROM builder AS publish\n"
                     "FROM imaginary/cert:1.0\nFROM secondary AS production\n",
                     {{"build_image", "aspnetcore-build"}, {"build_version", "2.0.6"}})
               == "ms/aspnetcore:2.0.6 | imaginary/cert:1.0 ms/aspnetcore-build:2.0.6");
    BOOST_TEST(bases("\xef\xbb\xbf"
                     "FROM golang:1.10-alpine AS a\nFROM a AS b\nFROM scratch\n")
               == "scratch | golang:1.10-alpine");
    BOOST_TEST(bases("FROM scratch AS base\nFROM node:lts AS build\nFROM nginx:stable AS final\n", {}, "build")
               == "node:lts | scratch");
}

BOOST_AUTO_TEST_CASE(from_lines_in_all_their_forms)
{
    BOOST_TEST(bases("FROM --platform=$BUILDPLATFORM golang AS x\nFROM alpine\nCOPY --from=x /a /a\n")
               == "alpine | golang");
    BOOST_TEST(bases("FROM a AS One\nFROM ONE\n") == "a |");
    BOOST_TEST(bases("FROM \\\n  a\nRUN <<E\nFROM b\nE\n") == "a |");
    BOOST_TEST(bases("ARG v\nFROM a:${v:-3}\n") == "a:3 |");
    BOOST_TEST(bases("ARG v=1\nARG v=2\nFROM a:$v\n") == "a:2 |");
    BOOST_TEST(bases("ARG v=1\nARG w=x$v\nFROM a:$w\n") == "a:x1 |");
    BOOST_TEST(bases("ARG v=1\nFROM b\nARG v=2\nFROM a:$v\n") == "a:1 | b");
    BOOST_TEST(bases("FROM library/b AS x\nFROM a\nFROM b\nFROM a\n") == "a | b");
    BOOST_TEST(bases("FROM a\nFROM b\nFROM c\n", {}, "1") == "b | a");
    BOOST_TEST(failure([] { bases("FROM a$X\nFROM $X\n"); }).starts_with("the image of 'FROM $X' comes out empty"));
    BOOST_TEST(failure([] { bases("FROM a\n", {}, "nope"); }).starts_with("looking for the stage 'nope'"));
    BOOST_TEST(failure([] { bases("RUN a\n"); }) != "none");
}

BOOST_AUTO_TEST_CASE(dockerfiles_of_the_samples)
{
    BOOST_TEST(find_base_images(task_tests::read("acr/acr-builder/Dockerfile"), {}).runtime
               == "mcr.microsoft.com/acr/moby-cli:linux-latest");
    BOOST_TEST(bases(task_tests::read("acr/acr-tasks/curl.dockerfile")) == "alpine:latest |");
    auto const weather = find_base_images(task_tests::read("acr/acr-tasks/build-aspnetapp/WeatherService/Dockerfile"),
                                          {{"BaseImage", "r.io/base:1"}, {"BuildImage", "r.io/build:2"}});
    BOOST_TEST(weather.runtime == "r.io/base:1");
    BOOST_TEST((weather.buildtime == std::vector<std::string>{"r.io/build:2"}));
}

BOOST_AUTO_TEST_CASE(images_are_named_as_the_report_does)
{
    auto const is = [](std::string const& name, image_dependency const& wanted) {
        return parse_image_dependency(name) == wanted;
    };
    std::string const hub = "registry.hub.docker.com";
    BOOST_TEST(is("node:16", {hub, "library/node", "16", "", "node:16"}));
    BOOST_TEST(is("node", {hub, "library/node", "latest", "", "node:latest"}));
    BOOST_TEST(is("myorg/myimage:t", {hub, "myorg/myimage", "t", "", "myorg/myimage:t"}));
    BOOST_TEST(is("r.azurecr.io/o/i:t", {"r.azurecr.io", "o/i", "t", "", "r.azurecr.io/o/i:t"}));
    BOOST_TEST(is("localhost:5000/x", {"localhost:5000", "x", "latest", "", "localhost:5000/x:latest"}));
    std::string const digest = "sha256:" + std::string(64, 'a');
    BOOST_TEST(is("a.b/c@" + digest, {"a.b", "c", "", digest, "a.b/c@" + digest}));
    for (auto const* wrong : {"Node", "a:b:c", "a.b/C:1", "a:-x"})
        BOOST_TEST(failure([&] {
                       parse_image_dependency(wrong);
                   }).starts_with("Failed to parse image reference, ensure tags have a valid format: "),
                   wrong);
}

BOOST_AUTO_TEST_CASE(the_report_is_one_line_with_one_entry_a_name)
{
    auto const all = describe_build({"r.azurecr.io/app:cf4", "app"}, {"node:lts", {"golang:1"}},
                                    {{"r.azurecr.io/app:cf4", "sha256:1"}, {"node:lts", "sha256:2"}}, "033ed90d");
    auto const json = to_json(all);
    BOOST_TEST(json + "\n" == task_tests::read("dependencies.json"));
    BOOST_TEST(std::regex_search(json, std::regex(R"((\[\{"image.*?\])$)")));
    auto const nameless = to_json(describe_build({}, {"scratch", {}}, {}));
    BOOST_TEST(nameless.starts_with(R"([{"image":null,"runtime-dependency":{)"));
    BOOST_TEST(nameless.ends_with(R"("buildtime-dependency":null,"git":{"git-head-revision":""}}])"));
    BOOST_TEST(to_json({}) == "[]");
}

BOOST_AUTO_TEST_SUITE_END()
