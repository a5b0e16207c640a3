#include <acrx/cache/registry_cache.hpp>

#include <acrx/core/error.hpp>
#include <acrx/registry/oci_layout.hpp>
#include <support/archetypes/registry_client.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

namespace acrx {
using only_what_the_concept_says = basic_registry_cache<testing::registry_client_archetype>;
static_assert(layer_cache<only_what_the_concept_says>);
}  // namespace acrx

using namespace acrx;
using acrx::testing::run;

BOOST_AUTO_TEST_SUITE(cache_registry_cache)

/// A registry in a folder that writes down what it is asked, and has mounts.
struct spoken_to
{
    oci_layout layout;
    std::vector<std::string> asked;
    bool is_down = false;
    bool can_mount = false;

    void note(std::string what)
    {
        asked.push_back(std::move(what));
        if (is_down)
            throw error(errc::unavailable, "asking the registry");
    }
    net::awaitable<std::optional<descriptor>> resolve(reference ref)
    {
        note("resolve");
        auto found = co_await layout.resolve(ref);
        co_return found;
    }
    net::awaitable<manifest_document> fetch_manifest(reference ref)
    {
        note("manifest");
        auto found = co_await layout.fetch_manifest(ref);
        co_return found;
    }
    net::awaitable<void> fetch_blob(reference ref, descriptor blob, byte_sink sink)
    {
        note("blob");
        co_await layout.fetch_blob(ref, blob, sink);
    }
    net::awaitable<bool> has_blob(reference, digest id)
    {
        note("has");
        co_return layout.contains(id);
    }
    net::awaitable<void> push_blob(reference ref, blob_file blob)
    {
        note("push " + blob.content.media_type);
        co_await layout.push_blob(ref, blob);
    }
    net::awaitable<bool> mount_blob(reference, descriptor, std::string from)
    {
        note("mount " + from);
        co_return can_mount;
    }
    net::awaitable<void> push_manifest(reference ref, manifest_document document)
    {
        note("push manifest");
        co_await layout.push_manifest(ref, document);
    }
};

struct cache_fixture
{
    cached_step step_of(std::string const& text)
    {
        cached_step step;
        step.layer.diff_id = digest_of("plain " + text);
        step.layer.blob.media_type = "layer";
        step.layer.blob.digest = digest_of(text);
        step.layer.blob.size = text.size();
        step.created = parse_rfc3339("2026-03-01T12:00:00Z");
        folder.write(std::string(digest_of(text).encoded()), text);
        return step;
    }
    layer_file_source files()
    {
        return [this](cached_step const& step) -> net::awaitable<std::filesystem::path> {
            ++opened;
            auto file = folder / std::string(step.layer.blob.digest.encoded());
            if (!std::filesystem::exists(file))
                throw error(errc::not_found, "reading a layer");
            co_return file;
        };
    }
    basic_registry_cache<spoken_to> opened_cache(std::size_t most = 100)
    {
        basic_registry_cache<spoken_to> cache(registry, parse_reference("registry.example/team/app:cache"), most);
        BOOST_TEST(run(cache.load()).empty());
        registry.asked.clear();
        return cache;
    }
    /// Saves steps into the image, each under its own text as key.
    saved_cache save(std::vector<std::string> const& texts, std::size_t most = 100)
    {
        basic_registry_cache<spoken_to> cache(registry, parse_reference("registry.example/team/app:cache"), most);
        run(cache.load());
        registry.asked.clear();
        for (auto const& text : texts)
            run(cache.store(digest_of("key " + text), step_of(text)));
        return run(cache.save(files(), folder.path()));
    }
    static bool has(basic_registry_cache<spoken_to>& cache, std::string const& text)
    {
        return run(cache.find(digest_of("key " + text))).has_value();
    }

    acrx::testing::scratch_folder folder;
    spoken_to registry{oci_layout(folder / "registry"), {}};
    int opened = 0;
};

BOOST_FIXTURE_TEST_CASE(gives_another_machine_what_one_has_stored, cache_fixture)
{
    auto const saved = save({"a", "b"});
    BOOST_TEST(saved.entries == 2U);
    BOOST_TEST(saved.is_changed);
    auto cache = opened_cache();
    auto const found = run(cache.find(digest_of("key a")));
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST((found->layer == step_of("a").layer));
    BOOST_TEST((found->created == step_of("a").created));
    BOOST_REQUIRE(found->origin.has_value());
    BOOST_TEST(found->origin->path == "team/app");
    BOOST_TEST(found->origin->tag.empty());
    BOOST_TEST(!run(cache.find(digest_of("other"))).has_value());
    BOOST_TEST(registry.asked.empty());
}

BOOST_FIXTURE_TEST_CASE(asks_once_to_load_whatever_is_in_it, cache_fixture)
{
    save({"a", "b", "c", "d", "e"});
    basic_registry_cache<spoken_to> cache(registry, parse_reference("registry.example/team/app:cache"));
    registry.asked.clear();
    run(cache.load());
    BOOST_TEST(registry.asked == (std::vector<std::string>{"manifest"}), boost::test_tools::per_element());
    BOOST_TEST(cache.size() == 5U);
}

BOOST_FIXTURE_TEST_CASE(is_saved_as_an_index_where_that_is_asked_for, cache_fixture)
{
    auto const name = parse_reference("registry.example/team/app:cache");
    save({"a", "b"});
    basic_registry_cache<spoken_to> cache(registry, name, 100, cache_form::index);
    run(cache.load());
    BOOST_TEST(run(cache.save(files(), folder.path())).is_changed);  // it was a manifest
    auto const document = run(registry.layout.fetch_manifest(name));
    auto const index = parse_index(document.bytes, document.media_type);
    BOOST_REQUIRE(index.manifests.size() == 3U);
    BOOST_TEST(index.manifests.back().media_type == cache_config_type);
    BOOST_TEST(index.manifests.front().annotations.contains("containerd.io/uncompressed"));
    auto loaded = opened_cache();
    BOOST_TEST(has(loaded, "a"));
    BOOST_TEST(has(loaded, "b"));
    BOOST_TEST(!run(cache.save(files(), folder.path())).is_changed);
}

BOOST_FIXTURE_TEST_CASE(names_all_its_blobs_in_a_manifest, cache_fixture)
{
    save({"a", "b"});
    auto const document = run(registry.layout.fetch_manifest(parse_reference("registry.example/team/app:cache")));
    auto const image = parse_manifest(document.bytes, document.media_type);
    BOOST_TEST(image.config.media_type == cache_config_type);
    BOOST_TEST(image.layers.size() == 2U);
    for (auto const& layer : image.layers)
        BOOST_TEST(registry.layout.contains(layer.digest));
}

BOOST_FIXTURE_TEST_CASE(keeps_what_was_there_and_replaces_what_is_new, cache_fixture)
{
    save({"a", "b"});
    {
        auto cache = opened_cache();
        run(cache.store(digest_of("key a"), step_of("another a")));
        run(cache.store(digest_of("key c"), step_of("c")));
        BOOST_TEST(run(cache.save(files(), folder.path())).entries == 3U);
    }
    auto cache = opened_cache();
    BOOST_TEST((run(cache.find(digest_of("key a")))->layer.blob.digest == digest_of("another a")));
    BOOST_TEST(has(cache, "b"));
    BOOST_TEST(has(cache, "c"));
}

BOOST_FIXTURE_TEST_CASE(keeps_the_newest_where_there_are_too_many, cache_fixture)
{
    save({"a", "b"}, 3);
    auto const saved = save({"c", "d"}, 3);
    BOOST_TEST(saved.entries == 3U);
    auto cache = opened_cache();
    BOOST_TEST(has(cache, "c"));
    BOOST_TEST(has(cache, "d"));
    BOOST_TEST(has(cache, "a") + has(cache, "b") == 1);
}

BOOST_FIXTURE_TEST_CASE(pushes_nothing_when_nothing_is_new, cache_fixture)
{
    save({"a", "b"});
    auto const saved = save({"a"});
    BOOST_TEST(!saved.is_changed);
    BOOST_TEST(saved.entries == 2U);
    BOOST_TEST(registry.asked == (std::vector<std::string>{"resolve"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(joins_what_another_build_has_saved_meanwhile, cache_fixture)
{
    auto cache = basic_registry_cache<spoken_to>(registry, parse_reference("registry.example/team/app:cache"));
    run(cache.load());
    run(cache.store(digest_of("key a"), step_of("a")));
    save({"b"});
    BOOST_TEST(run(cache.save(files(), folder.path())).entries == 2U);
    auto both = opened_cache();
    BOOST_TEST(has(both, "a"));
    BOOST_TEST(has(both, "b"));
}

BOOST_FIXTURE_TEST_CASE(mounts_what_lies_elsewhere_on_the_same_host, cache_fixture)
{
    registry.can_mount = true;
    auto cache = basic_registry_cache<spoken_to>(registry, parse_reference("registry.example/team/app:cache"));
    auto step = step_of("a");
    step.origin = parse_reference("registry.example/other");
    run(cache.store(digest_of("key a"), step));
    run(cache.save(files(), folder.path()));
    BOOST_TEST(opened == 0);
    auto const mounts = std::count(registry.asked.begin(), registry.asked.end(), "mount other");
    BOOST_TEST(mounts == 1);
}

BOOST_FIXTURE_TEST_CASE(leaves_out_layers_that_cannot_be_had, cache_fixture)
{
    auto cache = basic_registry_cache<spoken_to>(registry, parse_reference("registry.example/team/app:cache"));
    run(cache.store(digest_of("key a"), step_of("a")));
    run(cache.store(digest_of("key b"), step_of("b")));
    std::filesystem::remove(folder / std::string(digest_of("a").encoded()));
    auto const saved = run(cache.save(files(), folder.path()));
    BOOST_TEST(saved.left_out == 1U);
    BOOST_TEST(saved.entries == 1U);
}

BOOST_FIXTURE_TEST_CASE(drops_what_it_is_told_to_forget, cache_fixture)
{
    save({"a", "b"});
    {
        auto cache = opened_cache();
        cache.forget(digest_of("a"));
        BOOST_TEST(!has(cache, "a"));
        run(cache.store(digest_of("key c"), step_of("c")));
        run(cache.save(files(), folder.path()));
    }
    auto cache = opened_cache();
    BOOST_TEST(!has(cache, "a"));
    BOOST_TEST(has(cache, "b"));
}

BOOST_FIXTURE_TEST_CASE(says_why_it_is_empty_and_goes_on, cache_fixture)
{
    auto const name = parse_reference("registry.example/team/app:cache");
    basic_registry_cache<spoken_to> cache(registry, name);
    BOOST_TEST(run(cache.load()).find("there is none yet") != std::string::npos);

    registry.is_down = true;
    BOOST_TEST(run(cache.load()).find("asking the registry") != std::string::npos);
    BOOST_TEST(!has(cache, "a"));
    registry.is_down = false;

    manifest image;
    image.media_type = "application/vnd.oci.image.manifest.v1+json";
    image.config = registry.layout.write_blob("{}", "application/vnd.oci.image.config.v1+json");
    run(registry.layout.push_manifest(name, to_document(image)));
    BOOST_TEST(run(cache.load()).find("without a layer cache in it") != std::string::npos);

    image.config = registry.layout.write_blob("{}", "application/vnd.acrx.cache.config.v1+json");
    run(registry.layout.push_manifest(name, to_document(image)));
    BOOST_TEST(run(cache.load()).find("no layer cache of this version") != std::string::npos);

    image.config = registry.layout.write_blob(R"({"version":2,"layers":[],"steps":[]})", cache_config_type);
    run(registry.layout.push_manifest(name, to_document(image)));
    BOOST_TEST(run(cache.load()).find("another version") != std::string::npos);

    image.config = registry.layout.write_blob("{", cache_config_type);
    run(registry.layout.push_manifest(name, to_document(image)));
    BOOST_TEST(run(cache.load()).find("no JSON object") != std::string::npos);

    image.config.size += 1;
    run(registry.layout.push_manifest(name, to_document(image)));
    BOOST_TEST(!run(cache.load()).empty());
    BOOST_TEST(save({"a"}).entries == 1U);  // what cannot be read is replaced
}

BOOST_AUTO_TEST_SUITE_END()
