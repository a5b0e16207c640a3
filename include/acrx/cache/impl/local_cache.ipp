// Bodies of cache/local_cache.hpp.
#ifndef ACRX_CACHE_IMPL_LOCAL_CACHE_IPP
#define ACRX_CACHE_IMPL_LOCAL_CACHE_IPP
#include <acrx/cache/local_cache.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <system_error>

namespace acrx {
namespace detail {
inline std::string to_cache_entry(cached_step const& step)
{
    boost::json::object entry;
    entry["version"] = 1;
    entry["diffId"] = step.layer.diff_id.str();
    entry["mediaType"] = step.layer.blob.media_type;
    entry["digest"] = step.layer.blob.digest.str();
    entry["size"] = step.layer.blob.size;
    entry["created"] = to_rfc3339(step.created);
    return boost::json::serialize(entry);
}

/// Nothing for an entry of another version, or one that a crash or a disk has damaged: the step then runs again.
inline std::optional<cached_step> parse_cache_entry(std::string_view text)
{
    try {
        auto const entry = boost::json::parse(boost::json::string_view(text.data(), text.size())).as_object();
        if (entry.at("version").to_number<int>() != 1)
            return std::nullopt;
        auto const get = [&](char const* name) { return std::string(entry.at(name).as_string()); };
        cached_step step;
        step.layer.diff_id = digest::parse(get("diffId"));
        step.layer.blob.media_type = get("mediaType");
        step.layer.blob.digest = digest::parse(get("digest"));
        step.layer.blob.size = entry.at("size").to_number<std::uint64_t>();
        step.created = parse_rfc3339(get("created"));
        return step;
    } catch (std::exception const&) {
        return std::nullopt;
    }
}
}  // namespace detail

ACRX_DECL net::awaitable<std::optional<cached_step>> local_cache::find(digest key)
{
    auto const text = read_file_if_exists(path_of(key));
    if (!text)
        co_return std::nullopt;
    co_return detail::parse_cache_entry(*text);
}

ACRX_DECL net::awaitable<void> local_cache::store(digest key, cached_step step)
{
    auto const path = path_of(key);
    std::filesystem::create_directories(path.parent_path());
    write_file(path, detail::to_cache_entry(step));
    co_return;
}
}  // namespace acrx
#endif
