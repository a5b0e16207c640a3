// The control group whose processes do not reach the metadata services of clouds.
#ifndef ACRX_EXECUTOR_CLOSED_GROUP_HPP
#define ACRX_EXECUTOR_CLOSED_GROUP_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/step_spec.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <string>

namespace acrx {
/// Makes the group and its firewall rules, for steps in the network of this machine, where no bridge keeps them in. Both
/// stay until the machine starts anew, for all processes that call this; needs root, the unified hierarchy of control
/// groups (also beside those of version 1), and iptables. Packets that a step makes up itself, below IP, pass.
/// @return the name of the group, for `enter_closed_group`
/// @throws error  that says what is missing
ACRX_DECL net::awaitable<std::string> make_closed_group();

/// Closes a port of this machine's loopback to the group as well, until the machine starts anew.
/// @throws error (`errc::unavailable`) with the words of iptables
ACRX_DECL net::awaitable<void> close_port(std::string group, std::uint16_t port);

/// Puts the group of a step in the network of this machine below another one; those in other networks stay as they are.
/// @param group  empty for none
ACRX_DECL void enter_closed_group(step_spec& spec, std::string const& group);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/closed_group.ipp>
#endif
#endif
