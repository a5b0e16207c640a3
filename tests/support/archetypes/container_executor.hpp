// The smallest types that are container executors: what a template may ask of one, and of one that keeps images.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_CONTAINER_EXECUTOR_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_CONTAINER_EXECUTOR_HPP
#include <acrx/executor/container_executor.hpp>
#include <support/archetypes/step_executor.hpp>

namespace acrx::testing {
/// A step executor with the members that the concept adds, and no others; nothing is defined.
struct container_executor_archetype : step_executor_archetype
{
    net::awaitable<void> make_network(std::string const& run, network_spec const& network);
    net::awaitable<std::vector<published_port>> published_ports(step_key const& key);
    net::awaitable<void> end_run(std::string const& run);
    net::awaitable<std::vector<step_key>> reap();
};
static_assert(container_executor<container_executor_archetype>);

/// The same for one that has images of its own.
struct image_keeper_archetype : container_executor_archetype
{
    net::awaitable<bool> has_image(std::string const& name);
    net::awaitable<std::string> load(std::filesystem::path const& archive);
};
static_assert(image_keeper<image_keeper_archetype>);
}  // namespace acrx::testing
#endif
