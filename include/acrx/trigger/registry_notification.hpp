// Notifications of registries, read: which tags were pushed.
#ifndef ACRX_TRIGGER_REGISTRY_NOTIFICATION_HPP
#define ACRX_TRIGGER_REGISTRY_NOTIFICATION_HPP

#include <acrx/core/config.hpp>
#include <acrx/trigger/trigger_event.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// One notification of a registry.
struct registry_notification
{
    std::string sender;                 ///< `distribution`, `ACR`, `Harbor`, `Docker Hub`, `Quay` or `zot`
    bool is_ping = false;               ///< a test of the connection: answer 200
    std::vector<trigger_event> events;  ///< an `image_update` for each push of a tag; empty if there was none
    std::vector<std::string> ignored;   ///< for each part that updates no tag, why
};

/// Reads what distribution (`docker-registry`), ACR, Harbor (its own form and CloudEvents), Docker Hub, Quay and zot
/// (CloudEvents, structured) send.
///
/// Only pushes of manifests to a tag are updates: blobs, pulls, deletions and pushes by digest come back in `ignored`.
/// So do events of an envelope that make no sense, for a registry repeats what is refused for ever.
///
/// @param registry  the host whose notifications come here; empty: the one that they name, which any client of that
///                  registry can choose
/// @throws error (`errc::damaged`) for a body that is too large or no JSON; `errc::not_supported` for another form
ACRX_DECL registry_notification parse_registry_notification(std::string_view body, std::string const& registry = {});
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/registry_notification.ipp>
#endif
#endif
