// A way out of a network namespace for those who may make no bridges: slirp4netns, which answers for the machine's sockets.
#ifndef ACRX_EXECUTOR_DETAIL_USER_NETWORK_HPP
#define ACRX_EXECUTOR_DETAIL_USER_NETWORK_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/detail/network_namespace.hpp>
#include <acrx/executor/published_port.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace acrx::detail {
/// One slirp4netns for one namespace. It ends with the object, and with this process however that ends.
/// @par Thread safety  one strand
class user_network
{
public:
    /// The name server that it is for its namespace; it asks those of this machine.
    static constexpr char const* name_server = "10.0.2.3";

    /// Starts it, and waits until the namespace has its link and default route: some 20 milliseconds.
    /// @param folder  takes the socket that it listens on
    /// @throws error (`errc::not_found`) if it is not installed, (`errc::unavailable`) with its words if it ends
    static ACRX_DECL net::awaitable<user_network> start(network_namespace const& space, std::filesystem::path folder);
    ACRX_DECL user_network(user_network&&) noexcept;
    ACRX_DECL user_network& operator=(user_network&&) noexcept;
    ACRX_DECL ~user_network();

    /// Hands on what arrives at a port of this machine. @return what `withdraw` takes
    /// @throws error (`errc::unavailable`) if it refuses
    ACRX_DECL net::awaitable<std::int64_t> publish(published_port port);
    ACRX_DECL net::awaitable<void> withdraw(std::int64_t published);

private:
    struct running;
    explicit user_network(std::shared_ptr<running> process) noexcept;
    std::shared_ptr<running> process_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/user_network.ipp>
#endif
#endif
