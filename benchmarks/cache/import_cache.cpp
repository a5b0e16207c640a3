// How long does it take to learn what a layer cache in a registry holds?
//
// Usage: bench_cache [STEPS]        (else 10,000)
// Saves a cache of so many steps to docker-registry on loopback, each with a layer of its own, then loads it by new
// clients: until the manifest is here, which is the registry's time, and until every step can be found. Medians of 9.
#include <support/loopback_registry.hpp>

#include <acrx/cache/registry_cache.hpp>
#include <acrx/identity/anonymous.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/scratch_folder.hpp>
#include <acrx/registry/distribution_client.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

namespace {
using client = acrx::basic_distribution_client<acrx::anonymous>;

template<class T>
T run(acrx::net::awaitable<T> operation)
{
    acrx::net::io_context host(1);
    auto result = co_spawn(host, std::move(operation), acrx::net::use_future);
    host.run();
    return result.get();
}

std::string layer_of(std::size_t number)
{
    return "layer " + std::to_string(number);
}

acrx::cached_step step_of(std::size_t number)
{
    auto const bytes = layer_of(number);
    acrx::cached_step step;
    step.layer.diff_id = acrx::digest_of("archive of " + bytes);
    step.layer.blob.media_type = acrx::media_type::oci_layer_gzip;
    step.layer.blob.digest = acrx::digest_of(bytes);
    step.layer.blob.size = bytes.size();
    return step;
}

acrx::net::awaitable<void> save(acrx::reference name, std::size_t steps, std::filesystem::path folder)
{
    client registry{acrx::anonymous{}};
    acrx::basic_registry_cache<client> cache(registry, std::move(name), steps);
    for (std::size_t i = 0; i < steps; ++i) {
        auto const key = acrx::digest_of("step " + std::to_string(i));
        acrx::write_file(folder / step_of(i).layer.blob.digest.encoded(), layer_of(i), acrx::durability::cached);
        co_await cache.store(key, step_of(i));
    }
    acrx::layer_file_source files = [&](acrx::cached_step const& step) -> acrx::net::awaitable<std::filesystem::path> {
        co_return folder / step.layer.blob.digest.encoded();
    };
    co_await cache.save(files, folder);
}

struct times
{
    double manifest = 0;  ///< milliseconds until it is here, its digest verified
    double whole = 0;     ///< until the steps can be found
};

acrx::net::awaitable<times> load(acrx::reference name, std::size_t steps)
{
    using milliseconds = std::chrono::duration<double, std::milli>;
    auto const now = [] { return std::chrono::steady_clock::now(); };
    client registry{acrx::anonymous{}};
    acrx::basic_registry_cache<client> cache(registry, name, steps);
    auto start = now();
    auto const problem = co_await cache.load();
    auto const whole = milliseconds(now() - start);
    if (!problem.empty() || cache.size() != steps)
        throw std::runtime_error("the cache came back otherwise: " + problem);
    client other{acrx::anonymous{}};
    start = now();
    co_await other.fetch_manifest(std::move(name));
    co_return times{milliseconds(now() - start).count(), whole.count()};
}

double median_of(std::vector<times> const& all, double times::* which)
{
    std::vector<double> values;
    for (auto const& one : all)
        values.push_back(one.*which);
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}
}  // namespace

int main(int argc, char** argv)
try {
    std::size_t const steps = argc > 1 ? std::stoul(argv[1]) : 10'000;
    acrx::scratch_folder folder(std::filesystem::temp_directory_path(), "acrx-bench-cache");
    acrx::bench::loopback_registry const registry(folder.get());
    auto const name = acrx::parse_reference(registry.host() + "/app:cache");
    run(save(name, steps, folder.path()));
    std::vector<times> all;
    for (int i = 0; i < 9; ++i)
        all.push_back(run(load(name, steps)));
    auto const whole = median_of(all, &times::whole);
    auto const manifest = median_of(all, &times::manifest);
    std::printf("a cache of %zu steps is loaded by one request in %.1f ms: %.1f until the manifest is here, %.1f to read it\n",
                steps, whole, manifest, whole - manifest);
    return 0;
} catch (std::exception const& e) {
    std::fprintf(stderr, "bench_cache: %s\n", e.what());
    return 1;
}
