// Objects by name under a URL: what answers GET and PUT, as S3, MinIO and WebDAV do.
#ifndef ACRX_HTTP_OBJECT_STORE_HPP
#define ACRX_HTTP_OBJECT_STORE_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/client.hpp>
#include <acrx/http/message.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace acrx {
/// Keeps objects below one URL. Sends the same headers with each request, for example an `Authorization`.
/// @par Thread safety  copies share the client's connections: one strand
class http_object_store
{
public:
    /// @param base  `https://host/bucket/prefix`, with or without a slash at the end
    explicit http_object_store(std::string base, http_client client = http_client(), http_headers headers = {})
        : base_(std::move(base)), client_(std::move(client)), headers_(std::move(headers))
    {}

    /// The object; nothing if there is none (404, 410).
    /// @throws error (`errc::unauthorized`, `denied`, `unavailable`, `protocol`) for another answer, or none
    ACRX_DECL net::awaitable<std::optional<std::string>> get(std::string name);
    /// @throws as `get`
    ACRX_DECL net::awaitable<void> put(std::string name, std::string bytes);

private:
    ACRX_DECL http_request request(std::string method, std::string const& name) const;

    std::string base_;
    http_client client_;
    http_headers headers_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/http/impl/object_store.ipp>
#endif
#endif
