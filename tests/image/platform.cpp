#include <acrx/image/platform.hpp>

#include <acrx/core/error.hpp>
#include <image/table.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(image_platform)

namespace {
platform expected(boost::json::object const& members)
{
    platform p;
    p.os = image_tests::text(members, "os");
    p.architecture = image_tests::text(members, "architecture");
    p.variant = image_tests::text(members, "variant");
    p.os_version = image_tests::text(members, "os.version");
    if (auto const* features = members.if_contains("os.features"))
        for (auto const& feature : features->as_array())
            p.os_features.emplace_back(feature.as_string().c_str());
    return p;
}

/// Whether the row's architecture came from the machine that made the table.
bool names_no_architecture(std::string const& input)
{
    return input.find('/') == std::string::npos
           && (input.starts_with("linux") || input.starts_with("darwin") || input.starts_with("windows")
               || input.starts_with("mac"));
}

int distance(std::string const& wanted, std::string const& candidate)
{
    return match_distance(parse_platform(wanted), parse_platform(candidate));
}

/// Whether `candidates` serve `wanted` in this order, and none is as good as another.
void check_order(std::string const& wanted, std::vector<std::string> const& candidates)
{
    int last = -1;
    for (auto const& candidate : candidates) {
        BOOST_TEST(distance(wanted, candidate) > last, wanted << " by " << candidate);
        last = distance(wanted, candidate);
    }
}
}  // namespace

BOOST_AUTO_TEST_CASE(reads_every_row_of_the_table)
{
    for (auto const& value : image_tests::table("platforms.json")) {
        auto const& row = value.as_object();
        auto const input = image_tests::text(row, "input");
        BOOST_TEST_CONTEXT("platform \"" << input << '"')
        {
            if (row.contains("error")) {
                BOOST_CHECK_EXCEPTION(parse_platform(input), error,
                                      [](error const& e) { return e.code() == errc::syntax; });
                continue;
            }
            auto wanted = expected(row.at("normalized").as_object());
            if (names_no_architecture(input)) {
                wanted.architecture = host_platform().architecture;
                wanted.variant = host_platform().variant;
            }
            auto const p = parse_platform(input);
            BOOST_TEST((p == wanted), to_string(p));
            BOOST_TEST((normalize(p) == p));
            BOOST_TEST((normalize(expected(row.at("parsed").as_object())) == normalize(expected(row.at("normalized").as_object()))));
        }
    }
}

BOOST_AUTO_TEST_CASE(refuses_what_is_neither_a_system_nor_an_architecture)
{
    for (auto const* text : {"nonsense", "amd64(1)", "linux(%zz)", "linux(1", "linux(+)", "x y"})
        BOOST_CHECK_EXCEPTION(parse_platform(text), error, [](error const& e) { return e.code() == errc::syntax; });
}

BOOST_AUTO_TEST_CASE(writes_the_short_form)
{
    BOOST_TEST(to_string(parse_platform("linux/arm")) == "linux/arm/v7");
    BOOST_TEST(to_string(parse_platform("linux/aarch64/v8")) == "linux/arm64");
    BOOST_TEST(to_string(host_platform()).starts_with("linux/"));
}

BOOST_AUTO_TEST_CASE(prefers_the_exact_variant_then_lower_ones_then_the_older_architecture)
{
    check_order("linux/amd64/v3", {"linux/amd64/v3", "linux/amd64/v2", "linux/amd64", "linux/386"});
    check_order("linux/arm/v7", {"linux/arm/v7", "linux/arm/v6", "linux/arm/v5"});
    check_order("linux/arm64", {"linux/arm64", "linux/arm/v8", "linux/arm/v7", "linux/arm/v6", "linux/arm/v5"});
    check_order("linux/arm64/v9", {"linux/arm64/v9", "linux/arm64/v8.5", "linux/arm64/v8.1", "linux/arm64", "linux/arm/v8"});
    BOOST_TEST(distance("linux/amd64", "linux/amd64") == 0);
    BOOST_TEST(distance("linux/arm64/v8", "linux/arm64") == 0);
}

BOOST_AUTO_TEST_CASE(takes_nothing_newer_or_other)
{
    BOOST_TEST(distance("linux/amd64", "linux/amd64/v2") == -1);
    BOOST_TEST(distance("linux/386", "linux/amd64") == -1);
    BOOST_TEST(distance("linux/arm/v6", "linux/arm/v7") == -1);
    BOOST_TEST(distance("linux/arm/v7", "linux/arm64") == -1);
    BOOST_TEST(distance("linux/arm64", "linux/arm64/v8.1") == -1);
    BOOST_TEST(distance("linux/arm64/v9", "linux/arm64/v8.6") == -1);
    BOOST_TEST(distance("linux/amd64", "windows/amd64") == -1);
    BOOST_TEST(distance("linux/s390x", "linux/ppc64le") == -1);
    BOOST_TEST(distance("linux/amd64", "unknown/unknown") == -1);
}

BOOST_AUTO_TEST_CASE(compares_the_build_of_windows)
{
    auto const wanted = "windows(10.0.17763.1)/amd64";
    BOOST_TEST(distance(wanted, wanted) == 0);
    BOOST_TEST(distance(wanted, "windows(10.0.17763.999)/amd64") == 1);
    BOOST_TEST(distance(wanted, "windows(10.0.20348.1)/amd64") == -1);
    BOOST_TEST(distance("windows/amd64", "windows(10.0.20348.1)/amd64") == 1);
    BOOST_TEST(distance("linux/amd64", "linux(+gpu)/amd64") == -1);
    BOOST_TEST(distance("linux(+gpu)/amd64", "linux/amd64") == 0);
}

BOOST_AUTO_TEST_SUITE_END()
