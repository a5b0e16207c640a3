// Bodies of cli/local_images.hpp.
#ifndef ACRX_CLI_IMPL_LOCAL_IMAGES_IPP
#define ACRX_CLI_IMPL_LOCAL_IMAGES_IPP
#include <acrx/cli/detail/platform_list.hpp>
#include <acrx/cli/detail/text_table.hpp>
#include <acrx/cli/local_images.hpp>
#include <acrx/cli/pretty_json.hpp>
#include <acrx/cli/quantities.hpp>
#include <acrx/core/error.hpp>
#include <acrx/image/image_config.hpp>
#include <acrx/image/manifest.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/image/reference.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace acrx::cli {
namespace detail {
inline std::string short_digest(digest const& id)
{
    return std::string(id.encoded().substr(0, 12));
}

inline std::string familiar_name(std::string const& name)
{
    try {
        auto parsed = parse_reference(name);
        return parsed.tag == "latest" ? familiar(parsed) + ":latest" : familiar(parsed);
    } catch (error const&) {
        return name;  // a layout may hold any word
    }
}

/// The images of an index that are in the store; its attestations are none.
inline std::vector<descriptor> images_of(oci_layout const& store, image_index const& index)
{
    std::vector<descriptor> images;
    for (auto const& entry : index.manifests)
        if (!entry.annotations.contains("vnd.docker.reference.type") && media_type::is_manifest(entry.media_type)
            && store.contains(entry.digest))
            images.push_back(entry);
    return images;
}

/// Adds what the documents of an image say. @param counted  blobs that the size has already
inline void describe_manifest(oci_layout const& store, manifest const& parts, local_image& image, std::set<digest>& counted)
{
    auto const count = [&](descriptor const& blob) { image.size += counted.insert(blob.digest).second ? blob.size : 0; };
    count(parts.config);
    for (auto const& layer : parts.layers) {
        count(layer);
        image.complete = image.complete && store.contains(layer.digest);
    }
    if (!store.contains(parts.config.digest))
        return;
    auto const config = parse_image_config(store.read_blob(parts.config));
    image.created = std::max(image.created, config.created);
    image.platforms.push_back(config.platform);
}

/// Fills in what the documents of a name say, as far as they are in the store.
inline void describe_image(oci_layout const& store, local_image& image)
{
    if (!store.contains(image.manifest.digest))
        return;
    auto bytes = store.read_blob(image.manifest);
    std::set<digest> counted;
    image.complete = true;
    if (!media_type::is_index(manifest_media_type(bytes, image.manifest.media_type)))
        return describe_manifest(store, parse_manifest(bytes), image, counted);
    auto const index = parse_index(bytes, image.manifest.media_type);
    auto const images = images_of(store, index);
    for (auto const& one : images)
        describe_manifest(store, parse_manifest(store.read_blob(one)), image, counted);
    if (!images.empty())
        return;
    image.complete = false;
    for (auto const& entry : index.manifests)
        image.size += entry.size;
}

inline boost::json::value to_json(std::string const& text)
{
    return boost::json::parse(text);
}

struct inspected_layer
{
    descriptor blob;
    std::string diff_id;  ///< empty if the config is not here
    bool in_store = false;
    bool unpacked = false;
};

struct inspected_image
{
    std::vector<std::string> names;
    descriptor found;
    boost::json::value manifest;
    boost::json::value config;
    std::vector<inspected_layer> layers;
};

inline inspected_image inspect_image(state_folder const& state, oci_layout const& store, std::string_view wanted)
{
    inspected_image image;
    image.found = find_image(store, wanted);
    for (auto const& entry : store.entries())
        if (entry.content.digest == image.found.digest && !entry.name.empty())
            image.names.push_back(familiar_name(entry.name));
    auto bytes = store.read_blob(image.found);
    image.manifest = to_json(bytes);
    if (media_type::is_index(manifest_media_type(bytes, image.found.media_type))) {
        auto const images = images_of(store, parse_index(bytes, image.found.media_type));
        if (images.size() != 1)
            return image;
        bytes = store.read_blob(images.front());
    }
    auto const parts = parse_manifest(bytes);
    std::vector<digest> diff_ids;
    if (store.contains(parts.config.digest)) {
        auto const config = store.read_blob(parts.config);
        image.config = to_json(config);
        diff_ids = parse_image_config(config).diff_ids;
    }
    for (std::size_t i = 0; i < parts.layers.size(); ++i) {
        inspected_layer layer{parts.layers[i], {}, store.contains(parts.layers[i].digest), false};
        if (i < diff_ids.size()) {
            layer.diff_id = diff_ids[i].str();
            layer.unpacked = std::filesystem::is_directory(state.snapshots() / diff_ids[i].encoded());
        }
        image.layers.push_back(std::move(layer));
    }
    return image;
}

inline std::string inspected_json(inspected_image const& image)
{
    boost::json::array names;
    for (auto const& name : image.names)
        names.emplace_back(name);
    boost::json::array layers;
    for (auto const& layer : image.layers) {
        boost::json::object item;
        item["digest"] = layer.blob.digest.str();
        item["mediaType"] = layer.blob.media_type;
        item["size"] = layer.blob.size;
        item["diffId"] = layer.diff_id;
        item["inStore"] = layer.in_store;
        item["unpacked"] = layer.unpacked;
        layers.emplace_back(std::move(item));
    }
    boost::json::object json;
    json["names"] = std::move(names);
    json["digest"] = image.found.digest.str();
    json["mediaType"] = image.found.media_type;
    json["size"] = image.found.size;
    json["manifest"] = image.manifest;
    json["config"] = image.config;
    json["layers"] = std::move(layers);
    return pretty_json(json);
}

inline std::string inspected_table(inspected_image const& image)
{
    std::string text = "Digest:  " + image.found.digest.str() + "\n" + "Type:    " + image.found.media_type + "\n";
    for (auto const& name : image.names)
        text += "Name:    " + name + "\n";
    std::vector<std::vector<std::string>> lines{{"LAYER", "SIZE", "IN STORE", "UNPACKED", "TYPE"}};
    for (auto const& layer : image.layers)
        lines.push_back({short_digest(layer.blob.digest), to_size_text(layer.blob.size), layer.in_store ? "yes" : "no",
                         layer.unpacked ? "yes" : "no", layer.blob.media_type});
    return text + "\n" + text_table(lines);
}
}  // namespace detail

ACRX_DECL std::vector<local_image> list_images(oci_layout const& store)
{
    std::vector<local_image> images;
    for (auto& entry : store.entries()) {
        local_image image;
        image.name = entry.name.empty() ? std::string() : detail::familiar_name(entry.name);
        image.manifest = std::move(entry.content);
        detail::describe_image(store, image);
        images.push_back(std::move(image));
    }
    std::sort(images.begin(), images.end(), [](local_image const& a, local_image const& b) {
        return std::tuple(a.name.empty(), a.name, a.manifest.digest.str())
               < std::tuple(b.name.empty(), b.name, b.manifest.digest.str());
    });
    return images;
}

ACRX_DECL descriptor find_image(oci_layout const& store, std::string_view wanted)
{
    if (auto found = store.find(wanted))
        return *found;
    try {
        if (auto found = store.find(to_string(parse_reference(wanted))))
            return *found;
    } catch (error const&) {
        // Not a name: a digest, or the beginning of one.
    }
    auto begin = wanted;
    if (begin.starts_with("sha256:"))
        begin.remove_prefix(7);
    std::optional<descriptor> match;
    for (auto const& entry : store.entries()) {
        if (begin.size() < 4 || !entry.content.digest.encoded().starts_with(begin))
            continue;
        if (match && match->digest != entry.content.digest)
            throw error(errc::invalid_argument, "several images begin with '" + std::string(wanted) + "'",
                        "Give more of the digest.");
        match = entry.content;
    }
    if (!match)
        throw error(errc::not_found, "the image '" + std::string(wanted) + "' in " + store.root().string(),
                    "'acrx-quick ls' lists what is there.");
    return *match;
}

ACRX_DECL std::string list_text(std::vector<local_image> const& images, output_format format)
{
    if (format != output_format::json) {
        std::vector<std::vector<std::string>> lines{{"NAME", "DIGEST", "CREATED", "SIZE", "PLATFORM"}};
        for (auto const& image : images)
            lines.push_back({image.name.empty() ? "<none>" : image.name, detail::short_digest(image.manifest.digest),
                             image.created ? to_rfc3339(std::chrono::floor<std::chrono::seconds>(*image.created)) : "-",
                             to_size_text(image.size), image.platforms.empty() ? "-" : detail::to_list(image.platforms)});
        return detail::text_table(lines);
    }
    boost::json::array list;
    for (auto const& image : images) {
        boost::json::object item;
        item["name"] = image.name;
        item["digest"] = image.manifest.digest.str();
        item["mediaType"] = image.manifest.media_type;
        item["created"] = image.created ? boost::json::value(to_rfc3339(*image.created)) : boost::json::value(nullptr);
        item["size"] = image.size;
        item["platform"] = image.platforms.empty() ? boost::json::value(nullptr) : boost::json::value(detail::to_list(image.platforms));
        item["complete"] = image.complete;
        list.emplace_back(std::move(item));
    }
    return pretty_json(list);
}

ACRX_DECL std::string inspect_text(state_folder const& state, std::string_view wanted, output_format format)
{
    oci_layout const store(state.root());
    auto const image = detail::inspect_image(state, store, wanted);
    return format == output_format::table ? detail::inspected_table(image) : detail::inspected_json(image);
}
}  // namespace acrx::cli
#endif
