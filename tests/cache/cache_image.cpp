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
    BOOST_TEST(image.layers[0].annotations.at("buildkit/createdat") == "2026-03-01T12:00:00.5Z");
    BOOST_TEST(image.layers[0].annotations.at("containerd.io/uncompressed") == digest_of("plain a").str());
    BOOST_TEST((image.layers[1].digest == digest_of("b")));
}

BOOST_AUTO_TEST_CASE(a_manifest_tells_of_its_steps_without_the_config)
{
    std::vector<cache_entry> entries{entry_of("1", "a"), entry_of("2", "b"), entry_of("3", "a")};
    entries[1].step.layer.blob.annotations["x"] = "y";
    entries[1].step.seconds = 2.5;
    entries[2].step.created = parse_rfc3339("2026-03-02T00:00:00Z");
    descriptor config;
    config.media_type = cache_config_type;
    config.digest = digest_of("config");
    auto const image = make_cache_manifest(entries, config);
    auto const read = parse_cache_manifest(to_document(image));
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST((*read == entries));

    auto plain = image;
    plain.annotations.clear();
    BOOST_TEST(!parse_cache_manifest(to_document(plain)));
    for (auto const* text : {"1 0", "AAAA 0", "!"}) {
        auto damaged = image;
        damaged.annotations.at("acrx.cache.records") += "," + std::string(text);
        BOOST_TEST(!parse_cache_manifest(to_document(damaged)), text);
    }
    auto far = image;
    far.layers.pop_back();
    BOOST_TEST(!parse_cache_manifest(to_document(far)));
}

BOOST_AUTO_TEST_CASE(ten_thousand_steps_fit_into_a_manifest)
{
    std::vector<cache_entry> entries;
    for (int i = 0; i < 10'000; ++i)
        entries.push_back(entry_of(std::to_string(i), "layer " + std::to_string(i)));
    descriptor config;
    config.media_type = cache_config_type;
    config.digest = digest_of("config");
    auto const document = to_document(make_cache_manifest(entries, config));
    BOOST_TEST(document.bytes.size() < (std::size_t{4} << 20));
    auto const start = std::chrono::steady_clock::now();
    auto const read = parse_cache_manifest(document);
    BOOST_TEST_MESSAGE(
        "10,000 steps: "
        << std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count()
        << " ms, " << document.bytes.size() << " bytes");
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST((*read == entries));
    for (int i = 0; i < 10'000; ++i)
        entries.push_back(entry_of("b" + std::to_string(i), "b " + std::to_string(i)));
    BOOST_TEST(make_cache_manifest(entries, config).annotations.empty());
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
    for (auto const* text : {"", "{", "[]", "7", R"({"layers":{},"records":[]})", R"({"layers":[],"records":1})"})
        BOOST_CHECK_EXCEPTION(parse_cache_config(text), error, is(errc::damaged));
    for (auto const* text : {R"({"version":1,"layers":[],"steps":[]})", R"({"version":"1"})"})
        BOOST_CHECK_EXCEPTION(parse_cache_config(text), error, is(errc::not_supported));
}

BOOST_AUTO_TEST_CASE(passes_over_records_of_another_builder)
{
    auto const ours = digest_of("ours").str();
    auto const layer = digest_of("layer").str();
    auto const text = R"({"layers":[{"blob":")" + layer + R"(","parent":-1},{"blob":")" + layer
                      + R"(","parent":0,"annotations":{"mediaType":"t","diffID":")" + layer
                      + R"(","size":7,"createdAt":"2026-01-01T00:00:00Z"}}],"records":[{"digest":")" + digest_of("x").str()
                      + R"("},{"digest":")" + digest_of("y").str()
                      + R"(","inputs":[[{"link":0}]],"layers":[{"layer":1,"createdAt":"2026-01-01T00:00:00Z"}]},{"digest":")"
                      + digest_of("z").str() + R"(","layers":[{"layer":0,"createdAt":"2026-01-01T00:00:00Z"}]},{"digest":")"
                      + ours + R"(","layers":[{"layer":1,"createdAt":"2026-01-01T00:00:00Z"}]}]})";
    auto const read = parse_cache_config(text);
    BOOST_REQUIRE(read.size() == 1U);
    BOOST_TEST(read[0].key.str() == ours);
    BOOST_TEST(read[0].step.layer.blob.size == 7U);
    BOOST_TEST(parse_cache_config("{}").empty());
    BOOST_TEST(parse_cache_config(R"({"layers":null,"records":null})").empty());
}

BOOST_AUTO_TEST_CASE(an_image_may_hold_its_cache)
{
    manifest image;
    image.layers = {entry_of("", "base").step.layer.blob, entry_of("", "a").step.layer.blob};
    auto const created = parse_rfc3339("2026-03-01T12:00:00Z");
    std::vector<inline_step> const steps{{digest_of("k"), 1, created}, {digest_of("far"), 2, created}};
    auto const config = R"({"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[")"
                        + digest_of("plain base").str() + R"(",")" + digest_of("plain a").str()
                        + R"("]},"moby.buildkit.cache.v0":")" + to_inline_cache(steps) + R"("})";
    auto const read = parse_inline_cache(config, image);
    BOOST_REQUIRE(read.size() == 1U);
    BOOST_TEST((read[0].key == digest_of("k")));
    BOOST_TEST((read[0].step.layer.blob.digest == digest_of("a")));
    BOOST_TEST((read[0].step.layer.diff_id == digest_of("plain a")));
    BOOST_CHECK_THROW(parse_inline_cache(replaced(config, to_inline_cache(steps), "%%%"), image), error);
    BOOST_CHECK_THROW(parse_inline_cache("{}", image), error);
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
