// Bodies of build/shared_caches.hpp.
#ifndef ACRX_BUILD_IMPL_SHARED_CACHES_HPP
#define ACRX_BUILD_IMPL_SHARED_CACHES_HPP
#include <acrx/build/detail/layer_conversion.hpp>
#include <acrx/build/import_layout.hpp>
#include <acrx/build/shared_caches.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/core/when_all.hpp>

#include <string>
#include <system_error>
#include <utility>

namespace acrx {
template<registry_client R>
basic_shared_caches<R>::basic_shared_caches(R& registry, oci_layout& store, net::any_io_executor pool,
                                            progress_sink progress)
    : registry_(&registry), store_(&store), pool_(std::move(pool)), progress_(std::move(progress))
{}

template<registry_client R>
void basic_shared_caches<R>::tell(build_note::severity level, std::string text) const
{
    if (progress_)
        progress_(build_note{level, std::move(text)});
}

template<registry_client R>
void basic_shared_caches<R>::tell_unused(shared_cache const& where, std::string const& why) const
{
    tell(build_note::severity::warning, "The layer cache " + name_of(where) + " is not used: " + why);
}

template<registry_client R>
net::awaitable<void> basic_shared_caches<R>::load(std::vector<shared_cache> from)
{
    std::vector<net::awaitable<void>> loads;
    for (auto const& where : from) {
        std::error_code missing;
        if (!where.folder.empty() && !std::filesystem::exists(where.folder / "index.json", missing)) {
            tell_unused(where, "there is none yet");
            continue;
        }
        auto& added = sources_.emplace_back();
        if (where.folder.empty())
            added.remote = std::make_unique<remote_cache>(*registry_, where.name);
        else
            added.folder = std::make_unique<folder_cache>(where);
        loads.push_back(load_one(added, where));
    }
    co_await when_all(std::move(loads));
}

template<registry_client R>
net::awaitable<void> basic_shared_caches<R>::load_one(source& from, shared_cache where)
{
    std::string problem;
    if (from.remote) {
        auto told = co_await from.remote->load();
        problem = std::move(told);
    } else {
        auto told = co_await from.folder->cache.load();
        problem = std::move(told);
    }
    if (!problem.empty())
        tell_unused(where, problem);
}

template<registry_client R>
net::awaitable<std::optional<cached_step>> basic_shared_caches<R>::find(digest key)
{
    for (auto& from : sources_) {
        auto search = from.remote ? from.remote->find(key) : find_in_folder(*from.folder, key);
        auto found = co_await std::move(search);
        if (found)
            co_return found;
    }
    co_return std::nullopt;
}

template<registry_client R>
net::awaitable<std::optional<cached_step>> basic_shared_caches<R>::find_in_folder(folder_cache& from, digest key)
{
    auto found = co_await from.cache.find(std::move(key));
    if (!found)
        co_return std::nullopt;
    found->origin.reset();
    auto const blob = found->layer.blob;
    auto import = [&](std::stop_token stop) {
        layout_location const where{from.layout.root(), {}, {}};
        import_blobs(where, std::span(&blob, 1), *store_, stop);
    };
    std::string problem;
    try {
        co_await offload(pool_, import);
    } catch (boost::system::system_error const& e) {
        if (detail::is_cancellation(e.code()))
            throw;
        problem = detail::text_of(e);
    }
    if (problem.empty())
        co_return found;
    from.cache.forget(blob.digest);
    tell(build_note::severity::warning, "A cached layer cannot be used: " + problem);
    co_return std::nullopt;
}

template<registry_client R>
net::awaitable<void> basic_shared_caches<R>::store(digest, cached_step)
{
    co_return;
}

template<registry_client R>
net::awaitable<void> basic_shared_caches<R>::save(shared_cache to, std::vector<cache_entry> steps,
                                                  std::vector<digest> lost, layer_file_source files,
                                                  std::filesystem::path scratch)
{
    std::string problem;
    try {
        if (to.folder.empty()) {
            remote_cache cache(*registry_, to.name, remote_cache::usual_most, to.form);
            co_await save_to(cache, to, std::move(steps), std::move(lost), std::move(files), std::move(scratch));
        } else {
            folder_cache target(to);
            co_await save_to(target.cache, to, std::move(steps), std::move(lost), std::move(files), std::move(scratch));
        }
    } catch (std::exception const& e) {
        auto const* coded = dynamic_cast<boost::system::system_error const*>(&e);
        if (coded && detail::is_cancellation(coded->code()))
            throw;
        problem = detail::text_of(e);
    }
    if (!problem.empty())
        tell(build_note::severity::warning, "The layer cache " + name_of(to) + " was not saved: " + problem);
}

/// Gives the entry the layer in that format: that of the target, if it has one, else a new one in the store.
template<registry_client R>
template<registry_client Target>
net::awaitable<void> basic_shared_caches<R>::convert(basic_registry_cache<Target>& target, cache_entry& entry,
                                                     layer_format format, layer_file_source const& files)
{
    auto const& blob = entry.step.layer.blob;
    if (detail::is_stored_as(blob, format))
        co_return;
    auto const saved = co_await target.find(entry.key);
    if (saved && saved->layer.diff_id == entry.step.layer.diff_id && detail::is_stored_as(saved->layer.blob, format)) {
        entry.step = *saved;
        co_return;
    }
    std::filesystem::path file;
    try {
        auto path = co_await files(entry.step);
        file = std::move(path);
    } catch (boost::system::system_error const& e) {
        if (detail::is_cancellation(e.code()))
            throw;
    }
    if (file.empty())  // who saves finds that out as well
        co_return;
    auto write = [&](std::stop_token stop) {
        return detail::convert_layer(*store_, blob.digest, format, std::move(stop));
    };
    auto converted = co_await offload(pool_, write);
    entry.step.layer = std::move(converted);
    entry.step.origin.reset();
}

template<registry_client R>
template<registry_client Target>
net::awaitable<void> basic_shared_caches<R>::save_to(basic_registry_cache<Target>& cache, shared_cache const& to,
                                                     std::vector<cache_entry> steps, std::vector<digest> lost,
                                                     layer_file_source files, std::filesystem::path scratch)
{
    if (to.layers) {
        auto const problem = co_await cache.load();
        static_cast<void>(problem);  // there may be none yet
        for (auto& entry : steps)
            co_await convert(cache, entry, *to.layers, files);
    }
    for (auto& entry : steps)
        co_await cache.store(std::move(entry.key), std::move(entry.step));
    for (auto const& blob : lost)
        cache.forget(blob);
    auto const saved = co_await cache.save(std::move(files), std::move(scratch));
    auto const count = std::to_string(saved.entries) + (saved.entries == 1 ? " step" : " steps");
    tell(build_note::severity::information,
         saved.is_changed ? "Saved the layer cache " + name_of(to) + ": " + count
                          : "The layer cache " + name_of(to) + " is up to date: " + count);
}
}  // namespace acrx
#endif
