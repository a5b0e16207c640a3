// The context source for an archive behind an http or https URL.
#ifndef ACRX_CONTEXT_REMOTE_TARBALL_HPP
#define ACRX_CONTEXT_REMOTE_TARBALL_HPP

#include <acrx/context/context_source.hpp>
#include <acrx/context/location.hpp>
#include <acrx/core/config.hpp>
#include <acrx/http/client.hpp>
#include <acrx/io/archive_reader.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>

namespace acrx {
/// How much the archive of a build context may hold.
inline constexpr archive_limits context_limits{.entries = 2'000'000, .content_bytes = std::uint64_t{64} << 30, .ratio = 1'000};

/// How archives are downloaded.
struct download_options
{
    http_options http;
    archive_limits limits = context_limits;
    int tries = 3;                          ///< in all
    std::chrono::milliseconds pause{250};  ///< before the second try; doubles each time, up to 5 s
};

/// Unpacks the archive while it is downloaded: tar, plain or compressed with gzip, bzip2, xz or zstd, and zip, by its
/// content. A text is a Dockerfile, and the context empty.
///
/// Connections that break and answers 5xx are tried again; credentials of the URL stay with its host on a redirect.
/// @par Thread safety
/// Distinct objects: safe. One object: one strand.
class remote_tarball
{
public:
    static constexpr std::string_view scheme = "http";

    explicit remote_tarball(web_location where, download_options options = {})
        : where_(std::move(where)), options_(std::move(options))
    {}

    /// @throws error (`errc::unavailable`, `not_found`, `unauthorized`, `denied`, `protocol`) with the server's words,
    ///         (`errc::damaged`) for what is no context or passes a limit, (`errc::outside_root`) for names that lead out
    ACRX_DECL net::awaitable<build_context> fetch(std::filesystem::path const& into);

private:
    ACRX_DECL net::awaitable<build_context> fetch_once(std::filesystem::path into);

    web_location where_;
    download_options options_;
};
static_assert(context_source<remote_tarball>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/remote_tarball.ipp>
#endif
#endif
