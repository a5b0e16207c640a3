// What a distribution client does, without the type of its credentials.
#ifndef ACRX_REGISTRY_DETAIL_DISTRIBUTION_HPP
#define ACRX_REGISTRY_DETAIL_DISTRIBUTION_HPP

#include <acrx/core/byte_sink.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/descriptor.hpp>
#include <acrx/image/manifest.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/registry/blob_upload.hpp>
#include <acrx/registry/detail/registry_channel.hpp>
#include <acrx/registry/detail/upload_flow.hpp>
#include <acrx/registry/registry_client.hpp>
#include <acrx/registry/registry_options.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace acrx::detail {
/// The bytes of an upload, by offset; for `send_part` and `send_whole`.
using body_source = std::function<http_body(std::uint64_t offset, std::uint64_t length)>;

/// See `basic_distribution_client`. Uploads that it began share it.
class distribution : public std::enable_shared_from_this<distribution>
{
public:
    ACRX_DECL distribution(registry_options options, credential_finder find);

    ACRX_DECL net::awaitable<std::optional<descriptor>> resolve(reference ref);
    ACRX_DECL net::awaitable<manifest_document> fetch_manifest(reference ref);
    ACRX_DECL net::awaitable<void> fetch_blob(reference ref, descriptor blob, byte_sink sink);

    ACRX_DECL net::awaitable<bool> has_blob(reference ref, digest blob);
    ACRX_DECL net::awaitable<void> push_blob(reference ref, blob_file blob);
    ACRX_DECL net::awaitable<bool> mount_blob(reference ref, descriptor blob, std::string from);
    ACRX_DECL net::awaitable<blob_upload> begin_upload(reference ref);
    /// @return the registry keeps lists of referrers and has added this one
    ACRX_DECL net::awaitable<bool> push_manifest(reference ref, manifest_document document);

    ACRX_DECL net::awaitable<std::vector<std::string>> list_tags(reference ref);
    ACRX_DECL net::awaitable<std::vector<descriptor>> list_referrers(reference ref, digest subject, std::string artifact_type);
    ACRX_DECL net::awaitable<void> push_referrer(reference ref, manifest_document document);

    /// Does what `flow` says until it waits or is done.
    /// @param blob  empty while it is not known
    ACRX_DECL net::awaitable<void> drive(upload_flow& flow, upload_action action, reference ref, digest blob,
                                         body_source bytes, std::string doing);
    /// Ends a session that nobody will go on with.
    ACRX_DECL net::awaitable<void> discard(reference ref, std::string location, std::string doing);

private:
    struct download;

    registry_call call(reference const& ref, std::string path, bool is_push, std::string doing) const;
    std::vector<reference> places(reference const& ref) const;
    net::awaitable<std::optional<descriptor>> resolve_at(reference ref, std::string from);
    net::awaitable<manifest_document> fetch_manifest_at(reference ref, std::string from);
    std::vector<registry_call> ways_to(reference const& ref, descriptor const& blob, std::string const& doing) const;
    net::awaitable<void> fetch_blob_by(registry_call way, download& state);
    net::awaitable<bool> look_for(reference ref, digest blob, std::string doing);
    registry_call to_call(upload_action const& action, reference const& ref, digest const& blob, body_source const& bytes,
                          std::string const& doing) const;
    net::awaitable<std::vector<descriptor>> read_fallback(reference tag);
    net::awaitable<std::vector<http_response>> read_pages(registry_call request);

    registry_options options_;
    registry_channel channel_;
    gate uploads_;    ///< by blob: the same one goes up once
    gate transfers_;  ///< how many at once
    std::map<std::string, std::string> sessions_;  ///< opened by a mount that was not granted, by blob
};

/// `docker.io/library/alpine` as people write it, for error texts.
ACRX_DECL std::string shown(reference const& ref);
ACRX_DECL std::string shown_repository(reference const& ref);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/registry/impl/blob_upload.ipp>
#include <acrx/registry/impl/distribution_lists.ipp>
#include <acrx/registry/impl/distribution_pull.ipp>
#include <acrx/registry/impl/distribution_push.ipp>
#endif
#endif
