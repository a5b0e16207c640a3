// Bodies of build/attestation.hpp.
#ifndef ACRX_BUILD_IMPL_ATTESTATION_IPP
#define ACRX_BUILD_IMPL_ATTESTATION_IPP
#include <acrx/build/attestation.hpp>
#include <acrx/build/detail/package_url.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/image/media_types.hpp>

#include <boost/json/serialize.hpp>

#include <range/v3/algorithm/all_of.hpp>

#include <utility>

namespace acrx {
ACRX_DECL std::string package_url(reference const& name, platform const& platform)
{
    auto plain = name;
    plain.tag.clear();
    plain.digest = {};
    auto url = "pkg:docker/" + familiar(plain);
    if (!name.tag.empty())
        url += "@" + detail::percent_encoded(name.tag);
    url += "?platform=" + detail::percent_encoded(to_string(platform));
    if (name.tag.empty() && !name.digest.empty())
        url += "&digest=" + name.digest.str();
    return url;
}

ACRX_DECL std::string to_statement(attestation const& what, boost::json::array subjects)
{
    boost::json::object statement;
    statement["_type"] = "https://in-toto.io/Statement/v1";
    statement["predicateType"] = what.predicate_type;
    statement["subject"] = std::move(subjects);
    statement["predicate"] = what.predicate;
    return boost::json::serialize(statement);
}

ACRX_DECL std::string to_statement(attestation const& what, digest const& subject, std::span<reference const> names,
                                   platform const& platform)
{
    auto const line = [&](std::string name) {
        return boost::json::object{{"name", std::move(name)},
                                   {"digest", boost::json::object{{subject.algorithm(), subject.encoded()}}}};
    };
    boost::json::array subjects;
    for (auto const& name : names)
        subjects.emplace_back(line(package_url(name, platform)));
    if (names.empty())
        subjects.emplace_back(line("_"));
    return to_statement(what, std::move(subjects));
}

namespace detail {
/// The config of an image that has statements as layers: it runs nowhere.
inline std::string config_of_statements(std::vector<descriptor> const& statements)
{
    boost::json::array diff_ids;
    for (auto const& one : statements)
        diff_ids.emplace_back(one.digest.str());
    return boost::json::serialize(boost::json::object{{"architecture", "unknown"},
                                                      {"os", "unknown"},
                                                      {"config", boost::json::object()},
                                                      {"rootfs", {{"type", "layers"}, {"diff_ids", std::move(diff_ids)}}}});
}

inline attached_manifest write_attestations(oci_layout& store, finished_image const& image,
                                            std::span<attestation const> attestations, std::span<reference const> names,
                                            bool as_artifacts)
{
    attached_manifest attached;
    auto& content = attached.content;
    auto const subject = describe(image.document);
    for (auto const& what : attestations) {
        auto layer = store.write_blob(to_statement(what, subject.digest, names, image.platform), in_toto_type);
        layer.annotations["in-toto.io/predicate-type"] = what.predicate_type;
        content.layers.push_back(std::move(layer));
    }
    content.media_type = media_type::oci_manifest;
    if (as_artifacts) {
        content.artifact_type = "application/vnd.docker.attestation.manifest.v1+json";
        content.config = store.write_blob("{}", media_type::oci_empty);
        content.subject = subject;
    } else {
        content.config = store.write_blob(config_of_statements(content.layers), media_type::oci_config);
    }
    attached.document = to_document(content);
    store.write_blob(attached.document.bytes, attached.document.media_type);
    return attached;
}

inline descriptor entry_of(attached_manifest const& attached, digest const& subject)
{
    auto entry = describe(attached.document);
    entry.annotations["vnd.docker.reference.type"] = "attestation-manifest";
    entry.annotations["vnd.docker.reference.digest"] = subject.str();
    entry.platform = acrx::platform{.os = "unknown", .architecture = "unknown", .variant = {}, .os_version = {}, .os_features = {}};
    return entry;
}
}  // namespace detail

ACRX_DECL bool wants_index(build_request const& request)
{
    auto const given = request.build_args.find("BUILDKIT_MULTI_PLATFORM");
    return request.attestations.any()
           || (given != request.build_args.end() && (given->second == "1" || ascii_lower(given->second) == "true"));
}

ACRX_DECL void attach(oci_layout& store, finished_image& image, std::span<attestation const> attestations,
                      std::span<reference const> names, bool as_artifacts)
{
    if (!attestations.empty())
        image.attestations.push_back(detail::write_attestations(store, image, attestations, names, as_artifacts));
}

namespace detail {
/// The annotations that name the base, as far as all images agree on it.
inline image_annotations::texts base_annotations(finished_build const& build)
{
    image_annotations::texts texts;
    for (auto const& [key, value] : build.images.front().image.annotations) {
        auto const agrees = [&key = key, &value = value](finished_image const& image) {  // clang++ 14 captures no bindings
            auto const found = image.image.annotations.find(key);
            return found != image.image.annotations.end() && found->second == value;
        };
        if (key.starts_with("org.opencontainers.image.base.") && ranges::all_of(build.images, agrees))
            texts.emplace(key, value);
    }
    return texts;
}
}  // namespace detail

ACRX_DECL void make_index(oci_layout& store, finished_build& build, image_form const& form)
{
    image_index index;
    index.media_type = media_type::in_family(media_type::oci_index, form.family);
    if (form.family == image_family::oci) {
        index.annotations = form.annotations.index;
        index.annotations.merge(detail::base_annotations(build));
    }
    for (auto const& image : build.images) {
        auto entry = describe(image.document);
        entry.platform = image.platform;
        entry.annotations =
            texts_for(image.platform, form.annotations.manifest_descriptor_of, form.annotations.manifest_descriptor);
        index.manifests.push_back(std::move(entry));
    }
    for (auto const& image : build.images)
        for (auto const& attached : image.attestations)
            index.manifests.push_back(detail::entry_of(attached, image.document.digest));
    build.index = to_document(index);
    store.write_blob(build.index->bytes, build.index->media_type);
}
}  // namespace acrx
#endif
