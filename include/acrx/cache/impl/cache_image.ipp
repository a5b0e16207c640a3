// Bodies of cache/cache_image.hpp.
#ifndef ACRX_CACHE_IMPL_CACHE_IMAGE_IPP
#define ACRX_CACHE_IMPL_CACHE_IMAGE_IPP
#include <acrx/cache/cache_image.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/error.hpp>
#include <acrx/image/json_reader.hpp>
#include <acrx/image/media_types.hpp>

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>

#include <exception>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace acrx {
namespace detail {
inline constexpr int cache_version = 1;

inline std::string_view text_of(boost::json::object const& members, char const* name)
{
    auto const& text = members.at(name).as_string();
    return {text.data(), text.size()};
}

inline std::optional<packed_layer> read_cached_layer(boost::json::value const& value)
{
    try {
        auto const& members = value.as_object();
        packed_layer layer;
        layer.blob.media_type = text_of(members, "mediaType");
        layer.blob.digest = digest::parse(text_of(members, "digest"));
        layer.blob.size = members.at("size").to_number<std::uint64_t>();
        layer.diff_id = digest::parse(text_of(members, "diffId"));
        if (auto const* annotations = members.if_contains("annotations"))
            layer.blob.annotations = boost::json::value_to<std::map<std::string, std::string>>(*annotations);
        return layer;
    } catch (std::exception const&) {
        return std::nullopt;
    }
}

inline std::optional<cache_entry> read_cache_entry(boost::json::value const& value, boost::json::array const& layers)
{
    try {
        auto const& members = value.as_object();
        auto layer = read_cached_layer(layers.at(members.at("layer").to_number<std::size_t>()));
        if (!layer)
            return std::nullopt;
        return cache_entry{digest::parse(text_of(members, "key")),
                           cached_step{std::move(*layer), parse_rfc3339(text_of(members, "created"))}};
    } catch (std::exception const&) {
        return std::nullopt;
    }
}

inline boost::json::object to_json(packed_layer const& layer)
{
    boost::json::object members;
    members["mediaType"] = to_json_string(layer.blob.media_type);
    members["digest"] = layer.blob.digest.str();
    members["size"] = layer.blob.size;
    members["diffId"] = layer.diff_id.str();
    if (!layer.blob.annotations.empty())
        members["annotations"] = boost::json::value_from(layer.blob.annotations);
    return members;
}

/// Reads one of the two tables; another type is an error of the document.
inline boost::json::array const& table_of(boost::json::object const& document, std::string_view name)
{
    auto const* found = document.if_contains(boost::json::string_view(name.data(), name.size()));
    if (!found || !found->is_array())
        throw error(errc::damaged, "reading the layer cache: it has no " + std::string(name));
    return found->get_array();
}
}  // namespace detail

ACRX_DECL std::vector<cache_entry> parse_cache_config(std::string_view bytes)
{
    boost::json::monotonic_resource memory;
    boost::json::error_code failed;
    auto const parsed = boost::json::parse(boost::json::string_view(bytes.data(), bytes.size()), failed, &memory);
    if (failed || !parsed.is_object())
        throw error(errc::damaged, "reading the layer cache: it is no JSON object");
    auto const& document = parsed.get_object();
    auto const* version = document.if_contains("version");
    if (!version || !version->is_int64() || version->get_int64() != detail::cache_version)
        throw error(errc::not_supported, "reading the layer cache: it is of another version");
    auto const& layers = detail::table_of(document, "layers");
    auto const& steps = detail::table_of(document, "steps");
    std::vector<cache_entry> entries;
    entries.reserve(steps.size());
    for (auto const& value : steps)
        if (auto entry = detail::read_cache_entry(value, layers))
            entries.push_back(std::move(*entry));
    return entries;
}

ACRX_DECL std::string to_cache_config(std::span<cache_entry const> entries)
{
    boost::json::array layers;
    boost::json::array steps;
    std::unordered_map<digest, std::size_t> places;
    for (auto const& entry : entries) {
        auto const& layer = entry.step.layer;
        auto const [place, is_new] = places.try_emplace(layer.blob.digest, layers.size());
        if (is_new)
            layers.emplace_back(detail::to_json(layer));
        boost::json::object step;
        step["key"] = entry.key.str();
        step["layer"] = place->second;
        step["created"] = to_rfc3339(entry.step.created);
        steps.emplace_back(std::move(step));
    }
    boost::json::object document;
    document["version"] = detail::cache_version;
    document["layers"] = std::move(layers);
    document["steps"] = std::move(steps);
    return boost::json::serialize(document);
}

ACRX_DECL descriptor find_cache_config(manifest_document const& document)
{
    std::string const doing = "reading the layer cache";
    auto const object = detail::parse_json_object(document.bytes, doing);
    detail::json_reader const members(object, doing);
    auto const config = members.object("config");
    if (!config)
        throw error(errc::not_supported, "it is no layer cache of acrx but of type " + document.media_type);
    descriptor found;
    found.media_type = config->required_string("mediaType");
    if (found.media_type != cache_config_type)
        throw error(errc::not_supported, "it is no layer cache of this version but has a config of type " + found.media_type);
    found.digest = config->digest("digest");
    found.size = config->size("size");
    return found;
}

ACRX_DECL manifest make_cache_manifest(std::span<cache_entry const> entries, descriptor config)
{
    manifest image;
    image.media_type = media_type::oci_manifest;
    image.config = std::move(config);
    std::unordered_map<digest, bool> seen;
    for (auto const& entry : entries) {
        auto layer = entry.step.layer.blob;
        layer.annotations.clear();  // they stand in the config
        if (seen.try_emplace(layer.digest, true).second)
            image.layers.push_back(std::move(layer));
    }
    return image;
}
}  // namespace acrx
#endif
