#include <acrx/cache/basic_layer_cache.hpp>

#include <acrx/cache/local_storage.hpp>
#include <acrx/cache/memory_storage.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/registry/oci_layout.hpp>
#include <acrx/replacement/any_replacement.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <string>
#include <thread>
#include <vector>

using namespace acrx;
using acrx::testing::run;

namespace {
template<class Storage>
using cache_with = basic_layer_cache<key_by_content, Storage, named_admission<digest>, named_eviction<digest>>;

template<class Storage>
cache_with<Storage> make_cache(Storage storage, std::string const& policy, std::uint64_t budget)
{
    auto const chosen = parse_replacement_policy(policy);
    return cache_with<Storage>(key_by_content(), std::move(storage), named_admission<digest>(chosen),
                               make_eviction<digest>(chosen), budget);
}
static_assert(layer_cache<cache_with<memory_storage>> && layer_cache<cache_with<local_storage>>);

digest key_of(std::string const& name)
{
    return digest_of("key " + name);
}

/// A machine: a store and the folder of its cache.
struct machine
{
    acrx::testing::scratch_folder folder;
    oci_layout store{folder.path()};
    std::vector<digest> forgotten;

    /// A step whose layer lies in the store.
    cached_step make(std::string const& name, std::size_t size = 100, double seconds = 1)
    {
        auto bytes = name;
        bytes.resize(size, ' ');
        cached_step step;
        step.layer.diff_id = digest_of("plain " + name);
        step.layer.blob = store.write_blob(bytes, "layer");
        step.seconds = seconds;
        return step;
    }
    cache_with<local_storage> cache(std::uint64_t budget, std::string const& policy = "lru")
    {
        auto forget = [this](digest const& layer) { forgotten.push_back(layer); };
        return make_cache(local_storage(folder / "cache", folder.path(), forget), policy, budget);
    }
    std::uint64_t bytes() const
    {
        std::uint64_t sum = 0;
        for (auto const& blob : std::filesystem::directory_iterator(folder.path() / "blobs" / "sha256"))
            sum += blob.file_size();
        return sum;
    }
};

/// A build that finds or makes its steps.
template<class Cache>
int build(machine& here, Cache& cache, std::vector<std::string> const& steps, std::size_t size = 100)
{
    int made = 0;
    for (auto const& name : steps) {
        if (run(cache.find(key_of(name))))
            continue;
        ++made;
        run(cache.store(key_of(name), here.make(name, size)));
    }
    cache.release();
    return made;
}
}  // namespace

BOOST_AUTO_TEST_SUITE(cache_basic_layer_cache)

BOOST_AUTO_TEST_CASE(finds_what_was_stored_until_it_has_to_go)
{
    machine here;
    auto cache = make_cache(memory_storage(), "lru", 250);
    BOOST_TEST(build(here, cache, {"a"}) == 1);
    BOOST_TEST(build(here, cache, {"b"}) == 1);
    BOOST_TEST(build(here, cache, {"a"}) == 0);
    BOOST_TEST(build(here, cache, {"c"}) == 1);
    BOOST_TEST(build(here, cache, {"a"}) == 0);
    BOOST_TEST(build(here, cache, {"b"}) == 1);
}

BOOST_FIXTURE_TEST_CASE(a_build_keeps_what_it_uses_and_trims_at_its_end, machine)
{
    auto cache = this->cache(250);
    for (auto const* name : {"a", "b", "c", "d"}) {
        run(cache.store(key_of(name), make(name)));
        BOOST_TEST(bytes() >= 100U);
    }
    for (auto const* name : {"a", "b", "c", "d"})
        BOOST_TEST(run(cache.find(key_of(name))).has_value());
    cache.release();
    BOOST_TEST(cache.bytes() <= 250U);
    BOOST_TEST(bytes() == cache.bytes());
    BOOST_TEST(!forgotten.empty());
}

BOOST_FIXTURE_TEST_CASE(a_layer_larger_than_the_budget_is_gone_when_the_build_ends, machine)
{
    auto cache = this->cache(50);
    run(cache.store(key_of("a"), make("a")));
    BOOST_TEST(run(cache.find(key_of("a"))).has_value());
    cache.release();
    BOOST_TEST(!run(cache.find(key_of("a"))).has_value());
    BOOST_TEST(bytes() == 0U);
}

BOOST_FIXTURE_TEST_CASE(what_another_build_uses_stays, machine)
{
    auto first = cache(200);
    build(*this, first, {"a", "b"});
    BOOST_TEST(run(first.find(key_of("a"))).has_value());  // and is at work with it
    auto second = cache(200);
    build(*this, second, {"c"});
    BOOST_TEST(run(first.find(key_of("a"))).has_value());
    BOOST_TEST(store.contains(make("a").layer.blob.digest));
    BOOST_TEST(!run(second.find(key_of("b"))).has_value());
    BOOST_TEST(bytes() <= 200U);
}

BOOST_FIXTURE_TEST_CASE(processes_see_one_order_of_use, machine)
{
    auto first = cache(200);
    auto second = cache(200);
    build(*this, first, {"a"});
    build(*this, second, {"b"});
    build(*this, second, {"a"});
    build(*this, first, {"c"});
    auto third = cache(200);
    BOOST_TEST(build(*this, third, {"a", "c"}) == 0);
    BOOST_TEST(build(*this, third, {"b"}) == 1);
}

BOOST_FIXTURE_TEST_CASE(layers_of_images_and_of_other_entries_stay, machine)
{
    auto const step = make("shared");
    manifest image;
    image.media_type = "application/vnd.oci.image.manifest.v1+json";
    image.config = store.write_blob("{}", "application/vnd.oci.image.config.v1+json");
    image.layers = {make("kept").layer.blob};
    auto const document = to_document(image);
    store.tag("app:1", store.write_blob(document.bytes, document.media_type));
    auto cache = this->cache(150);
    run(cache.store(key_of("kept"), make("kept")));
    cache.release();
    run(cache.store(key_of("one"), step));
    run(cache.store(key_of("two"), step));
    cache.release();
    BOOST_TEST(store.contains(step.layer.blob.digest));
    BOOST_TEST(store.contains(make("kept").layer.blob.digest));
    BOOST_TEST(!run(cache.find(key_of("kept"))).has_value());
    BOOST_TEST((run(cache.find(key_of("one"))).has_value() != run(cache.find(key_of("two"))).has_value()));
}

BOOST_FIXTURE_TEST_CASE(entries_of_an_older_version_count, machine)
{
    local_cache older(folder / "cache");
    for (auto const* name : {"a", "b", "c"})
        run(older.store(key_of(name), make(name)));
    auto cache = this->cache(150);
    cache.release();
    BOOST_TEST(cache.bytes() <= 150U);
    BOOST_TEST(bytes() == 100U);
    BOOST_TEST(older.entries().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_damaged_journal_and_a_lost_one_do_no_harm, machine)
{
    auto cache = this->cache(300);
    build(*this, cache, {"a", "b"});
    std::ofstream(folder.path() / "cache" / "journal", std::ios::app) << "S zz\nX\n\nU \n" << std::string(3, '\0') << "\n";
    auto other = this->cache(300);
    BOOST_TEST(build(*this, other, {"a", "b", "c"}) == 1);
    std::filesystem::remove(folder.path() / "cache" / "journal");
    BOOST_TEST(build(*this, cache, {"a", "b", "c", "d"}) >= 1);
    BOOST_TEST(cache.bytes() <= 300U);
    BOOST_TEST(bytes() <= 300U);
}

BOOST_FIXTURE_TEST_CASE(many_builds_at_once_keep_the_budget, machine)
{
    auto work = [this](int number) {
        acrx::testing::scratch_folder own;
        for (int round = 0; round < 6; ++round) {
            local_storage storage(folder / "cache", folder.path());
            auto cache = make_cache(std::move(storage), number % 2 == 0 ? "lru" : "gdsf", 1000);
            std::vector<std::string> steps;
            for (int i = 0; i < 8; ++i)
                steps.push_back(std::to_string((number * 3 + round * 5 + i * (round + 1)) % 25));
            for (auto const& name : steps)
                if (!run(cache.find(key_of(name)))) {
                    auto bytes = name;
                    bytes.resize(100, ' ');
                    cached_step step;
                    step.layer.diff_id = digest_of("plain " + name);
                    step.layer.blob = oci_layout(folder.path()).write_blob(bytes, "layer");
                    run(cache.store(key_of(name), step));
                }
            cache.release();
        }
    };
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back(work, i);
    threads.clear();
    auto cache = this->cache(1000);
    cache.release();
    BOOST_TEST(bytes() <= 1000U);
    BOOST_TEST(cache.bytes() <= 1000U);
    for (auto const& [key, step] : local_cache(folder / "cache").entries())
        BOOST_TEST(store.contains(step.layer.blob.digest));
}

BOOST_AUTO_TEST_CASE(a_compacted_journal_leaves_the_same_entries_in_the_same_order)
{
    using kind = cache_event::kind;
    std::vector<cache_event> events;
    for (int i = 0; i < 50; ++i)
        events.push_back({kind::stored, key_of(std::to_string(i)), digest_of("b"), {10, 0.5}});
    for (int i = 0; i < 50; i += 2)
        events.push_back({kind::given_up, key_of(std::to_string(i))});
    for (int i = 49; i > 0; i -= 2)
        for (int n = 0; n < i; ++n)
            events.push_back({kind::used, key_of(std::to_string(i))});
    auto const shorter = compacted(events);
    BOOST_TEST(shorter.size() < events.size());
    auto const again = compacted(shorter);
    BOOST_REQUIRE(again.size() == shorter.size());
    BOOST_TEST((shorter.front().key == key_of("49")));
    for (std::size_t i = 0; i < again.size(); ++i)
        BOOST_TEST((again[i].key == shorter[i].key && again[i].what == shorter[i].what));
    for (auto const& event : shorter) {
        auto const read = parse_cache_event(std::string_view(to_line(event)).substr(0, to_line(event).size() - 1));
        BOOST_REQUIRE(read.has_value());
        BOOST_TEST((read->key == event.key && read->cost.bytes == event.cost.bytes));
    }
}

BOOST_AUTO_TEST_SUITE_END()
