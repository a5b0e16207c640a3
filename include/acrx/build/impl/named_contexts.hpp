// Bodies of build/named_contexts.hpp.
#ifndef ACRX_BUILD_IMPL_NAMED_CONTEXTS_HPP
#define ACRX_BUILD_IMPL_NAMED_CONTEXTS_HPP
#include <acrx/build/find_base.hpp>
#include <acrx/build/import_layout.hpp>
#include <acrx/build/named_contexts.hpp>
#include <acrx/build/source_date_epoch.hpp>
#include <acrx/context/download_cache.hpp>
#include <acrx/context/local_archive.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/io/files.hpp>
#include <acrx/snapshot/extract_archive.hpp>

#include <filesystem>

namespace acrx {
namespace detail {
/// Of a named context only its own ignore file counts.
inline ignore_rules own_ignore_rules(std::filesystem::path const& root)
{
    auto const text = read_file_if_exists(root / ".dockerignore", std::uint64_t{1} << 20);
    return text ? parse_ignore_rules(*text) : ignore_rules();
}
}  // namespace detail

template<registry_client Registry>
net::awaitable<found_context> named_contexts<Registry>::find(std::string word, platform wanted)
{
    auto const name = find_context_name(request_.contexts, word, wanted);
    if (!name)
        co_return found_context();
    auto where = parse_named_location(request_.contexts.at(*name));
    if (auto const* image = std::get_if<image_location>(&where)) {
        auto base = co_await resolve_(image->reference, std::move(wanted));
        co_return from_image{std::move(base)};
    }
    if (auto const* layout = std::get_if<layout_location>(&where)) {
        auto found = co_await import(*name, *layout, std::move(wanted));
        co_return found;
    }
    if (!files_.contains(*name))
        co_await open(*name, std::get<location>(where));
    co_return from_context{*name};
}

template<registry_client Registry>
net::awaitable<std::optional<time_point>> named_contexts<Registry>::time_of(std::string word, platform wanted)
{
    auto const found = co_await find(std::move(word), std::move(wanted));
    if (auto const* image = std::get_if<from_image>(&found))
        co_return image->image->config.created;
    auto const* files = std::get_if<from_context>(&found);
    co_return files == nullptr ? std::nullopt : times_.at(files->name);
}

template<registry_client Registry>
net::awaitable<found_context> named_contexts<Registry>::import(std::string name, layout_location from, platform wanted)
{
    auto bring_manifests = [&](std::stop_token) { return import_manifests(from, store_); };
    auto const chosen = co_await offload(pool_, bring_manifests);
    auto reference = name.substr(0, name.find("::")) + "@" + chosen.str();
    auto const found = co_await find_base(store_, store_, std::move(reference), std::move(wanted));
    auto base = std::make_shared<base_image>(*found);
    base->is_here = true;
    auto bring_layers = [&](std::stop_token stop) { import_blobs(from, base->image.layers, store_, stop); };
    co_await offload(pool_, bring_layers);
    co_return from_image{std::move(base)};
}

template<registry_client Registry>
net::awaitable<void> named_contexts<Registry>::open(std::string name, location where)
{
    auto const context = co_await fetch(std::move(where));
    times_[name] = time_of_context(context);
    if (context.is_fetched) {
        files_.emplace(std::move(name), context_files(context.root, {}));
        co_return;
    }
    auto stats = std::make_shared<stat_index>(state_.stats() / std::string(digest_of(context.root.string()).encoded()));
    stats_.push_back(stats);
    auto rules = detail::own_ignore_rules(context.root);
    files_.emplace(std::move(name), context_files(context.root, std::move(rules), std::move(stats)));
}

template<registry_client Registry>
net::awaitable<build_context> named_contexts<Registry>::fetch(location where)
{
    auto const into = fetched_.get() / std::to_string(files_.size());
    if (auto const* web = std::get_if<web_location>(&where)) {
        auto context = co_await fetch_file(*web, into);
        co_return context;
    }
    auto options = fetching_;
    if (auto const* repository = std::get_if<git_location>(&where))
        authorize(options.git, *repository, request_.secrets);
    auto source = open_context(where, registry_, std::move(options));
    auto context = co_await source.fetch(into);
    co_return context;
}

template<registry_client Registry>
net::awaitable<build_context> named_contexts<Registry>::fetch_file(web_location where, std::filesystem::path into)
{
    download_cache downloads(state_.downloads(), fetching_.download.http);
    url_request wanted{.url = where.url};
    authorize(wanted, request_.secrets);
    auto const got = co_await downloads.get(std::move(wanted));
    if (is_archive(got.file)) {
        local_archive archive(got.file, fetching_.download.limits);
        auto context = co_await archive.fetch(into);
        context.is_fetched = true;
        context.modified = got.modified;
        co_return context;
    }
    std::filesystem::create_directories(into);
    std::filesystem::copy_file(got.file, into / file_name_of_url(where.url).value_or("context"));
    build_context context{.root = into, .revision = {}, .has_ignore_file = false};
    context.modified = got.modified;
    context.is_fetched = true;
    co_return context;
}
}  // namespace acrx
#endif
