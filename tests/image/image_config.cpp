#include <acrx/image/image_config.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(image_image_config)

namespace {
std::string const id_a = digest_of("a").str();
std::string const full =
    R"({"created":"2026-03-01T12:00:00.5Z","author":"me","architecture":"arm","os":"linux","variant":"v7","config":{)"
    R"("User":"u:g","ExposedPorts":{"53/udp":{},"80/tcp":{}},"Env":["PATH=/bin","A=1=2"],"Entrypoint":["/e"],"Cmd":["a","b c"],)"
    R"("Volumes":{"/v":{}},"WorkingDir":"/w","Labels":{"l":"<&>"},"StopSignal":"SIGINT","ArgsEscaped":true,)"
    R"("Healthcheck":{"Test":["CMD-SHELL","x"],"Interval":5000000000,"Timeout":1,"StartPeriod":2,"StartInterval":3,"Retries":4},)"
    R"("OnBuild":["RUN x"],"Shell":["/bin/bash","-c"],"Hostname":"h","StopTimeout":7},"rootfs":{"type":"layers","diff_ids":[")"
    + id_a + R"("]},"history":[{"created":"2026-03-01T12:00:00Z","created_by":"ENV A","author":"me","comment":"c","empty_layer":true},{}],)"
             R"("moby.buildkit.cache.v0":"eA==","x":{"y":[1,null,-2]}})";

std::string why(std::string const& text)
{
    try {
        parse_image_config(text);
    } catch (error const& e) {
        BOOST_TEST((e.code() == errc::damaged));
        return e.what();
    }
    return "accepted";
}
}  // namespace

BOOST_AUTO_TEST_CASE(keeps_every_byte_of_a_full_config)
{
    BOOST_TEST(to_json_text(parse_image_config(full)) == full);
}

BOOST_AUTO_TEST_CASE(reads_the_members)
{
    auto const config = parse_image_config(full);
    BOOST_TEST(to_string(config.platform) == "linux/arm/v7");
    BOOST_TEST(to_rfc3339(config.created.value()) == "2026-03-01T12:00:00.5Z");
    BOOST_TEST(config.config.exposed_ports.contains("53/udp"));
    BOOST_TEST(config.config.cmd.value()[1] == "b c");
    BOOST_TEST(config.config.healthcheck.value().interval.count() == 5'000'000'000);
    BOOST_TEST(config.config.others.contains("Hostname"));
    BOOST_TEST(config.others.contains("moby.buildkit.cache.v0"));
    BOOST_TEST(config.diff_ids.at(0).str() == id_a);
    BOOST_TEST(config.history.at(0).empty_layer);
    BOOST_TEST(!config.history.at(1).created.has_value());
}

BOOST_AUTO_TEST_CASE(writes_only_what_must_be_there_for_an_empty_config)
{
    image_config config;
    config.platform = {.os = "linux", .architecture = "amd64", .variant = {}, .os_version = {}, .os_features = {}};
    BOOST_TEST(to_json_text(config) == R"({"architecture":"amd64","os":"linux","config":{"Env":[]},"rootfs":{"type":"layers","diff_ids":[]}})");
}

BOOST_AUTO_TEST_CASE(counts_null_and_go_zero_times_as_absent)
{
    auto const config = parse_image_config(
        R"({"created":"0001-01-01T00:00:00Z","os":"linux","architecture":"amd64","history":null,"rootfs":null,"container_config":{},"docker_version":"1.2",)"
        R"("config":{"Env":null,"Cmd":null,"Entrypoint":[],"Labels":null,"Image":null,"Healthcheck":null}})");
    BOOST_TEST(!config.created.has_value());
    BOOST_TEST(!config.config.cmd.has_value());
    BOOST_TEST(config.config.entrypoint.has_value());
    BOOST_TEST(!config.config.healthcheck.has_value());
    BOOST_TEST(config.config.others.empty());
    BOOST_TEST(config.others.empty());
}

BOOST_AUTO_TEST_CASE(names_the_place_of_what_is_wrong)
{
    BOOST_TEST(why("{").find("not JSON") != std::string::npos);
    BOOST_TEST(why("null").find("not a JSON object") != std::string::npos);
    BOOST_TEST(why(R"({"config":[]})").find("config is not an object") != std::string::npos);
    BOOST_TEST(why(R"({"config":{"Env":["a",1]}})").find("config.Env[1] is not a string") != std::string::npos);
    BOOST_TEST(why(R"({"config":{"Labels":{"a":1}}})").find("config.Labels.a is not a string") != std::string::npos);
    BOOST_TEST(why(R"({"config":{"ExposedPorts":[]}})").find("config.ExposedPorts is not an object") != std::string::npos);
    BOOST_TEST(why(R"({"config":{"Healthcheck":{"Retries":99999999999}}})").find("config.Healthcheck.Retries is too large") != std::string::npos);
    BOOST_TEST(why(R"({"rootfs":{"type":"tree"}})").find("rootfs.type") != std::string::npos);
    BOOST_TEST(why(R"({"rootfs":{"type":"layers","diff_ids":["x"]}})").find("rootfs.diff_ids[0]") != std::string::npos);
    BOOST_TEST(why(R"({"history":[{"empty_layer":1}]})").find("history[0].empty_layer") != std::string::npos);
    BOOST_TEST(why(R"({"created":"yesterday"})").find("created is not a time") != std::string::npos);
    BOOST_TEST(why(R"({"created":"9999-01-01T00:00:00Z"})").find("created is not a time") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(writes_valid_json_whatever_the_bytes)
{
    image_config config;
    config.config.labels["k"] = "caf\xE9 \xED\xA0\x80 \xF0\x9F\x98\x80 \xC3\xA9\n\x01\"";
    auto const back = parse_image_config(to_json_text(config)).config.labels["k"];
    BOOST_TEST(back == "caf\xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD \xF0\x9F\x98\x80 \xC3\xA9\n\x01\"");
}

BOOST_AUTO_TEST_CASE(finds_and_sets_environment_entries)
{
    std::vector<std::string> env{"AB=1", "A=", "C"};
    BOOST_TEST(find_env(env, "A").value() == "");
    BOOST_TEST(!find_env(env, "B").has_value());
    BOOST_TEST(!find_env(env, "C").has_value());
    set_env(env, "AB", "x=y");
    set_env(env, "D", "");
    set_env(env, "C", "3");
    BOOST_TEST((env == std::vector<std::string>{"AB=x=y", "A=", "C=3", "D="}));
}

BOOST_AUTO_TEST_CASE(chains_layers)
{
    auto const first = digest_of("1");
    auto const second = digest_of("2");
    BOOST_TEST(chain_id({}, first).str() == first.str());
    BOOST_TEST(chain_id(first, second).str() == digest_of(first.str() + " " + second.str()).str());
}

BOOST_AUTO_TEST_SUITE_END()
