// Builds against a registry that fails: what passes is tried again, what does not ends in one clear error.
#include "build_folder.hpp"

#include <boost/test/unit_test.hpp>
#include <support/fault_proxy.hpp>
#include <support/registry_server.hpp>

#include <chrono>
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(cli_failing_registry)
namespace {
/// A registry behind a proxy; `base:1` lies in it, with one layer of noise.
struct behind_a_proxy
{
    behind_a_proxy()
    {
        build_folder maker;
        maker.write("ctx/noise", noise(300'000));
        maker.write("ctx/Dockerfile", "FROM scratch\nCOPY noise /noise\n");
        auto const made = run_tool(maker, maker.words({"-t", registry.host() + "/base:1"}));
        BOOST_TEST_REQUIRE(made.status == 0, made.err);
    }
    std::string name() const { return proxy.host() + "/app:1"; }
    bool has_app() const
    {
        return std::filesystem::exists(registry.storage() / "docker/registry/v2/repositories/app/_manifests/tags/1");
    }
    std::string copies_a_file() const { return "FROM scratch\nCOPY noise /\n"; }

    registry_server registry;
    fault_proxy proxy{registry.port()};
    build_folder folder;
};

void check_one_error(tool_result const& result, int status, std::vector<std::string> const& words)
{
    BOOST_TEST(result.status == status, result.status << " " << result.err);
    auto const first = result.err.find("error: ");
    BOOST_TEST(first != std::string::npos, result.err);
    BOOST_TEST(result.err.find("\nerror: ", first + 1) == std::string::npos, result.err);
    for (auto const& word : words)
        BOOST_TEST(result.err.find(word) != std::string::npos, "'" << word << "' is not in\n" << result.err);
}
}  // namespace

BOOST_FIXTURE_TEST_CASE(comes_back_when_the_registry_asks_it_to_wait, behind_a_proxy)
{
    proxy.add({.method = "HEAD", .target = "/manifests/", .times = 1, .status = 429, .headers = "Retry-After: 1\r\n"});
    proxy.add({.method = "GET", .target = "/blobs/", .times = 2, .status = 503});
    proxy.add(
        {.method = "POST", .target = "/blobs/uploads/", .times = 1, .status = 429, .headers = "Retry-After: 0\r\n"});
    proxy.add({.method = "PUT", .target = "/blobs/uploads/", .times = 1, .status = 502});
    proxy.add({.method = "PUT", .target = "/manifests/", .times = 2, .status = 503});
    auto const begin = std::chrono::steady_clock::now();
    auto const result = folder.build("FROM " + proxy.host() + "/base:1\nCOPY hello.txt /\n", {"-t", name()});
    BOOST_TEST(result.status == 0, result.err);
    BOOST_TEST(proxy.spoilt() == 7);
    BOOST_TEST((std::chrono::steady_clock::now() - begin >= std::chrono::seconds(1)));  // as Retry-After says
    BOOST_TEST(has_app());
    BOOST_TEST(folder.left_behind() == "");
}
BOOST_FIXTURE_TEST_CASE(goes_on_after_a_dropped_upload, behind_a_proxy)
{
    folder.write("ctx/noise", noise(6'000'000));  // more than what is sent in one request
    proxy.add({.method = "PATCH", .target = "/blobs/uploads/", .times = 2, .cut_upload = 2'000'000});
    auto const result = folder.build(copies_a_file(), {"-t", name()});
    BOOST_TEST(result.status == 0, result.err);
    BOOST_TEST(proxy.spoilt() == 2);
    BOOST_TEST(has_app());
}
BOOST_FIXTURE_TEST_CASE(sends_a_small_blob_again_when_it_was_dropped, behind_a_proxy)
{
    folder.write("ctx/noise", noise(200'000));
    proxy.add({.method = "PUT", .target = "/blobs/uploads/", .times = 1, .cut_upload = 100'000});
    proxy.add({.method = "PUT", .target = "/manifests/", .times = 1, .cut_download = 0});
    auto const result = folder.build(copies_a_file(), {"-t", name()});
    BOOST_TEST(result.status == 0, result.err);
    BOOST_TEST(has_app());
}
BOOST_FIXTURE_TEST_CASE(goes_on_after_a_dropped_download, behind_a_proxy)
{
    proxy.add({.method = "GET", .target = "/blobs/", .times = 3, .cut_download = 400});
    auto const result = folder.build(
        "FROM " + proxy.host() + "/base:1 AS base\nFROM scratch\nCOPY --from=base /noise /\n", {"-t", name()});
    BOOST_TEST(result.status == 0, result.err);
    BOOST_TEST(proxy.spoilt() == 3);
}
BOOST_FIXTURE_TEST_CASE(gives_up_on_a_registry_that_only_fails, behind_a_proxy)
{
    proxy.add({.target = "/blobs/uploads/", .times = -1, .status = 500});
    auto const result = folder.build("FROM scratch\nCOPY hello.txt /\n", {"-t", name()});
    check_one_error(result, 3,
                    {"pushing the blob sha256:", proxy.host() + "/app", "the registry answers 500", "hint: "});
    BOOST_TEST(!has_app());
    BOOST_TEST(folder.left_behind() == "");
    proxy.heal();
    BOOST_TEST(folder.build("FROM scratch\nCOPY hello.txt /\n", {"-t", name()}).status == 0);
    BOOST_TEST(has_app());
}
BOOST_FIXTURE_TEST_CASE(gives_up_on_a_limit_that_does_not_end, behind_a_proxy)
{
    proxy.add({.method = "HEAD", .target = "/manifests/", .times = -1, .status = 429, .headers = "Retry-After: 0\r\n"});
    auto const result = folder.build("FROM " + proxy.host() + "/base:1\n", {"--no-push"});
    check_one_error(result, 3, {"base:1", "429", "Dockerfile:1", "--registry-mirror"});
}
BOOST_FIXTURE_TEST_CASE(refuses_a_blob_that_was_altered, behind_a_proxy)
{
    auto const from_base = "FROM " + proxy.host() + "/base:1 AS base\nFROM scratch\nCOPY --from=base /noise /\n";
    for (int good_ones : {0, 1}) {  // the config comes first, then the layer
        proxy.add({.method = "GET", .target = "/blobs/", .times = good_ones});
        proxy.add({.method = "GET", .target = "/blobs/", .times = -1, .alters = true});
        auto const result = folder.build(from_base, {"-t", "app:1"});
        check_one_error(result, 3, {"/base", "digest mismatch", "sha256:", "hint: "});
        BOOST_TEST(folder.left_behind() == "");
        proxy.heal();
    }
    auto const healed = folder.build(from_base, {"-t", "app:1"});
    BOOST_TEST(healed.status == 0, healed.err);
}
BOOST_FIXTURE_TEST_CASE(refuses_a_manifest_that_was_altered, behind_a_proxy)
{
    proxy.add({.method = "GET", .target = "/manifests/", .times = -1, .alters = true});
    auto const dockerfile = "FROM " + proxy.host() + "/base:1\nCOPY hello.txt /\n";
    auto const result = folder.build(dockerfile, {"-t", "app:1"});
    check_one_error(result, 3, {"base:1", "digest mismatch", "Dockerfile:1", "hint: "});
    BOOST_TEST(folder.left_behind() == "");
    proxy.heal();
    BOOST_TEST(folder.build(dockerfile, {"-t", "app:1"}).status == 0);
}
BOOST_FIXTURE_TEST_CASE(says_which_image_or_tag_is_missing, behind_a_proxy)
{
    for (auto const* image :
         {"/none:1", "/base:none", "/base@sha256:0000000000000000000000000000000000000000000000000000000000000000"})
        check_one_error(folder.build("FROM scratch\nFROM " + proxy.host() + image + "\n", {"--no-push"}), 1,
                        {proxy.host() + image, "not found", "Dockerfile:2", "hint: "});
}
BOOST_FIXTURE_TEST_CASE(says_who_may_not_push_or_pull, behind_a_proxy)
{
    proxy.add({.method = "POST", .target = "/blobs/uploads/", .times = -1, .status = 403});
    check_one_error(folder.build("FROM scratch\nCOPY hello.txt /\n", {"-t", name()}), 3,
                    {"pushing", "403", "access denied", "hint: Check the credentials for " + proxy.host()});
    proxy.heal();
    proxy.add({.target = "/manifests/", .times = -1, .status = 403});
    check_one_error(folder.build("FROM " + proxy.host() + "/base:1\n", {"--no-push"}), 3,
                    {"403", "Dockerfile:1", "hint: "});
}
BOOST_AUTO_TEST_CASE(wants_the_right_password)
{
    registry_server registry({.user = "me", .password = "good-password"});
    build_folder folder;
    auto const with = [&](std::string const& secret) {
        folder.write("docker/config.json",
                     secret.empty() ? "{}" : "{\"auths\":{\"" + registry.host() + "\":{\"auth\":\"" + secret + "\"}}}");
        ::setenv("DOCKER_CONFIG", (folder / "docker").c_str(), 1);
        auto result = folder.build("FROM scratch\nCOPY hello.txt /\n", {"-t", registry.host() + "/app:1"});
        ::unsetenv("DOCKER_CONFIG");
        return result;
    };
    check_one_error(with(""), 3, {registry.host(), "authentication required", "docker login " + registry.host()});
    auto const wrong = with("bWU6YmFkLXBhc3N3b3Jk");  // me:bad-password
    check_one_error(wrong, 3, {registry.host(), "authentication required", "hint: Check the credentials"});
    BOOST_TEST(wrong.err.find("bad-password") == std::string::npos);
    BOOST_TEST(wrong.err.find("bWU6YmFk") == std::string::npos);
    BOOST_TEST(with("bWU6Z29vZC1wYXNzd29yZA==").status == 0);
}
BOOST_AUTO_TEST_CASE(says_that_nothing_listens_or_that_there_is_no_such_host)
{
    build_folder folder;
    check_one_error(folder.build("FROM localhost:1/base:1\n", {"--no-push"}), 3,
                    {"localhost:1", "Connection refused", "Dockerfile:1", "hint: Nothing listens there"});
    check_one_error(folder.build("FROM scratch\nCOPY hello.txt /\n", {"-t", "localhost:1/app:1"}), 3,
                    {"localhost:1/app", "Connection refused", "hint: Nothing listens there"});
    check_one_error(folder.build("FROM registry.invalid/base:1\n", {"--no-push"}), 3,
                    {"registry.invalid", "Host not found", "Dockerfile:1", "hint: Check the name"});
}
BOOST_AUTO_TEST_SUITE_END()
