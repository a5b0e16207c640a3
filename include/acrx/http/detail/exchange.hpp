// One request and its answer on one connection.
#ifndef ACRX_HTTP_DETAIL_EXCHANGE_HPP
#define ACRX_HTTP_DETAIL_EXCHANGE_HPP
// Only bodies include this: it brings Beast.
#include <acrx/http/detail/connection.hpp>

#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <exception>

namespace acrx::detail {
/// Gives a failure of the network the words of what was being done; leaves our own errors alone.
[[noreturn]] ACRX_DECL void rethrow_as(std::exception_ptr failure, std::string const& doing);

struct exchange
{
    exchange(std::shared_ptr<connection_pool> p, std::string k, std::unique_ptr<connection> l, http_request const& r)
        : pool(std::move(p)), key(std::move(k)), link(std::move(l)), doing(r.method + " " + redacted(r.target))
    {}

    /// Writes head and body; stops early when the server answers before the body is out.
    ACRX_DECL net::awaitable<void> send(http_request const& request, transfer_observer const& sent);
    ACRX_DECL net::awaitable<void> receive_head(http_request const& request);
    /// Reads what is left of the body, then gives the connection back.
    ACRX_DECL net::awaitable<void> read(byte_sink sink);
    /// The failure means that the caller, not the server, ended it.
    ACRX_DECL bool is_given_up(std::exception_ptr failure) const;

    net::awaitable<void> send_file(file_slice slice, transfer_observer const& sent);
    net::awaitable<void> parse_head(bool has_no_body);
    net::awaitable<void> read_plain(byte_sink const& sink);
    net::awaitable<void> read_chunked(byte_sink const& sink);
    void give_back();

    using parser_type = boost::beast::http::response_parser<boost::beast::http::buffer_body>;
    std::shared_ptr<connection_pool> pool;
    std::string key;
    std::unique_ptr<connection> link;
    std::string doing;  ///< `GET https://host/path`
    std::optional<parser_type> parser;
    http_response head;
    bool is_answered = false;   ///< a byte of the answer has arrived
    bool is_cut_short = false;  ///< the request was not sent to its end
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/http/impl/exchange.ipp>
#endif
#endif
