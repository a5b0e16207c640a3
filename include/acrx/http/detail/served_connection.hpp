// One accepted connection: reads requests, has them answered, and writes the answers, one after the other.
#ifndef ACRX_HTTP_DETAIL_SERVED_CONNECTION_HPP
#define ACRX_HTTP_DETAIL_SERVED_CONNECTION_HPP
// Only bodies include this: it brings Beast.
#include <acrx/http/client.hpp>  // before the next: its bodies bring that in
#include <acrx/http/detail/connection.hpp>
#include <acrx/http/detail/http_listener.hpp>
#include <acrx/http/served_request.hpp>
#include <acrx/http/server_options.hpp>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <memory>
#include <optional>

namespace acrx::detail {
/// What all connections of a listener share.
struct served_settings
{
    http_server_options options;
    http_service serve;
    std::shared_ptr<net::ssl::context> tls;  ///< null for plain HTTP
};

/// What is read at once of a request's body, and of a file that is sent; bytes.
inline constexpr std::size_t served_piece = std::size_t{64} << 10;

class served_connection
{
public:
    ACRX_DECL served_connection(served_settings const& settings, net::ip::tcp::socket socket, std::string peer);

    /// Ends when either side closes, or after an answer that closes.
    ACRX_DECL net::awaitable<void> run();
    /// Ends after the answer under way; at once if there is none.
    ACRX_DECL void finish() noexcept;
    std::string const& peer() const noexcept { return peer_; }

private:
    using parser_type = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

    net::awaitable<void> shake_hands();
    net::awaitable<void> serve_requests();
    /// @return whether there is a request
    net::awaitable<bool> read_head();
    served_request describe();
    net::awaitable<void> answer_one();
    net::awaitable<http_reply> ask_handler(served_request& request);
    net::awaitable<void> read_body(byte_sink sink, std::uint64_t limit);
    net::awaitable<void> read_pieces(byte_sink const& sink, std::uint64_t limit);
    net::awaitable<void> read_more_of_body();
    net::awaitable<void> refuse_head(unsigned status, std::string text);
    net::awaitable<void> write(http_reply& reply, bool is_head);
    net::awaitable<void> write_stream(body_writer& writer, bool is_chunked);
    net::awaitable<void> write_file(file_slice slice);
    net::awaitable<void> discard_rest();
    net::awaitable<void> close();
    std::string head_of(http_reply const& reply) const;

    served_settings const& settings_;
    std::string peer_;
    connection link_;
    std::shared_ptr<net::ssl::context> context_;  ///< kept while the connection uses it
    std::optional<parser_type> parser_;
    std::uint64_t written_ = 0;   ///< bytes of the answer's body
    bool is_body_read_ = false;   ///< nothing of the request's body is left
    bool is_body_begun_ = false;  ///< some of it is gone
    bool is_waiting_ = false;     ///< for the first byte of a request
    bool is_last_ = false;        ///< the connection ends with this answer
    bool is_broken_ = false;      ///< the request's body did not come to its end: nobody hears an answer
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/http/impl/served_connection.ipp>
#endif
#endif
