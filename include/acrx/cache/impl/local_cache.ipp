// Bodies of cache/local_cache.hpp.
#ifndef ACRX_CACHE_IMPL_LOCAL_CACHE_IPP
#define ACRX_CACHE_IMPL_LOCAL_CACHE_IPP
#include <acrx/cache/local_cache.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>

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
    if (!step.layer.blob.annotations.empty())
        entry["annotations"] = boost::json::value_from(step.layer.blob.annotations);
    entry["created"] = to_rfc3339(step.created);
    if (step.seconds > 0)
        entry["seconds"] = step.seconds;
    if (step.origin)
        entry["origin"] = to_string(*step.origin);
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
        if (auto const* annotations = entry.if_contains("annotations"))
            step.layer.blob.annotations = boost::json::value_to<std::map<std::string, std::string>>(*annotations);
        step.created = parse_rfc3339(get("created"));
        if (auto const* seconds = entry.if_contains("seconds"))
            step.seconds = seconds->to_number<double>();
        if (entry.contains("origin"))
            step.origin = parse_reference(get("origin"));
        return step;
    } catch (std::exception const&) {
        return std::nullopt;
    }
}

/// Writes a file unless it is there already. @return whether it was written
inline bool write_new_file(std::filesystem::path const& path, std::string_view text)
{
    auto const temporary = temporary_name(path.parent_path(), ".new");
    write_file(temporary, text);
    auto const number = ::link(temporary.c_str(), path.c_str()) == 0 ? 0 : errno;
    ::unlink(temporary.c_str());
    if (number != 0 && number != EEXIST)
        throw_errno(number, "writing " + path.string());
    return number == 0;
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
    auto const text = detail::to_cache_entry(step);
    if (detail::write_new_file(path, text))
        co_return;
    auto const known = co_await find(key);
    if (!known || known->layer != step.layer)
        write_file(path, text);
}

ACRX_DECL void local_cache::erase(digest const& key)
{
    auto const path = path_of(key);
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        throw_errno("removing " + path.string());
}

ACRX_DECL std::vector<std::pair<digest, cached_step>> local_cache::entries() const
{
    namespace fs = std::filesystem;
    std::vector<std::tuple<fs::file_time_type, digest, cached_step>> found;
    std::error_code missing;
    for (auto const& shard : fs::directory_iterator(folder_, missing))
        for (auto const& file : fs::directory_iterator(shard.path(), missing)) {
            auto const key = "sha256:" + shard.path().filename().string() + file.path().filename().string();
            constexpr std::size_t length = 71;
            if (key.size() != length || key.find('.') != std::string::npos)
                continue;
            auto const text = read_file_if_exists(file.path());
            auto step = text ? detail::parse_cache_entry(*text) : std::nullopt;
            if (step)
                found.emplace_back(fs::last_write_time(file.path(), missing), digest::parse(key), std::move(*step));
        }
    std::sort(found.begin(), found.end(), [](auto const& a, auto const& b) {
        return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
    });
    std::vector<std::pair<digest, cached_step>> entries;
    for (auto& [written, key, step] : found)
        entries.emplace_back(std::move(key), std::move(step));
    return entries;
}
}  // namespace acrx
#endif
