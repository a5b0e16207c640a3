// A blob on its way into a registry while it is still being made.
#ifndef ACRX_REGISTRY_BLOB_UPLOAD_HPP
#define ACRX_REGISTRY_BLOB_UPLOAD_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <memory>
#include <span>

namespace acrx {
namespace detail {
struct upload_session;
}

/// Takes the bytes of a blob whose digest is known only at its end. Holds up to one chunk (8 MiB) in memory, from
/// which it repeats what a broken connection lost.
///
/// After a failure only `abort` is useful; an upload that is neither committed nor aborted is forgotten by the
/// registry in its own time.
class blob_upload
{
public:
    ACRX_DECL explicit blob_upload(std::unique_ptr<detail::upload_session> session) noexcept;
    ACRX_DECL blob_upload(blob_upload&&) noexcept;
    ACRX_DECL blob_upload& operator=(blob_upload&&) noexcept;
    ACRX_DECL ~blob_upload();

    /// Adds bytes; waits only when a chunk is full.
    ACRX_DECL net::awaitable<void> append(std::span<std::byte const> bytes);
    /// Sends the rest; the blob is there when this returns.
    /// @throws error (`errc::digest_mismatch`) if the registry counts another digest
    ACRX_DECL net::awaitable<void> commit(digest blob);
    /// Gives up and tells the registry so, as far as it listens.
    ACRX_DECL net::awaitable<void> abort();

private:
    std::unique_ptr<detail::upload_session> session_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/registry/detail/distribution.hpp>  // which this needs, and which needs this
#endif
#endif
