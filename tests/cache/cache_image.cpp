#include <acrx/cache/cache_image.hpp>

#include <acrx/core/error.hpp>
#include <acrx/image/media_types.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(cache_cache_image)

cache_entry entry_of(std::string const& key, std::string const& layer)
{
    cache_entry entry;
    entry.key = digest_of(key);
    entry.step.layer.diff_id = digest_of("plain " + layer);
    entry.step.layer.blob.media_type = media_type::oci_layer_gzip;
    entry.step.layer.blob.digest = digest_of(layer);
    entry.step.layer.blob.size = layer.size();
    entry.step.created = parse_rfc3339("2026-03-01T12:00:00.5Z");
    return entry;
}

std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    auto const at = text.find(from);
    BOOST_REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

BOOST_AUTO_TEST_CASE(reads_what_it_wrote_in_the_same_order)
{
    std::vector<cache_entry> entries{entry_of("1", "a"), entry_of("2", "b"), entry_of("3", "a")};
    entries[1].step.layer.blob.annotations["x"] = "y";
    BOOST_TEST((parse_cache_config(to_cache_config(entries)) == entries));
}

BOOST_AUTO_TEST_CASE(names_a_layer_of_two_steps_once)
{
    std::vector<cache_entry> entries{entry_of("1", "a"), entry_of("2", "b"), entry_of("3", "a")};
    entries[0].step.layer.blob.annotations["x"] = "y";
    auto const image = make_cache_manifest(entries, {});
    BOOST_TEST(image.layers.size() == 2U);
    BOOST_TEST(image.layers[0].annotations.empty());
    BOOST_TEST((image.layers[1].digest == digest_of("b")));
}

BOOST_AUTO_TEST_CASE(leaves_out_damaged_steps_and_keeps_the_others)
{
    std::vector<cache_entry> const entries{entry_of("1", "a"), entry_of("2", "b"), entry_of("3", "c")};
    auto const whole = to_cache_config(entries);
    auto const damages = {
        replaced(whole, digest_of("2").str(), "sha256:short"),
        replaced(whole, "\"layer\":1", "\"layer\":7"),
        replaced(whole, "\"layer\":1", "\"layer\":-1"),
        replaced(whole, "\"layer\":1", "\"layer\":\"1\""),
        replaced(whole, digest_of("b").str(), "md5:1"),
        replaced(whole, digest_of("plain b").str(), ""),
    };
    for (auto const& text : damages) {
        auto const read = parse_cache_config(text);
        BOOST_REQUIRE(read.size() == 2U);
        BOOST_TEST((read[0] == entries[0]));
        BOOST_TEST((read[1] == entries[2]));
    }
}

BOOST_AUTO_TEST_CASE(refuses_other_documents)
{
    auto const is = [](errc code) { return [code](error const& e) { return e.code() == code; }; };
    for (auto const* text : {"", "{", "[]", "7", R"({"version":1})", R"({"version":1,"layers":{},"steps":[]})",
                             R"({"version":1,"layers":[],"steps":null})"})
        BOOST_CHECK_EXCEPTION(parse_cache_config(text), error, is(errc::damaged));
    for (auto const* text : {"{}", R"({"version":2,"layers":[],"steps":[]})", R"({"version":"1"})"})
        BOOST_CHECK_EXCEPTION(parse_cache_config(text), error, is(errc::not_supported));
}

BOOST_AUTO_TEST_CASE(reads_ten_thousand_steps_in_the_wink_of_an_eye)
{
    std::vector<cache_entry> entries;
    for (int i = 0; i < 10'000; ++i)
        entries.push_back(entry_of(std::to_string(i), "layer " + std::to_string(i)));
    auto const text = to_cache_config(entries);
    auto const start = std::chrono::steady_clock::now();
    auto const read = parse_cache_config(text);
    auto const taken = std::chrono::steady_clock::now() - start;
    BOOST_TEST(read.size() == entries.size());
    auto const milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(taken).count();
    BOOST_TEST_MESSAGE("10,000 steps: " << milliseconds << " ms");
    BOOST_TEST((taken < std::chrono::seconds(1)));  // a debug build on a busy machine; a release takes some 20 ms
}

BOOST_AUTO_TEST_SUITE_END()
