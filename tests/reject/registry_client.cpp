// Models that each break one requirement of the concept registry_client; beside each what the message must name.
#include <support/archetypes/registry_client.hpp>

namespace acrx::testing {
template<registry_client Model>
struct user
{};

// Rejects a registry client that fetches bare text instead of a document.
struct wrong_fetch_manifest : registry_client_archetype
{
    net::awaitable<std::string> fetch_manifest(reference const& ref);
};
using rejects_fetch_manifest = user<wrong_fetch_manifest>;  // r\.fetch_manifest\(ref\)

// Rejects a registry client that cannot stream.
struct wrong_fetch_blob : registry_client_archetype
{
    net::awaitable<std::string> fetch_blob(reference const& ref, descriptor const& d);
};
using rejects_fetch_blob = user<wrong_fetch_blob>;  // r\.fetch_blob\(ref, d, sink\)

// Rejects a registry client that answers before it has asked.
struct wrong_has_blob : registry_client_archetype
{
    bool has_blob(reference const& ref, digest const& id);
};
using rejects_has_blob = user<wrong_has_blob>;  // r\.has_blob\(ref, id\)

// Rejects a registry client that pushes a path without knowing its content.
struct wrong_push_blob : registry_client_archetype
{
    net::awaitable<void> push_blob(reference const& ref, std::filesystem::path const& b);
};
using rejects_push_blob = user<wrong_push_blob>;  // r\.push_blob\(ref, b\)

// Rejects a registry client that does not say whether the blob was mounted.
struct wrong_mount_blob : registry_client_archetype
{
    net::awaitable<void> mount_blob(reference const& ref, descriptor const& d, std::string const& from);
};
using rejects_mount_blob = user<wrong_mount_blob>;  // r\.mount_blob\(ref, d, from\)

// Rejects a registry client that pushes in the background.
struct wrong_push_manifest : registry_client_archetype
{
    void push_manifest(reference const& ref, manifest_document const& m);
};
using rejects_push_manifest = user<wrong_push_manifest>;  // r\.push_manifest\(ref, m\)

// Rejects a registry client that cannot be moved.
struct wrong_move : registry_client_archetype
{
    wrong_move(wrong_move&&) = delete;
};
using rejects_move = user<wrong_move>;  // movable|move_constructible|constructible_from
}  // namespace acrx::testing
