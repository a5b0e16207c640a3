// What an HTTP server is asked and what it answers, as values; a handler turns the one into the other.
#ifndef ACRX_HTTP_SERVED_REQUEST_HPP
#define ACRX_HTTP_SERVED_REQUEST_HPP

#include <acrx/core/awaits_to.hpp>
#include <acrx/core/byte_sink.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/message.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace acrx {
/// A request whose head has arrived; its body arrives while it is read.
struct served_request
{
    std::string method;
    std::string target;  ///< path and query, byte for byte
    http_headers headers;
    std::string peer;        ///< address of the other end, without port
    bool is_secure = false;  ///< came over TLS
    std::optional<std::uint64_t> length = {};  ///< of the body in bytes, if it was announced
    /// Streams the body, once. @param limit  bytes
    /// @throws http_refusal (413, 400), what the sink throws, and network errors, after which nobody hears the answer
    std::function<net::awaitable<void>(byte_sink, std::uint64_t)> read_body = {};

    /// The target before `?`, as it was sent.
    ACRX_DECL std::string_view path() const;
    /// The parameters of the query in their order, decoded; `+` is a space.
    ACRX_DECL std::vector<std::pair<std::string, std::string>> query() const;
    /// The first value of a parameter; names compare without regard to case, as ARM does it.
    ACRX_DECL std::optional<std::string> parameter(std::string_view name) const;
};

/// Writes a body piece by piece into the sink that it is given; ends when it returns.
using body_writer = std::function<net::awaitable<void>(byte_sink)>;

/// An answer. `Content-Length`, `Transfer-Encoding`, `Connection`, `Date` and `Server` are added when it is sent.
struct http_reply
{
    unsigned status = 200;
    http_headers headers = {};
    std::variant<std::monostate, std::string, file_slice, body_writer> body = {};
};

/// An error that is answered with a status of HTTP.
class http_refusal : public error
{
public:
    /// @param text  for the client: never a secret
    http_refusal(unsigned status, error_code code, std::string const& text, std::string advice = {})
        : error(code, text, std::move(advice)), status_(status)
    {}
    http_refusal(unsigned status, errc code, std::string const& text, std::string advice = {})
        : http_refusal(status, make_error_code(code), text, std::move(advice))
    {}
    unsigned status() const noexcept { return status_; }

private:
    unsigned status_;
};

/// A type that answers requests.
///
/// | for `H handler`, `served_request& r` | is                         | means       |
/// |--------------------------------------|----------------------------|-------------|
/// | `handler(r)`                         | an `awaitable<http_reply>` | answers `r` |
///
/// Calls may overlap. A call stops soon when cancelled, which happens when the server stops. `r` lives until the answer
/// is out, so a `body_writer` may refer to it. An `http_refusal` is answered with its status and text, any other
/// exception with 500 and no text.
/// @see basic_http_server
template<class H>
concept http_handler = std::move_constructible<H> && requires(H handler, served_request& r) {
    { handler(r) } -> awaits_to<http_reply>;
};

/// The whole body as a text. @param limit  bytes @throws as `served_request::read_body`
ACRX_DECL net::awaitable<std::string> read_text(served_request& request, std::size_t limit);
/// An answer of one text.
ACRX_DECL http_reply text_reply(unsigned status, std::string text,
                                std::string_view type = "text/plain; charset=utf-8");
/// `Not Found` for 404; empty for a status that HTTP does not name.
ACRX_DECL std::string_view reason_phrase(unsigned status);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/http/impl/served_request.ipp>
#endif
#endif
