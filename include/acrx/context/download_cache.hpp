// Files of the web that were downloaded before, so that a server which still has the same is not asked to send it.
#ifndef ACRX_CONTEXT_DOWNLOAD_CACHE_HPP
#define ACRX_CONTEXT_DOWNLOAD_CACHE_HPP

#include <acrx/context/fetch_url.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/http/client.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>

namespace acrx {
/// A file of the web that now lies on this machine.
struct kept_download
{
    std::filesystem::path file;
    acrx::digest digest;                 ///< sha256 of the content
    std::uint64_t size = 0;              ///< bytes
    std::optional<time_point> modified;  ///< the server's `Last-Modified`
};

/// One folder with the content of each download by its digest, and a note for each URL of what it gave last.
/// URLs may hold secrets: only their digests are kept.
/// @par Thread safety
/// Distinct objects: safe, also in several processes on one folder. One object: one strand.
class download_cache
{
public:
    /// @param folder  made with the first download
    explicit download_cache(std::filesystem::path folder, http_options http = {})
        : folder_(std::move(folder)), client_(std::move(http))
    {}

    /// Asks the server, unless `wanted.checksum` is the sha256 of what the URL gave last.
    /// @param wanted  its `known_tag` is set here
    /// @throws error as `fetch_url` does
    ACRX_DECL net::awaitable<kept_download> get(url_request wanted);

private:
    std::filesystem::path content_of(digest const& id) const { return folder_ / id.encoded(); }

    std::filesystem::path folder_;
    http_client client_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/download_cache.ipp>
#endif
#endif
