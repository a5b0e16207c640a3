// One file from the web: what ADD does with a URL.
#ifndef ACRX_CONTEXT_FETCH_URL_HPP
#define ACRX_CONTEXT_FETCH_URL_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/http/client.hpp>
#include <acrx/http/message.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace acrx {
/// What to download, and how sure it must be the right thing.
struct url_request
{
    std::string url;        ///< may hold secrets in its user info and its query
    digest checksum = {};   ///< empty for any content
    std::string known_tag = {};  ///< an ETag: the same content is not sent again; empty asks for all
    http_headers headers = {};   ///< e.g. `Authorization`; left behind when a redirect leads to another host
    int tries = 3;
    std::chrono::milliseconds pause{250};  ///< before the second try; doubles each time
};

/// What came.
struct downloaded_file
{
    bool is_unchanged = false;  ///< the server says that `known_tag` is still right; nothing else is set but `entity_tag`
    acrx::digest digest;        ///< sha256 of the content
    std::uint64_t size = 0;     ///< bytes
    std::optional<time_point> modified;  ///< the server's `Last-Modified`
    std::string entity_tag;              ///< the server's `ETag`, as it is; empty if there is none
};

/// Downloads a URL into a file, which is made, or replaced when all of it has come.
/// @throws error (`errc::digest_mismatch`), (`errc::not_found`, `unauthorized`, `denied`, `unavailable`, `protocol`) with
///         the server's words; the file stays as it was
ACRX_DECL net::awaitable<downloaded_file> fetch_url(http_client client, url_request request, std::filesystem::path file);

/// The name of the file behind a URL: the last part of its path, decoded; nothing if it has none that can be a name.
ACRX_DECL std::optional<std::string> file_name_of_url(std::string_view url);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/fetch_url.ipp>
#endif
#endif
