// Where the result of a build goes, and in which form.
#ifndef ACRX_BUILD_BUILD_OUTPUT_HPP
#define ACRX_BUILD_BUILD_OUTPUT_HPP

#include <acrx/image/media_types.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/snapshot/packed_layer.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace acrx {
/// How the layers of an image are stored.
struct layer_format
{
    acrx::compression compression = acrx::compression::gzip;
    int level = 1;              ///< 0 to 2 for gzip, 1 to 19 for zstd
    bool is_seekable = false;   ///< eStargz: gzip whose files can be fetched one by one
    bool also_of_base = false;  ///< layers of the base image too; else they stay as they are

    bool operator==(layer_format const&) const = default;
};

/// Annotations of an image, by the place where they stand.
struct image_annotations
{
    using texts = std::map<std::string, std::string>;
    texts manifest;
    texts index;
    texts manifest_descriptor;  ///< in the index; without one, in `index.json` of an archive
    texts index_descriptor;     ///< in `index.json` of an archive
    std::map<std::string, texts> manifest_of = {};             ///< of one platform's manifest, by `os/arch[/variant]`
    std::map<std::string, texts> manifest_descriptor_of = {};  ///< the same of its descriptor

    bool operator==(image_annotations const&) const = default;
};

/// What stands in a place for one platform: its own texts win over those `of_all`.
inline image_annotations::texts texts_for(platform const& platform,
                                          std::map<std::string, image_annotations::texts> const& by_platform,
                                          image_annotations::texts const& of_all)
{
    auto const own = by_platform.find(to_string(platform));
    auto texts = own == by_platform.end() ? image_annotations::texts() : own->second;
    texts.insert(of_all.begin(), of_all.end());
    return texts;
}

/// What two forms of one image may differ in.
struct image_form
{
    layer_format layers;
    image_family family = image_family::oci;
    image_annotations annotations;
    bool keeps_foreign = true;  ///< layers that other servers distribute are left to those; else they become ordinary
    bool has_artifacts = true;  ///< attestations are artifacts that refer to their image; else images of another kind

    bool operator==(image_form const&) const = default;
};

/// One place that a build writes to, as `--output` names it.
struct build_output
{
    enum class kind
    {
        image,   ///< the image in the store and in registries: says its form only
        oci,     ///< an OCI image layout
        docker,  ///< the same with what `docker load` reads
        tar,     ///< the root filesystem as an archive
        local,   ///< the root filesystem as files
        none,    ///< nothing: the steps are in the cache afterwards
    };
    kind type = kind::image;
    std::filesystem::path dest;      ///< `-` is standard output; empty for `image`
    bool as_folder = false;          ///< an image layout that is not put into an archive
    std::vector<std::string> names;  ///< of the image, instead of the names of the build
    std::optional<bool> push;        ///< of `image`; nothing leaves it to the build
    bool push_by_digest = false;     ///< of `image`: the registry is given no tag
    bool is_canonical = false;       ///< of `image`: the store also lists it as NAME@DIGEST
    std::string dangling_prefix;     ///< of `image` without a name: the store lists it as PREFIX@DIGEST
    bool is_insecure = false;        ///< of `image`: its registry may lack TLS, or a valid certificate
    std::optional<layer_format> layers;  ///< else that of the build
    std::optional<image_family> family;  ///< the same
    image_annotations annotations;       ///< beside those of the build
    std::optional<bool> keeps_foreign;   ///< as in `image_form`; nothing leaves it to the build
    std::optional<bool> has_artifacts;   ///< as in `image_form`; nothing leaves it to the build
    std::optional<bool> platform_split;  ///< a folder for each platform; nothing is one if there are several
    bool replaces = false;           ///< `local`: what else is in the folder goes away
    bool rewrite_timestamp = false;  ///< no new file is later than the build's SOURCE_DATE_EPOCH

    bool is_to_stdout() const { return dest == "-"; }
    /// Whether files are written rather than an image.
    bool is_root() const noexcept { return type == kind::tar || type == kind::local; }
    /// Whether an image is written to a place of its own.
    bool is_archive() const noexcept { return type == kind::oci || type == kind::docker; }
};

/// The form that an output asks for, where it says nothing that of the build.
inline image_form form_of(build_output const& output, image_form form)
{
    form.layers = output.layers.value_or(form.layers);
    form.family = output.family.value_or(form.family);
    auto const add = [](image_annotations::texts& all, image_annotations::texts const& more) {
        for (auto const& [key, value] : more)
            all.insert_or_assign(key, value);
    };
    add(form.annotations.manifest, output.annotations.manifest);
    add(form.annotations.index, output.annotations.index);
    add(form.annotations.manifest_descriptor, output.annotations.manifest_descriptor);
    add(form.annotations.index_descriptor, output.annotations.index_descriptor);
    for (auto const& [platform, texts] : output.annotations.manifest_of)
        add(form.annotations.manifest_of[platform], texts);
    for (auto const& [platform, texts] : output.annotations.manifest_descriptor_of)
        add(form.annotations.manifest_descriptor_of[platform], texts);
    form.keeps_foreign = output.keeps_foreign.value_or(form.keeps_foreign);
    form.has_artifacts = output.has_artifacts.value_or(form.has_artifacts);
    return form;
}
}  // namespace acrx
#endif
