// Bodies of cache/registry_cache.hpp.
#ifndef ACRX_CACHE_IMPL_REGISTRY_CACHE_HPP
#define ACRX_CACHE_IMPL_REGISTRY_CACHE_HPP
#include <acrx/cache/registry_cache.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/when_all.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/scratch_file.hpp>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <system_error>
#include <utility>

namespace acrx {
namespace detail {
constexpr std::uint64_t largest_cache_config = std::uint64_t{64} << 20;

/// What an error says to the user, without the code behind it where it has a text of its own.
inline std::string text_of(std::exception const& e)
{
    auto const* ours = dynamic_cast<error const*>(&e);
    return ours ? ours->text() : e.what();
}
/// Whether the caller gave up; a peer that is too slow is something else.
inline bool is_cancellation(error_code const& code)
{
    return code == condition::interrupted && code != errc::timed_out;
}
}  // namespace detail

template<registry_client R>
net::awaitable<std::string> basic_registry_cache<R>::load()
{
    loaded_.clear();
    places_.clear();
    image_ = {};
    std::string problem;
    try {
        co_await read_image();
    } catch (boost::system::system_error const& e) {
        if (detail::is_cancellation(e.code()))
            throw;
        problem = e.code() == errc::not_found ? "there is none yet" : detail::text_of(e);
    }
    for (std::size_t i = 0; i < loaded_.size(); ++i)
        places_.try_emplace(loaded_[i].key, i);
    co_return problem;
}

template<registry_client R>
net::awaitable<void> basic_registry_cache<R>::read_image()
{
    auto const document = co_await registry_->fetch_manifest(name_);
    image_ = document.digest;
    found_form_ = media_type::is_index(document.media_type) ? cache_form::index : cache_form::manifest;
    if (auto told = parse_cache_manifest(document)) {
        loaded_ = std::move(*told);
        for (auto& entry : loaded_)
            entry.step.origin = repository();
        co_return;
    }
    auto const config = find_cache_config(document);
    if (config.size > detail::largest_cache_config)
        throw error(errc::damaged, "its list of steps is too long");
    std::string bytes;
    bytes.reserve(config.size);
    byte_sink sink = [&](std::span<std::byte const> piece) -> net::awaitable<void> {
        bytes.append(reinterpret_cast<char const*>(piece.data()), piece.size());
        co_return;
    };
    co_await registry_->fetch_blob(name_, config, std::move(sink));
    if (config.media_type == cache_config_type)
        loaded_ = parse_cache_config(bytes);
    else
        loaded_ = parse_inline_cache(bytes, parse_manifest(document.bytes, document.media_type));
    for (auto& entry : loaded_)
        entry.step.origin = repository();
}

template<registry_client R>
net::awaitable<std::optional<cached_step>> basic_registry_cache<R>::find(digest key)
{
    if (auto const added = added_places_.find(key); added != added_places_.end())
        co_return added_[added->second].step;
    auto const known = places_.find(key);
    if (known == places_.end() || forgotten_.contains(loaded_[known->second].step.layer.blob.digest))
        co_return std::nullopt;
    co_return loaded_[known->second].step;
}

template<registry_client R>
net::awaitable<void> basic_registry_cache<R>::store(digest key, cached_step step)
{
    auto const [place, is_new] = added_places_.try_emplace(key, added_.size());
    if (is_new)
        added_.push_back({std::move(key), std::move(step)});
    else if (added_[place->second].step.layer != step.layer)
        added_[place->second].step = std::move(step);
    co_return;
}

template<registry_client R>
void basic_registry_cache<R>::forget(digest const& blob)
{
    forgotten_.insert(blob);
}

template<registry_client R>
bool basic_registry_cache<R>::is_here(cached_step const& step) const
{
    return step.origin && step.origin->domain == name_.domain && step.origin->path == name_.path;
}

template<registry_client R>
bool basic_registry_cache<R>::has_news() const
{
    auto const is_news = [this](cache_entry const& entry) {
        auto const known = places_.find(entry.key);
        return known == places_.end() || loaded_[known->second].step.layer != entry.step.layer;
    };
    bool const is_other_form = !image_.empty() && found_form_ != form_;
    return is_other_form || std::any_of(added_.begin(), added_.end(), is_news);
}

template<registry_client R>
net::awaitable<void> basic_registry_cache<R>::catch_up()
{
    auto const now = co_await registry_->resolve(name_);
    if (now ? now->digest == image_ : image_.empty())
        co_return;
    auto const problem = co_await load();
    static_cast<void>(problem);  // what cannot be read is replaced
}

template<registry_client R>
std::vector<cache_entry> basic_registry_cache<R>::merged() const
{
    std::vector<cache_entry> entries;
    auto const add = [&](cache_entry const& entry) {
        if (entries.size() < most_)
            entries.push_back(entry);
    };
    for (auto entry = added_.rbegin(); entry != added_.rend(); ++entry)
        if (!forgotten_.contains(entry->step.layer.blob.digest))
            add(*entry);
    for (auto const& entry : loaded_)
        if (!added_places_.contains(entry.key) && !forgotten_.contains(entry.step.layer.blob.digest))
            add(entry);
    return entries;
}

template<registry_client R>
net::awaitable<void> basic_registry_cache<R>::push_layer(cached_step step, layer_file_source files)
{
    auto const& blob = step.layer.blob;
    if (is_here(step))
        co_return;
    if (step.origin) {
        auto const there = co_await registry_->has_blob(name_, blob.digest);
        if (there)
            co_return;
    }
    if (step.origin && step.origin->domain == name_.domain) {
        auto const mounted = co_await registry_->mount_blob(name_, blob, step.origin->path);
        if (mounted)
            co_return;
    }
    blob_file file{{}, blob};
    try {
        auto path = co_await files(step);
        file.path = std::move(path);
    } catch (boost::system::system_error const& e) {
        if (detail::is_cancellation(e.code()))
            throw;
        forgotten_.insert(blob.digest);
    }
    if (!file.path.empty())
        co_await registry_->push_blob(name_, file);
}

template<registry_client R>
net::awaitable<void> basic_registry_cache<R>::push_layers(layer_file_source files)
{
    std::set<digest> seen;
    std::vector<net::awaitable<void>> pushes;
    for (auto const& entry : added_)
        if (!forgotten_.contains(entry.step.layer.blob.digest) && seen.insert(entry.step.layer.blob.digest).second)
            pushes.push_back(push_layer(entry.step, files));
    co_await when_all(std::move(pushes), 4);
}

template<registry_client R>
net::awaitable<void> basic_registry_cache<R>::push_image(std::vector<cache_entry> const& entries,
                                                         std::filesystem::path scratch)
{
    auto const bytes = to_cache_config(entries);
    descriptor config;
    config.media_type = cache_config_type;
    config.digest = digest_of(bytes);
    config.size = bytes.size();
    scratch_file const written(temporary_name(scratch, ".cache"));
    write_file(written.path(), bytes);
    blob_file const file{written.path(), config};
    co_await registry_->push_blob(name_, file);
    auto const document = form_ == cache_form::index ? to_document(make_cache_index(entries, std::move(config)))
                                                     : to_document(make_cache_manifest(entries, std::move(config)));
    co_await registry_->push_manifest(name_, document);
    image_ = document.digest;
    found_form_ = form_;
}

template<registry_client R>
net::awaitable<saved_cache> basic_registry_cache<R>::save(layer_file_source files, std::filesystem::path scratch)
{
    saved_cache result;
    co_await catch_up();
    if (!has_news()) {
        result.entries = loaded_.size();
        co_return result;
    }
    auto const lost = forgotten_.size();
    co_await push_layers(std::move(files));
    result.left_out = forgotten_.size() - lost;
    auto const entries = merged();
    co_await push_image(entries, std::move(scratch));
    result.entries = entries.size();
    result.is_changed = true;
    co_return result;
}
}  // namespace acrx
#endif
