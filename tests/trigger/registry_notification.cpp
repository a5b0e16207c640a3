#include <acrx/trigger/registry_notification.hpp>

#include <acrx/core/error.hpp>

#include <support/test_data.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <variant>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(trigger_registry_notification)

namespace {
std::string read(std::string const& name)
{
    std::ifstream in(testing::data_path("trigger/data/notifications") / name, std::ios::binary);
    BOOST_REQUIRE_MESSAGE(in, "cannot read " << name);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string const sum = "sha256:" + std::string(64, '1');

std::vector<std::string> updates_of(std::string const& body, std::string const& registry = {})
{
    std::vector<std::string> updates;
    for (auto const& event : parse_registry_notification(body, registry).events)
        for (auto const& image : std::get<image_update>(event.what).images)
            updates.push_back(image.registry + "/" + image.repository + ":" + image.tag + "@" + image.digest.str());
    return updates;
}

using list = std::vector<std::string>;
}  // namespace

BOOST_AUTO_TEST_CASE(finds_the_updates_of_the_corpus)
{
    auto const manifest = boost::json::parse(read("manifest.json")).as_object();
    for (auto const& item : manifest.at("cases").as_array()) {
        list expected;
        for (auto const& update : item.at("expect").at("updates").as_array()) {
            auto const text = [&](char const* name) { return std::string(update.at(name).as_string()); };
            expected.push_back(text("registry") + "/" + text("repository") + ":" + text("tag") + "@" + text("digest"));
        }
        auto const name = std::string(item.at("body").as_string());
        BOOST_TEST(updates_of(read(name)) == expected, name);
    }
}

BOOST_AUTO_TEST_CASE(believes_the_configured_name_of_the_registry)
{
    BOOST_TEST(updates_of(read("distribution-push-tag.json"), "r.example.com").at(0).starts_with("r.example.com/"));
}

BOOST_AUTO_TEST_CASE(reads_events_of_acr)
{
    auto const event = [](std::string const& action) {
        return R"({"id":"1","action":")" + action
               + R"(","target":{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":")" + sum
               + R"(","repository":"hello","tag":"v1"},"request":{"host":"r.azurecr.io"}})";
    };
    BOOST_TEST(updates_of(event("push")) == list{"r.azurecr.io/hello:v1@" + sum});
    for (auto const* action : {"delete", "quarantine", "chart_push", "chart_delete"})
        BOOST_TEST(updates_of(event(action)).empty());
    auto const ping = parse_registry_notification(R"({"id":"1","timestamp":"x","action":"ping"})");
    BOOST_TEST(ping.is_ping);
    BOOST_TEST(ping.sender == "ACR");
}

BOOST_AUTO_TEST_CASE(reads_both_forms_of_harbor)
{
    auto const data = R"({"resources":[{"digest":")" + sum
                      + R"(","tag":"1","resource_url":"h.example:8443/p/app:1"},{"digest":")" + sum
                      + R"(","tag":"","resource_url":"h.example:8443/p/app@x"}],"repository":{"repo_full_name":"p/app"}})";
    list const expected{"h.example:8443/p/app:1@" + sum};
    BOOST_TEST(updates_of(R"({"type":"PUSH_ARTIFACT","event_data":)" + data + "}") == expected);
    BOOST_TEST(updates_of(R"({"type":"PULL_ARTIFACT","event_data":)" + data + "}").empty());
    auto const cloud = R"({"specversion":"1.0","id":"7","source":"/p","type":"harbor.artifact.pushed","data":)" + data + "}";
    BOOST_TEST(updates_of(cloud) == expected);
    BOOST_TEST(parse_registry_notification(cloud).events.at(0).id == "/p 7");
}

BOOST_AUTO_TEST_CASE(takes_docker_hub_as_a_hint_without_a_digest)
{
    BOOST_TEST(updates_of(R"({"push_data":{"tag":"3"},"repository":{"repo_name":"jo/app"}})") == list{"docker.io/jo/app:3@"});
}

BOOST_AUTO_TEST_CASE(takes_quay_as_a_hint_for_each_tag)
{
    auto const body = R"({"name":"app","repository":"jo/app","namespace":"jo","docker_url":"quay.io/jo/app","homepage":"x","updated_tags":["1","latest"]})";
    BOOST_TEST(updates_of(body) == (list{"quay.io/jo/app:1@", "quay.io/jo/app:latest@"}));
    BOOST_TEST(updates_of(R"({"docker_url":"quay.io/jo/app","updated_tags":[]})").empty());
}

BOOST_AUTO_TEST_CASE(reads_events_of_zot_where_the_registry_is_known)
{
    auto const event = [](std::string const& type, std::string const& reference) {
        return R"({"specversion":"1.0","id":"7","source":"zotregistry.dev","type":"zotregistry.)" + type
               + R"(","data":{"name":"p/app","reference":")" + reference + R"(","digest":")" + sum + R"("}})";
    };
    auto const known = parse_registry_notification(event("image.updated", "1"), "zot.example:5000");
    BOOST_REQUIRE(known.events.size() == 1U);
    BOOST_TEST(known.events.front().id == "zotregistry.dev 7");
    auto const& image = std::get<image_update>(known.events.front().what).images.front();
    BOOST_TEST(image.registry + "/" + image.repository + ":" + image.tag == "zot.example:5000/p/app:1");
    BOOST_TEST(image.digest.str() == sum);
    for (auto const& other : {event("image.deleted", "1"), event("repository.created", ""), event("image.updated", sum)})
        BOOST_TEST(parse_registry_notification(other, "zot.example:5000").events.empty(), other);
    BOOST_TEST(updates_of(event("image.updated", "1")).empty());
}

BOOST_AUTO_TEST_CASE(one_odd_event_does_not_spoil_the_others)
{
    auto const good = R"({"id":"2","action":"push","target":{"repository":"a","tag":"1","digest":")" + sum
                      + R"("},"request":{"host":"r.example"}})";
    auto const result = parse_registry_notification(
        R"({"events":[{"action":"push","target":{"repository":"UPPER","tag":"1","digest":"x"},"request":{"host":"r.example"}},)"
        R"({"action":"push"},{"action":"push","target":{"repository":"a","tag":"1@x","digest":"x"},"request":{"host":"r.example"}},)"
        + good + "]}");
    BOOST_TEST(result.events.size() == 1U);
    BOOST_TEST(result.ignored.size() == 3U);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_notification)
{
    BOOST_CHECK_THROW(parse_registry_notification("{"), error);
    BOOST_CHECK_THROW(parse_registry_notification("[]"), error);
    BOOST_CHECK_EXCEPTION(parse_registry_notification("{}"), error,
                          [](error const& e) { return e.code() == errc::not_supported; });
}

BOOST_AUTO_TEST_SUITE_END()
