// Pulling through a mirror, and registries whose certificates come from an authority of one's own.
#include "build_folder.hpp"

#include <boost/test/unit_test.hpp>
#include <support/fault_proxy.hpp>
#include <support/registry_server.hpp>

#include <cstdlib>
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(cli_mirror_and_tls)
namespace {
std::string const to_scratch = "FROM scratch\nCOPY hello.txt /\n";

/// A variable of the environment for as long as a test needs it.
struct variable
{
    variable(char const* name, std::string const& value) : name_(name) { ::setenv(name, value.c_str(), 1); }
    variable(variable const&) = delete;
    variable& operator=(variable const&) = delete;
    ~variable() { ::unsetenv(name_); }
    char const* name_;
};

struct tls_registry
{
    registry_server registry{{.tls = true}};
    build_folder folder;
    tool_result push(std::vector<std::string> options) const
    {
        options.insert(options.end(), {"-t", registry.host() + "/app:1"});
        return folder.build(to_scratch, std::move(options));
    }
};
}  // namespace

BOOST_AUTO_TEST_CASE(pulls_images_of_the_hub_from_a_mirror)
{
    registry_server mirror;
    build_folder folder;
    BOOST_TEST_REQUIRE(folder.build(to_scratch, {"-t", mirror.host() + "/library/hello:1"}).status == 0);
    auto const result =
        folder.build("FROM hello:1\nLABEL a=b\n", {"-t", "app:1", "--registry-mirror", "docker.io=" + mirror.host()});
    BOOST_TEST(result.status == 0, result.err);
    auto const other =
        folder.build("FROM hello:2\n", {"-t", "app:1", "--registry-mirror", "docker.io=" + mirror.host()});
    BOOST_TEST(other.status == 3);  // the mirror does not have it, and there is no way to the hub from a test
    BOOST_TEST(other.err.find("hello:2") != std::string::npos, other.err);
}
BOOST_AUTO_TEST_CASE(asks_the_registry_itself_when_the_mirror_cannot_help)
{
    registry_server registry;
    registry_server mirror;
    fault_proxy proxy(mirror.port());
    build_folder folder;
    BOOST_TEST_REQUIRE(folder.build(to_scratch, {"-t", registry.host() + "/base:1"}).status == 0);
    auto const from_base =
        "FROM " + registry.host() + "/base:1 AS base\nFROM scratch\nCOPY --from=base /hello.txt /again\n";
    for (auto const& host : {mirror.host(), proxy.host(), std::string("localhost:1"), std::string("mirror.invalid")}) {
        proxy.add({.times = -1, .status = 500});
        build_folder fresh;
        auto const result = fresh.build(from_base, {"-t", "app:1", "--registry-mirror", registry.host() + "=" + host});
        BOOST_TEST(result.status == 0, host << ": " << result.err);
    }
    BOOST_TEST(proxy.spoilt() > 0);
}
BOOST_FIXTURE_TEST_CASE(trusts_an_authority_that_it_is_given, tls_registry)
{
    auto const refused = push({});
    BOOST_TEST(refused.status == 3);
    for (auto const* word :
         {"TLS", registry.host().c_str(), "certificate", "hint: Trust its authority", "--ca-file", "SSL_CERT_FILE"})
        BOOST_TEST(refused.err.find(word) != std::string::npos, "'" << word << "' is not in\n" << refused.err);
    BOOST_TEST(push({"--ca-file", registry.ca_file().string()}).status == 0);
    BOOST_TEST(push({"--insecure-registry", registry.host()}).status == 0);
    BOOST_TEST(push({"--output", "type=image,registry.insecure=true"}).status == 0);
    variable const file("SSL_CERT_FILE", registry.ca_file().string());
    BOOST_TEST(push({}).status == 0);
}
BOOST_FIXTURE_TEST_CASE(refuses_a_file_that_holds_no_authority, tls_registry)
{
    auto const missing = push({"--ca-file", (folder / "none.pem").string()});
    BOOST_TEST(missing.status == 2);
    BOOST_TEST(missing.err.find("--ca-file") != std::string::npos, missing.err);
    auto const garbage = push({"--ca-file", (folder / "ctx/hello.txt").string()});
    BOOST_TEST(garbage.status == 2);
    BOOST_TEST(garbage.err.find("hello.txt") != std::string::npos, garbage.err);
    BOOST_TEST(garbage.err.find("PEM") != std::string::npos, garbage.err);
}
BOOST_AUTO_TEST_SUITE_END()
