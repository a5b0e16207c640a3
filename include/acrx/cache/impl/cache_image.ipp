// Bodies of cache/cache_image.hpp.
#ifndef ACRX_CACHE_IMPL_CACHE_IMAGE_IPP
#define ACRX_CACHE_IMPL_CACHE_IMAGE_IPP
#include <acrx/cache/cache_image.hpp>
#include <acrx/core/base64.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/error.hpp>
#include <acrx/image/image_config.hpp>
#include <acrx/image/json_reader.hpp>
#include <acrx/image/media_types.hpp>

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>

#include <algorithm>
#include <exception>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace acrx {
namespace detail {
inline std::string_view cache_text(boost::json::object const& members, char const* name)
{
    auto const& text = members.at(name).as_string();
    return {text.data(), text.size()};
}

inline std::optional<packed_layer> read_cached_layer(boost::json::value const& value)
{
    try {
        auto const& members = value.as_object();
        auto const& about = members.at("annotations").as_object();
        packed_layer layer;
        layer.blob.media_type = cache_text(about, "mediaType");
        layer.blob.digest = digest::parse(cache_text(members, "blob"));
        layer.blob.size = about.at("size").to_number<std::uint64_t>();
        layer.diff_id = digest::parse(cache_text(about, "diffID"));
        if (auto const* ours = members.if_contains("acrx"))
            layer.blob.annotations =
                boost::json::value_to<std::map<std::string, std::string>>(ours->as_object().at("annotations"));
        return layer;
    } catch (std::exception const&) {
        return std::nullopt;
    }
}

/// Of a record that lies on no others, its key, when it was made, and the place of its layer.
struct read_record
{
    inline_step step;
    double seconds = 0;
};

inline std::optional<read_record> read_cache_record(boost::json::value const& value)
{
    try {
        auto const& members = value.as_object();
        if (auto const* inputs = members.if_contains("inputs"); inputs != nullptr && !inputs->is_null() && !inputs->as_array().empty())
            return std::nullopt;
        auto const& result = members.at("layers").as_array().at(0).as_object();
        read_record record;
        record.step.key = digest::parse(cache_text(members, "digest"));
        record.step.layer = result.at("layer").to_number<std::size_t>();
        record.step.created = parse_rfc3339(cache_text(result, "createdAt"));
        if (auto const* ours = members.if_contains("acrx"))
            record.seconds = ours->as_object().at("seconds").to_number<double>();
        return record;
    } catch (std::exception const&) {
        return std::nullopt;
    }
}

inline boost::json::object to_json(packed_layer const& layer, time_point created)
{
    boost::json::object members;
    members["blob"] = layer.blob.digest.str();
    members["parent"] = -1;
    members["annotations"] = {{"mediaType", to_json_string(layer.blob.media_type)},
                              {"diffID", layer.diff_id.str()},
                              {"size", layer.blob.size},
                              {"createdAt", to_rfc3339(created)}};
    if (!layer.blob.annotations.empty())
        members["acrx"] = {{"annotations", boost::json::value_from(layer.blob.annotations)}};
    return members;
}

inline boost::json::object to_json(inline_step const& step)
{
    boost::json::object result;
    result["layer"] = step.layer;
    result["createdAt"] = to_rfc3339(step.created);
    boost::json::object record;
    record["digest"] = step.key.str();
    record["layers"] = boost::json::array{std::move(result)};
    return record;
}

/// Reads one of the two tables; one that is missing is empty, another type is an error of the document.
inline std::span<boost::json::value const> table_of(boost::json::object const& document, std::string_view name)
{
    auto const* found = document.if_contains(boost::json::string_view(name.data(), name.size()));
    if (!found || found->is_null())
        return {};
    if (!found->is_array())
        throw error(errc::damaged, "reading the layer cache: its " + std::string(name) + " are no list");
    return {found->get_array().data(), found->get_array().size()};
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
    if (document.contains("version"))
        throw error(errc::not_supported, "reading the layer cache: it is of another version");
    auto const layers = detail::table_of(document, "layers");
    auto const records = detail::table_of(document, "records");
    std::vector<cache_entry> entries;
    entries.reserve(records.size());
    for (auto const& value : records) {
        auto record = detail::read_cache_record(value);
        if (!record || record->step.layer >= layers.size())
            continue;
        auto layer = detail::read_cached_layer(layers[record->step.layer]);  // most belong to one record alone
        if (!layer)
            continue;
        auto& entry = entries.emplace_back();
        entry.key = std::move(record->step.key);
        entry.step.layer = std::move(*layer);
        entry.step.created = record->step.created;
        entry.step.seconds = record->seconds;
    }
    return entries;
}

ACRX_DECL std::string to_cache_config(std::span<cache_entry const> entries)
{
    boost::json::array layers;
    boost::json::array records;
    std::unordered_map<digest, std::size_t> places;
    for (auto const& entry : entries) {
        auto const& layer = entry.step.layer;
        auto const [place, is_new] = places.try_emplace(layer.blob.digest, layers.size());
        if (is_new)
            layers.emplace_back(detail::to_json(layer, entry.step.created));
        auto record = detail::to_json(inline_step{entry.key, place->second, entry.step.created});
        if (entry.step.seconds > 0)
            record["acrx"] = {{"seconds", entry.step.seconds}};
        records.emplace_back(std::move(record));
    }
    boost::json::object document;
    document["layers"] = std::move(layers);
    document["records"] = std::move(records);
    return boost::json::serialize(document);
}

namespace detail {
inline descriptor find_config_of_index(manifest_document const& document)
{
    for (auto const& entry : parse_index(document.bytes, document.media_type).manifests)
        if (entry.media_type == cache_config_type)
            return entry;
    throw error(errc::not_supported, "it is no layer cache but an index of images");
}
}  // namespace detail

ACRX_DECL descriptor find_cache_config(manifest_document const& document)
{
    if (media_type::is_index(document.media_type))
        return detail::find_config_of_index(document);
    std::string const doing = "reading the layer cache";
    auto const object = detail::parse_json_object(document.bytes, doing);
    detail::json_reader const members(object, doing);
    auto const config = members.object("config");
    if (!config)
        throw error(errc::not_supported, "it is no layer cache of acrx but of type " + document.media_type);
    descriptor found;
    found.media_type = config->required_string("mediaType");
    if (found.media_type != cache_config_type && found.media_type != media_type::oci_config
        && found.media_type != media_type::docker_config)
        throw error(errc::not_supported, "it is no layer cache of this version but has a config of type " + found.media_type);
    found.digest = config->digest("digest");
    found.size = config->size("size");
    return found;
}

namespace detail {
inline constexpr auto cache_records_annotation = "acrx.cache.records";
inline constexpr auto cached_created_annotation = "buildkit/createdat";
inline constexpr auto cached_diff_id_annotation = "containerd.io/uncompressed";
/// Registries take manifests of four MiB.
inline constexpr std::size_t longest_cache_manifest = (std::size_t{4} << 20) - (std::size_t{64} << 10);

/// `KEY LAYER[ CREATED SECONDS]`
inline std::string record_line(cache_entry const& entry, std::size_t place, std::string const& layer_created)
{
    auto line = std::string(entry.key.encoded()) + " " + std::to_string(place);
    auto const created = to_rfc3339(entry.step.created);
    if (created != layer_created || entry.step.seconds > 0)
        line +=
            " " + (created == layer_created ? std::string(1, '-') : created) + " " + std::to_string(entry.step.seconds);
    return line;
}

inline std::string_view next_word(std::string_view& line)
{
    auto const word = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(word.size() + 1, line.size()));
    return word;
}

/// A layer of the manifest with what the step that made it knows.
inline cached_step step_of(boost::json::object const& members)
{
    cached_step step;
    auto& blob = step.layer.blob;
    blob.media_type = cache_text(members, "mediaType");
    blob.digest = digest::parse(cache_text(members, "digest"));
    blob.size = members.at("size").to_number<std::uint64_t>();
    for (auto const& [key, value] : members.at("annotations").as_object()) {
        std::string_view const text(value.as_string().data(), value.as_string().size());
        if (key == cached_created_annotation)
            step.created = parse_rfc3339(text);
        else if (key == cached_diff_id_annotation)
            step.layer.diff_id = digest::parse(text);
        else
            blob.annotations.emplace(std::string(key), std::string(text));
    }
    if (step.layer.diff_id.empty())
        throw error(errc::damaged, "reading the layer cache: a layer has no diff id");
    return step;
}

inline cache_entry entry_of_line(std::string_view line, boost::json::array const& layers)
{
    cache_entry entry;
    entry.key = digest::parse("sha256:" + std::string(next_word(line)));
    entry.step = step_of(layers.at(std::stoul(std::string(next_word(line)))).as_object());
    if (auto const created = next_word(line); !created.empty() && created != "-")
        entry.step.created = parse_rfc3339(created);
    if (!line.empty())
        entry.step.seconds = std::stod(std::string(line));
    return entry;
}
}  // namespace detail

namespace detail {
inline descriptor annotated_layer(cache_entry const& entry)
{
    auto layer = entry.step.layer.blob;
    layer.annotations[cached_created_annotation] = to_rfc3339(entry.step.created);
    layer.annotations[cached_diff_id_annotation] = entry.step.layer.diff_id.str();
    return layer;
}
}  // namespace detail

ACRX_DECL manifest make_cache_manifest(std::span<cache_entry const> entries, descriptor config)
{
    manifest image;
    image.media_type = media_type::oci_manifest;
    image.config = std::move(config);
    std::unordered_map<digest, std::size_t> places;
    std::string records;
    bool all_fit = true;
    for (auto const& entry : entries) {
        auto const [place, is_new] = places.try_emplace(entry.step.layer.blob.digest, image.layers.size());
        if (is_new)
            image.layers.push_back(detail::annotated_layer(entry));
        all_fit = all_fit && entry.key.algorithm() == "sha256";
        auto const& created = image.layers[place->second].annotations.at(detail::cached_created_annotation);
        records += (records.empty() ? "" : ",") + detail::record_line(entry, place->second, created);
    }
    if (!all_fit)
        return image;
    image.annotations[detail::cache_records_annotation] = std::move(records);
    if (to_document(image).bytes.size() > detail::longest_cache_manifest)
        image.annotations.clear();
    return image;
}

ACRX_DECL image_index make_cache_index(std::span<cache_entry const> entries, descriptor config)
{
    image_index index;
    index.media_type = media_type::oci_index;
    std::set<digest> listed;
    for (auto const& entry : entries)
        if (listed.insert(entry.step.layer.blob.digest).second)
            index.manifests.push_back(detail::annotated_layer(entry));
    index.manifests.push_back(std::move(config));
    return index;
}

ACRX_DECL std::optional<std::vector<cache_entry>> parse_cache_manifest(manifest_document const& document)
try {
    boost::json::monotonic_resource memory;
    auto const parsed =
        boost::json::parse(boost::json::string_view(document.bytes.data(), document.bytes.size()), &memory);
    auto const& members = parsed.as_object();
    auto const* annotations = members.if_contains("annotations");
    if (annotations == nullptr
        || detail::cache_text(members.at("config").as_object(), "mediaType") != cache_config_type)
        return std::nullopt;
    auto const* records = annotations->as_object().if_contains(detail::cache_records_annotation);
    if (records == nullptr)
        return std::nullopt;
    std::string_view rest(records->as_string().data(), records->as_string().size());
    std::vector<cache_entry> entries;
    while (!rest.empty()) {
        auto const line = rest.substr(0, rest.find(','));
        entries.push_back(detail::entry_of_line(line, members.at("layers").as_array()));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
    return entries;
} catch (std::exception const&) {
    return std::nullopt;
}

ACRX_DECL std::string to_inline_cache(std::span<inline_step const> steps)
{
    boost::json::array records;
    for (auto const& step : steps)
        records.emplace_back(detail::to_json(step));
    return to_base64(boost::json::serialize(records));
}

ACRX_DECL std::vector<cache_entry> parse_inline_cache(std::string_view config, manifest const& image)
{
    auto const parsed = parse_image_config(config);
    auto const* member = parsed.others.if_contains("moby.buildkit.cache.v0");
    if (!member || !member->is_string())
        throw error(errc::not_supported, "it is an image without a layer cache in it");
    auto const text = from_base64({member->get_string().data(), member->get_string().size()});
    boost::json::error_code failed;
    auto const records = text ? boost::json::parse(*text, failed) : boost::json::value();
    if (failed || !records.is_array())
        throw error(errc::damaged, "reading the layer cache of an image: it is no list in base64");
    std::vector<cache_entry> entries;
    for (auto const& value : records.get_array()) {
        auto const record = detail::read_cache_record(value);
        if (!record || record->step.layer >= image.layers.size() || record->step.layer >= parsed.diff_ids.size())
            continue;
        cached_step step{{image.layers[record->step.layer], parsed.diff_ids[record->step.layer]}, record->step.created};
        entries.push_back({record->step.key, std::move(step)});
    }
    return entries;
}
}  // namespace acrx
#endif
