// Models that each break one requirement of the concept referrer_client; beside each what the message must name.
#include <support/archetypes/registry_client.hpp>

namespace acrx::testing {
template<referrer_client Model>
struct user
{};

struct archetype : registry_client_archetype
{
    net::awaitable<std::vector<descriptor>> list_referrers(reference const& ref, digest const& subject,
                                                           std::string const& type);
    net::awaitable<void> push_referrer(reference const& ref, manifest_document const& m);
};
static_assert(referrer_client<archetype>);

// Rejects a referrer client that asks for no type.
struct wrong_list_referrers : archetype
{
    net::awaitable<std::vector<descriptor>> list_referrers(reference const& ref, digest const& subject);
};
using rejects_list_referrers = user<wrong_list_referrers>;  // r\.list_referrers\(ref, subject, type\)

// Rejects a referrer client that pushes in the background.
struct wrong_push_referrer : archetype
{
    void push_referrer(reference const& ref, manifest_document const& m);
};
using rejects_push_referrer = user<wrong_push_referrer>;  // r\.push_referrer\(ref, m\)
}  // namespace acrx::testing
