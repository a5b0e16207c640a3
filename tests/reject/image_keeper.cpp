// Models that each break one requirement of the concept image_keeper; beside each what the message must name.
#include <acrx/executor/container_executor.hpp>
#include <support/archetypes/step_executor.hpp>

namespace acrx::testing {
template<image_keeper Model>
struct user
{};

struct archetype : step_executor_archetype
{
    net::awaitable<void> make_network(std::string const& run, network_spec const& network);
    net::awaitable<std::vector<published_port>> published_ports(step_key const& key);
    net::awaitable<void> end_run(std::string const& run);
    net::awaitable<std::vector<step_key>> reap();
    net::awaitable<bool> has_image(std::string const& name);
    net::awaitable<std::string> load(std::filesystem::path const& archive);
};
static_assert(image_keeper<archetype>);

// Rejects an image keeper that blocks.
struct wrong_has_image : archetype
{
    bool has_image(std::string const& name);
};
using rejects_has_image = user<wrong_has_image>;  // e\.has_image\(name\)

// Rejects an image keeper that does not name what it loaded.
struct wrong_load : archetype
{
    net::awaitable<void> load(std::filesystem::path const& archive);
};
using rejects_load = user<wrong_load>;  // e\.load\(archive\)
}  // namespace acrx::testing
