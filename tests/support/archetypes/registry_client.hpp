// The smallest type that is a registry client: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_REGISTRY_CLIENT_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_REGISTRY_CLIENT_HPP
#include <acrx/registry/registry_client.hpp>

namespace acrx::testing {
/// Can be moved, not copied; has the members that the concept names and no others; nothing is defined.
struct registry_client_archetype
{
    registry_client_archetype(registry_client_archetype&&) = default;
    registry_client_archetype& operator=(registry_client_archetype&&) = default;
    net::awaitable<std::optional<descriptor>> resolve(reference const& ref);
    net::awaitable<manifest_document> fetch_manifest(reference const& ref);
    net::awaitable<void> fetch_blob(reference const& ref, descriptor const& d, byte_sink const& sink);
    net::awaitable<bool> has_blob(reference const& ref, digest const& id);
    net::awaitable<void> push_blob(reference const& ref, blob_file const& b);
    net::awaitable<bool> mount_blob(reference const& ref, descriptor const& d, std::string const& from);
    net::awaitable<void> push_manifest(reference const& ref, manifest_document const& m);
};
static_assert(registry_client<registry_client_archetype>);
}  // namespace acrx::testing
#endif
