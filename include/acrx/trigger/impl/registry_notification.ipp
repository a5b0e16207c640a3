// Bodies of trigger/registry_notification.hpp.
#ifndef ACRX_TRIGGER_IMPL_REGISTRY_NOTIFICATION_IPP
#define ACRX_TRIGGER_IMPL_REGISTRY_NOTIFICATION_IPP
#include <acrx/core/error.hpp>
#include <acrx/image/json_reader.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/trigger/detail/git_payload.hpp>
#include <acrx/trigger/detail/payload.hpp>
#include <acrx/trigger/registry_notification.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace acrx {
namespace detail {
inline constexpr char const* reading_notification = "reading a notification of a registry";

inline bool is_manifest_type(std::string_view type)
{
    constexpr std::array<std::string_view, 4> types = {"application/vnd.oci.image.index.v1+json",
                                                       "application/vnd.oci.image.manifest.v1+json",
                                                       "application/vnd.docker.distribution.manifest.list.v2+json",
                                                       "application/vnd.docker.distribution.manifest.v2+json"};
    return std::ranges::find(types, type) != types.end();
}

/// Checked and in the normal form. @throws error for names that no registry takes
inline updated_image make_updated_image(std::string const& registry, std::string const& repository,
                                        std::string const& tag, std::string const& image_digest)
{
    auto const name = parse_reference(registry + "/" + repository + ":" + tag);
    if (name.tag != tag || !name.digest.empty())
        throw error(errc::damaged, std::string(reading_notification) + ": the tag is none");
    return {name.domain, name.path, name.tag, image_digest.empty() ? digest{} : digest::parse(image_digest)};
}

inline void add_update(registry_notification& result, std::string const& id, updated_image image)
{
    result.events.push_back({id, result.sender, image_update{{std::move(image)}}});
}

/// An event of distribution, or one of ACR: they are alike.
inline void read_push_event(registry_notification& result, json_reader const& event, std::string registry)
{
    auto const action = event.string("action");
    if (action == "ping") {
        result.is_ping = true;
        return;
    }
    if (action != "push")
        return result.ignored.push_back("the action is not \"push\"");
    auto const target = required_object(event, "target");
    if (auto const type = target.string("mediaType"); !type.empty() && !is_manifest_type(type))
        return result.ignored.push_back("what was pushed is no manifest");
    auto const tag = target.string("tag");
    if (tag.empty())
        return result.ignored.push_back("the push moved no tag");
    if (registry.empty())
        registry = text_at(event, {"request", "host"});
    if (registry.empty())
        return result.ignored.push_back("the registry is not named");
    add_update(result, event.string("id"),
               make_updated_image(registry, target.required_string("repository"), tag,
                                  target.required_string("digest")));
}

inline void read_envelope(registry_notification& result, json_reader const& body, std::string const& registry)
{
    result.sender = "distribution";
    for (auto const& event : body.objects("events")) {
        try {
            read_push_event(result, event, registry);
        } catch (error const& e) {
            result.ignored.push_back(e.text());
        }
    }
}

/// @param data  what Harbor calls `event_data`
inline void read_harbor(registry_notification& result, json_reader const& data, std::string const& registry)
{
    auto const repository = required_object(data, "repository").required_string("repo_full_name");
    for (auto const& resource : data.objects("resources")) {
        auto const tag = resource.string("tag");
        auto const location = resource.string("resource_url");
        auto const host = registry.empty() ? location.substr(0, location.find('/')) : registry;
        if (tag.empty() || tag.starts_with("sha256:"))
            result.ignored.push_back("the push moved no tag");
        else if (host.empty())
            result.ignored.push_back("the registry is not named");
        else
            add_update(result, {}, make_updated_image(host, repository, tag, resource.required_string("digest")));
    }
}

inline void read_docker_hub(registry_notification& result, json_reader const& body)
{
    auto const push = required_object(body, "push_data");
    auto const tag = push.string("tag");
    if (tag.empty())
        return result.ignored.push_back("the push moved no tag");
    auto const repository = required_object(body, "repository").required_string("repo_name");
    add_update(result, {}, make_updated_image("docker.io", repository, tag, {}));
}

/// A push to Quay, which tells no digests.
inline void read_quay(registry_notification& result, json_reader const& body)
{
    result.sender = "Quay";
    auto const name = parse_reference(body.required_string("docker_url"));
    for (auto const& tag : body.strings("updated_tags"))
        add_update(result, {}, make_updated_image(name.domain, name.path, tag, {}));
    if (result.events.empty())
        result.ignored.push_back("the push moved no tag");
}

/// A CloudEvent of zot, which does not name itself.
inline void read_zot(registry_notification& result, json_reader const& body, std::string const& registry)
{
    result.sender = "zot";
    if (body.string("type") != "zotregistry.image.updated")
        return result.ignored.push_back("the event is no push");
    auto const image = required_object(body, "data");
    auto const tag = image.string("reference");
    if (tag.empty() || tag.starts_with("sha256:"))
        return result.ignored.push_back("the push moved no tag");
    if (registry.empty())
        return result.ignored.push_back("the registry is not named");
    add_update(result, body.string("source") + " " + body.string("id"),
               make_updated_image(registry, image.required_string("name"), tag, image.required_string("digest")));
}

inline void read_harbor_event(registry_notification& result, json_reader const& body, std::string const& registry)
{
    bool const is_cloud_event = body.has("specversion");
    result.sender = "Harbor";
    if (body.string("type") != (is_cloud_event ? "harbor.artifact.pushed" : "PUSH_ARTIFACT"))
        return result.ignored.push_back("the event is no push");
    read_harbor(result, required_object(body, is_cloud_event ? "data" : "event_data"), registry);
    for (auto& event : result.events)  // one CloudEvent may tell several tags
        event.id = is_cloud_event ? body.string("source") + " " + body.string("id") : std::string{};
}
}  // namespace detail

ACRX_DECL registry_notification parse_registry_notification(std::string_view body, std::string const& registry)
{
    auto const document = detail::parse_payload(body, detail::reading_notification);
    detail::json_reader const reader(document, detail::reading_notification);
    registry_notification result;
    if (reader.has("events")) {
        detail::read_envelope(result, reader, registry);
    } else if (reader.has("push_data")) {
        result.sender = "Docker Hub";
        detail::read_docker_hub(result, reader);
    } else if (reader.has("event_data") || reader.string("type").starts_with("harbor.")) {
        detail::read_harbor_event(result, reader, registry);
    } else if (reader.string("type").starts_with("zotregistry.")) {
        detail::read_zot(result, reader, registry);
    } else if (reader.has("updated_tags")) {
        detail::read_quay(result, reader);
    } else if (reader.has("action")) {
        result.sender = "ACR";
        detail::read_push_event(result, reader, registry);
    } else {
        throw error(errc::not_supported, std::string(detail::reading_notification) + ": its form is not known",
                    "distribution, ACR, Harbor, Docker Hub, Quay and zot are known.");
    }
    return result;
}
}  // namespace acrx
#endif
