// The concept of what runs steps as containers that find each other in networks.
#ifndef ACRX_EXECUTOR_CONTAINER_EXECUTOR_HPP
#define ACRX_EXECUTOR_CONTAINER_EXECUTOR_HPP

#include <acrx/executor/step_executor.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace acrx {
/// A network that steps of one run may join.
struct network_spec
{
    std::string name;
    std::string driver = "bridge";
    bool ipv6 = false;
    bool operator==(network_spec const&) const = default;
};

/// A step executor with networks, whose runs leave nothing behind.
///
/// | for `E e`, `std::string run`, `network_spec network`, `step_key key` | is | means |
/// |---|---|---|
/// | `e.make_network(run, network)` | `awaitable<void>` | steps of the run may join it from now on; may wait for the first |
/// | `e.published_ports(key)` | `awaitable<std::vector<published_port>>` | where a running step is reached, host ports filled in |
/// | `e.end_run(run)` | `awaitable<void>` | kills the steps of the run that run, removes its networks; logs and records stay |
/// | `e.reap()` | `awaitable<std::vector<step_key>>` | removes what killed processes left; the steps that were lost by that |
///
/// `run` is the first part of the keys of its steps. `end_run` is not cut short by cancellation, and may be called again.
/// `reap` leaves alone what belongs to processes that live.
template<class E>
concept container_executor =
    step_executor<E> && requires(E e, std::string run, network_spec network, step_key key) {
        { e.make_network(run, network) } -> awaits_to<void>;
        { e.published_ports(key) } -> awaits_to<std::vector<published_port>>;
        { e.end_run(run) } -> awaits_to<void>;
        { e.reap() } -> awaits_to<std::vector<step_key>>;
    };

/// A container executor that keeps images itself: its steps name an `image` instead of a `root`.
///
/// | for `E e`, `std::string name`, `path archive` | is | means |
/// |---|---|---|
/// | `e.has_image(name)` | `awaitable<bool>` | whether steps can name the image |
/// | `e.load(archive)`   | `awaitable<std::string>` | takes the images of an archive of `docker save`; what it says of them |
template<class E>
concept image_keeper = container_executor<E> && requires(E e, std::string name, std::filesystem::path archive) {
    { e.has_image(name) } -> awaits_to<bool>;
    { e.load(archive) } -> awaits_to<std::string>;
};
}  // namespace acrx
#endif
