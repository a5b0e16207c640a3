// Models that each break one requirement of the concept container_executor; beside each what the message must name.
#include <support/archetypes/container_executor.hpp>

namespace acrx::testing {
template<container_executor Model>
struct user
{};

// Rejects a container executor whose networks belong to no run.
struct wrong_make_network : container_executor_archetype
{
    net::awaitable<void> make_network(network_spec const& network);
};
using rejects_make_network = user<wrong_make_network>;  // e\.make_network\(run, network\)

// Rejects a container executor that knows one port a step.
struct wrong_published_ports : container_executor_archetype
{
    net::awaitable<published_port> published_ports(step_key const& key);
};
using rejects_published_ports = user<wrong_published_ports>;  // e\.published_ports\(key\)

// Rejects a container executor that ends runs in the background.
struct wrong_end_run : container_executor_archetype
{
    void end_run(std::string const& run);
};
using rejects_end_run = user<wrong_end_run>;  // e\.end_run\(run\)

// Rejects a container executor that does not say what it reaped.
struct wrong_reap : container_executor_archetype
{
    net::awaitable<void> reap();
};
using rejects_reap = user<wrong_reap>;  // e\.reap\(\)
}  // namespace acrx::testing
