// Lets the programs of a step use an SSH agent of this machine: `RUN --mount=type=ssh`.
#ifndef ACRX_BUILD_SSH_AGENT_RELAY_HPP
#define ACRX_BUILD_SSH_AGENT_RELAY_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/build/plan.hpp>
#include <acrx/core/config.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>

namespace acrx {
/// A socket that passes requests on to an agent: to list keys and to sign, and nothing that would change the agent.
/// (draft-miller-ssh-agent: SSH_AGENTC_REQUEST_IDENTITIES, SSH_AGENTC_SIGN_REQUEST; the rest is answered by a failure.)
///
/// The socket is there from the construction on. For one strand; must stay in place while `serve` is awaited.
class ssh_agent_relay
{
public:
    /// @param folder  an empty folder, for the socket; the caller removes it
    /// @param look    owner and mode of the socket
    /// @throws error  (`errc::not_found`) if the agent's socket, or a key file, is not there
    ACRX_DECL ssh_agent_relay(net::any_io_executor const& host, ssh_agent_source agent, std::filesystem::path folder,
                              agent_socket const& look);
    ACRX_DECL ssh_agent_relay(ssh_agent_relay&&) noexcept;
    ACRX_DECL ~ssh_agent_relay();

    /// The socket to show to the step.
    ACRX_DECL std::filesystem::path socket() const;
    /// Answers requests, several at once, until cancelled. For keys, starts an agent of their own: `ssh-agent`.
    /// @throws error if that agent cannot be started or refuses a key
    ACRX_DECL net::awaitable<void> serve();

private:
    struct state;
    std::unique_ptr<state> state_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/ssh_agent_relay.ipp>
#endif
#endif
