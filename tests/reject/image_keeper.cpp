// Models that each break one requirement of the concept image_keeper; beside each what the message must name.
#include <support/archetypes/container_executor.hpp>

namespace acrx::testing {
template<image_keeper Model>
struct user
{};

// Rejects an image keeper that blocks.
struct wrong_has_image : image_keeper_archetype
{
    bool has_image(std::string const& name);
};
using rejects_has_image = user<wrong_has_image>;  // e\.has_image\(name\)

// Rejects an image keeper that does not name what it loaded.
struct wrong_load : image_keeper_archetype
{
    net::awaitable<void> load(std::filesystem::path const& archive);
};
using rejects_load = user<wrong_load>;  // e\.load\(archive\)
}  // namespace acrx::testing
