#include <acrx/executor/detail/docker_container.hpp>

#include <acrx/core/error.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
using namespace acrx;
namespace json = boost::json;

BOOST_AUTO_TEST_SUITE(executor_detail_docker_container)

step_spec sample()
{
    step_spec spec;
    spec.image = "alpine:3";
    spec.args = {"sh", "-c", "true"};
    return spec;
}

json::value body_of(step_spec const& spec)
{
    detail::docker_secrets secrets;
    return detail::docker_container(spec, "run/web/1", "/state", secrets);
}

std::string at(json::value const& body, char const* pointer)
{
    boost::system::error_code missing;
    auto const* const found = body.find_pointer(pointer, missing);
    return found == nullptr ? "missing" : json::serialize(*found);
}

BOOST_AUTO_TEST_CASE(names_and_labels_tell_whose_it_is)
{
    BOOST_TEST(detail::docker_name("run/web/1") == "acrx-run-web-1");
    auto const body = body_of(sample());
    BOOST_TEST(at(body, "/Labels") == R"({"acrx.step":"run/web/1","acrx.run":"run","acrx.state":"/state"})");
    BOOST_TEST(at(body, "/Entrypoint") == R"(["sh"])");
    BOOST_TEST(at(body, "/Cmd") == R"(["-c","true"])");
    BOOST_TEST(at(body, "/HostConfig/NetworkMode") == R"("host")");
}

BOOST_AUTO_TEST_CASE(reads_subnets_and_the_gateway_of_ipv4)
{
    auto const network = json::parse(R"({"IPAM":{"Config":[{"Subnet":"fd12::/64","Gateway":"fd12::1"},
                                                           {"Subnet":"172.18.0.0/16","Gateway":"172.18.0.1/16"}]}})");
    auto const found = detail::docker_subnets_of(network);
    BOOST_TEST(found.all == (std::vector<std::string>{"fd12::/64", "172.18.0.0/16"}), boost::test_tools::per_element());
    BOOST_TEST(found.gateway == "172.18.0.1");
    BOOST_TEST(detail::docker_subnets_of(json::parse(R"({"IPAM":{"Config":null}})")).all.empty());
}

BOOST_AUTO_TEST_CASE(without_arguments_the_image_decides)
{
    auto spec = sample();
    spec.args.clear();
    BOOST_TEST(at(body_of(spec), "/Entrypoint") == "missing");
    BOOST_TEST(at(body_of(spec), "/Cmd") == "missing");
}

BOOST_AUTO_TEST_CASE(rights_are_said_where_they_are_not_the_usual_ones)
{
    auto spec = sample();
    for (auto const* part : {"/HostConfig/CapAdd", "/HostConfig/CapDrop", "/HostConfig/SecurityOpt", "/HostConfig/MaskedPaths"})
        BOOST_TEST(at(body_of(spec), part) == "missing");
    spec.rights = {.capabilities = 1, .filtered = false, .masked = false, .no_new_privileges = true};
    spec.more_groups = {"web"};
    auto const body = body_of(spec);
    BOOST_TEST(at(body, "/HostConfig/CapAdd") == R"(["CAP_CHOWN"])");
    BOOST_TEST(at(body, "/HostConfig/CapDrop") == R"(["ALL"])");
    BOOST_TEST(at(body, "/HostConfig/SecurityOpt") == R"(["no-new-privileges","seccomp=unconfined"])");
    BOOST_TEST(at(body, "/HostConfig/MaskedPaths") == "[]");
    BOOST_TEST(at(body, "/HostConfig/GroupAdd") == R"(["web"])");
    spec.privileged = true;
    BOOST_TEST(at(body_of(spec), "/HostConfig/CapAdd") == "missing");
}

BOOST_AUTO_TEST_CASE(limits_ports_and_networks_have_their_places)
{
    auto spec = sample();
    spec.quota = {1.5, 64 << 20, 10};
    spec.ports = {{"127.0.0.1", 8080, 80, "tcp"}, {"0.0.0.0", 0, 80, "tcp"}};
    spec.network = network_mode::joined;
    spec.network_name = "default";
    spec.aliases = {"backend"};
    auto const body = body_of(spec);
    BOOST_TEST(at(body, "/HostConfig/NanoCpus") == "1500000000");
    BOOST_TEST(at(body, "/HostConfig/Memory") == "67108864");
    BOOST_TEST(at(body, "/HostConfig/MemorySwap") == "67108864");
    BOOST_TEST(at(body, "/HostConfig/PidsLimit") == "10");
    BOOST_TEST(at(body, "/HostConfig/PortBindings")
               == R"({"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"},{"HostIp":"0.0.0.0","HostPort":""}]})");
    BOOST_TEST(at(body, "/NetworkingConfig/EndpointsConfig")
               == R"({"acrx-run-default":{"Aliases":["web","backend"]}})");
}

BOOST_AUTO_TEST_CASE(files_in_memory_are_bound_from_a_memory_filesystem_and_removed)
{
    auto spec = sample();
    spec.mounts.push_back(memory_file{"hidden", "/run/secret"});
    std::string source;
    {
        detail::docker_secrets secrets;
        auto const body = json::value(detail::docker_container(spec, "run/web/1", "/state", secrets));
        source = body.at_pointer("/HostConfig/Mounts/0/Source").as_string().c_str();
        std::ifstream file(source);
        std::string text;
        BOOST_TEST(bool(file >> text));
        BOOST_TEST(text == "hidden");
        BOOST_TEST(source.starts_with("/dev/shm/"));
        BOOST_TEST(json::serialize(body).find("hidden") == std::string::npos);
    }
    BOOST_TEST(!std::filesystem::exists(source));
}

BOOST_AUTO_TEST_CASE(what_the_engine_cannot_do_is_refused)
{
    auto stack = sample();
    stack.mounts.push_back(overlay_mount{{}, "/a"});
    BOOST_CHECK_EXCEPTION(body_of(stack), error, [](error const& e) { return e.code() == errc::not_supported; });
    auto nameless = sample();
    nameless.image.clear();
    BOOST_CHECK_THROW(body_of(nameless), error);
    auto foreign = sample();
    foreign.isolation = "hyperv";
    BOOST_CHECK_THROW(body_of(foreign), error);
}

BOOST_AUTO_TEST_CASE(published_ports_are_read_from_an_inspected_container)
{
    auto const container = json::parse(R"({"NetworkSettings":{"Ports":{"443/tcp":null,
        "80/tcp":[{"HostIp":"127.0.0.1","HostPort":"49153"}]}}})");
    auto const ports = detail::docker_ports(container);
    BOOST_TEST_REQUIRE(ports.size() == 1u);
    BOOST_TEST((ports[0] == published_port{"127.0.0.1", 49153, 80, "tcp"}));
    BOOST_TEST(detail::docker_ports(json::value()).empty());
}
BOOST_AUTO_TEST_SUITE_END()
