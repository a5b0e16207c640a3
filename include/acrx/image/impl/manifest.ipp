// Bodies of image/manifest.hpp.
#ifndef ACRX_IMAGE_IMPL_MANIFEST_IPP
#define ACRX_IMAGE_IMPL_MANIFEST_IPP
#include <acrx/core/error.hpp>
#include <acrx/image/detail/json_members.hpp>
#include <acrx/image/json_reader.hpp>
#include <acrx/image/manifest.hpp>
#include <acrx/image/media_types.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include <utility>

namespace acrx {
namespace detail {
inline constexpr std::string_view attestation_mark = "vnd.docker.reference.type";

inline boost::json::object to_json(descriptor const& d)
{
    boost::json::object result;
    result.emplace("mediaType", to_json_string(d.media_type));
    result.emplace("digest", d.digest.str());
    result.emplace("size", d.size);
    put_all(result, "urls", d.urls);
    put_all(result, "annotations", d.annotations);
    if (d.platform) {
        boost::json::object members;
        put_platform(members, *d.platform);
        result.emplace("platform", std::move(members));
    }
    put_text(result, "artifactType", d.artifact_type);
    return result;
}

inline boost::json::array to_json(std::vector<descriptor> const& descriptors)
{
    boost::json::array result;
    for (auto const& d : descriptors)
        result.emplace_back(to_json(d));
    return result;
}

inline descriptor read_descriptor(json_reader const& members)
{
    descriptor d;
    d.media_type = members.required_string("mediaType");
    d.digest = members.digest("digest");
    d.size = members.size("size");
    d.urls = members.strings("urls");
    d.annotations = members.string_map("annotations");
    d.artifact_type = members.string("artifactType");
    if (auto const p = members.object("platform"))
        d.platform = read_platform(*p);
    return d;
}

inline std::vector<descriptor> read_descriptors(json_reader const& members, std::string_view name)
{
    std::vector<descriptor> result;
    for (auto const& element : members.objects(name))
        result.push_back(read_descriptor(element));
    return result;
}

inline std::string_view without_parameters(std::string_view content_type)
{
    content_type = content_type.substr(0, content_type.find(';'));
    auto const end = content_type.find_last_not_of(" \t");
    return end == std::string_view::npos ? std::string_view{} : content_type.substr(0, end + 1);
}

/// The type by the shape of the document; refuses what is ambiguous or older than schema 2.
inline std::string manifest_media_type(json_reader const& document, std::string_view content_type)
{
    auto const own = document.string("mediaType");
    auto const given = without_parameters(content_type);
    if (document.has("manifests") && (document.has("layers") || document.has("config")))
        document.refuse("manifests", "stands beside the members of an image manifest: the document is ambiguous");
    for (auto const& type : {std::string_view(own), given})
        if (type.starts_with("application/vnd.docker.distribution.manifest.v1+"))
            throw error(errc::not_supported, "reading a manifest: this is a manifest of schema 1",
                        "Push the image again with a current tool, which writes schema 2 or OCI manifests.");
    if (auto const version = document.has("schemaVersion") ? document.integer("schemaVersion") : 2; version != 2)
        throw error(errc::not_supported, "reading a manifest: schema version " + std::to_string(version),
                    "Push the image again with a current tool, which writes schema 2 or OCI manifests.");
    if (!own.empty())
        return own;
    if (media_type::is_index(given) || media_type::is_manifest(given))
        return std::string(given);
    auto const config = document.object("config");
    bool const docker = config && config->string("mediaType") == media_type::docker_config;
    if (document.has("manifests"))
        return std::string(media_type::oci_index);
    if (document.has("layers") || config)
        return std::string(docker ? media_type::docker_manifest : media_type::oci_manifest);
    throw error(errc::damaged, "reading a manifest: the document is neither a manifest nor an index");
}

inline manifest_document to_document(std::string_view type, boost::json::object const& members)
{
    manifest_document document;
    document.media_type = type;
    document.bytes = boost::json::serialize(members);
    document.digest = digest_of(document.bytes);
    return document;
}
}  // namespace detail

ACRX_DECL std::string manifest_media_type(std::string_view bytes, std::string_view content_type)
{
    std::string const doing = "reading a manifest";
    auto const object = detail::parse_json_object(bytes, doing);
    return detail::manifest_media_type(detail::json_reader(object, doing), content_type);
}

ACRX_DECL manifest parse_manifest(std::string_view bytes, std::string_view media_type)
{
    std::string const doing = "reading an image manifest";
    auto const object = detail::parse_json_object(bytes, doing);
    detail::json_reader const document(object, doing);
    manifest m;
    m.media_type = detail::manifest_media_type(document, media_type);
    if (!media_type::is_manifest(m.media_type))
        throw error(errc::damaged, doing + ": the document is of type " + m.media_type);
    m.artifact_type = document.string("artifactType");
    auto const config = document.object("config");
    if (!config)
        document.refuse("config", "is missing");
    m.config = detail::read_descriptor(*config);
    m.layers = detail::read_descriptors(document, "layers");
    if (auto const subject = document.object("subject"))
        m.subject = detail::read_descriptor(*subject);
    m.annotations = document.string_map("annotations");
    return m;
}

ACRX_DECL image_index parse_index(std::string_view bytes, std::string_view media_type)
{
    std::string const doing = "reading an image index";
    auto const object = detail::parse_json_object(bytes, doing);
    detail::json_reader const document(object, doing);
    image_index index;
    index.media_type = detail::manifest_media_type(document, media_type);
    if (!media_type::is_index(index.media_type))
        throw error(errc::damaged, doing + ": the document is of type " + index.media_type);
    index.artifact_type = document.string("artifactType");
    index.manifests = detail::read_descriptors(document, "manifests");
    if (auto const subject = document.object("subject"))
        index.subject = detail::read_descriptor(*subject);
    index.annotations = document.string_map("annotations");
    return index;
}

ACRX_DECL manifest_document to_document(manifest const& m)
{
    boost::json::object members;
    std::string_view const type = m.media_type.empty() ? media_type::oci_manifest : m.media_type;
    members.emplace("schemaVersion", 2);
    members.emplace("mediaType", type);
    detail::put_text(members, "artifactType", m.artifact_type);
    members.emplace("config", detail::to_json(m.config));
    members.emplace("layers", detail::to_json(m.layers));
    if (m.subject)
        members.emplace("subject", detail::to_json(*m.subject));
    detail::put_all(members, "annotations", m.annotations);
    return detail::to_document(type, members);
}

ACRX_DECL manifest_document to_document(image_index const& index)
{
    boost::json::object members;
    std::string_view const type = index.media_type.empty() ? media_type::oci_index : index.media_type;
    members.emplace("schemaVersion", 2);
    members.emplace("mediaType", type);
    detail::put_text(members, "artifactType", index.artifact_type);
    members.emplace("manifests", detail::to_json(index.manifests));
    if (index.subject)
        members.emplace("subject", detail::to_json(*index.subject));
    detail::put_all(members, "annotations", index.annotations);
    return detail::to_document(type, members);
}

ACRX_DECL descriptor describe(manifest_document const& document)
{
    descriptor d;
    d.media_type = document.media_type;
    d.digest = document.digest;
    d.size = document.bytes.size();
    return d;
}

ACRX_DECL std::optional<descriptor> choose(image_index const& index, platform const& wanted)
{
    descriptor const* best = nullptr;
    descriptor const* unnamed = nullptr;
    int best_distance = 0;
    for (auto const& entry : index.manifests) {
        if (entry.annotations.contains(std::string(detail::attestation_mark)))
            continue;
        if (!entry.platform || (entry.platform->os.empty() && entry.platform->architecture.empty())) {
            unnamed = unnamed == nullptr ? &entry : unnamed;
            continue;
        }
        if (entry.platform->os == "unknown" || entry.platform->architecture == "unknown")
            continue;
        int const distance = match_distance(wanted, *entry.platform);
        if (distance >= 0 && (best == nullptr || distance < best_distance)) {
            best = &entry;
            best_distance = distance;
        }
    }
    if (best == nullptr)
        best = unnamed;
    return best == nullptr ? std::nullopt : std::optional(*best);
}
}  // namespace acrx
#endif
