// Serves a metadata service on a socket, wherever in the machine's networks that is.
#ifndef ACRX_EXECUTOR_DETAIL_METADATA_LISTENER_HPP
#define ACRX_EXECUTOR_DETAIL_METADATA_LISTENER_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/metadata_service.hpp>
#include <acrx/io/unique_fd.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <string>

namespace acrx::detail {
/// Serves from its construction until `close` or its end. For one strand.
class metadata_listener
{
public:
    /// @param socket  listens, over IPv4
    ACRX_DECL metadata_listener(net::any_io_executor executor, unique_fd socket, metadata_service service);
    metadata_listener(metadata_listener const&) = delete;
    metadata_listener& operator=(metadata_listener const&) = delete;
    /// What is being answered may go on for a moment.
    ACRX_DECL ~metadata_listener();

    /// Where it is: `http://ADDRESS`, with a port other than 80.
    std::string const& origin() const noexcept { return origin_; }
    /// Cuts off what is being answered, and returns when nothing is any more.
    ACRX_DECL net::awaitable<void> close();

private:
    metadata_listener(net::ip::tcp::acceptor acceptor, metadata_service service);

    struct state;
    std::string origin_;
    std::shared_ptr<state> state_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/metadata_listener.ipp>
#endif
#endif
