// The registry client that speaks the distribution HTTP API (OCI distribution 1.1).
#ifndef ACRX_REGISTRY_DISTRIBUTION_CLIENT_HPP
#define ACRX_REGISTRY_DISTRIBUTION_CLIENT_HPP

#include <acrx/core/config.hpp>
#include <acrx/identity/credential_provider.hpp>
#include <acrx/registry/blob_upload.hpp>
#include <acrx/registry/detail/distribution.hpp>
#include <acrx/registry/registry_client.hpp>
#include <acrx/registry/registry_options.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
/// Speaks to any registry over HTTP.
///
/// Loopback hosts are tried with TLS first, then without; other hosts always use TLS unless `insecure` names them.
/// Mirrors serve pulls only. Transient failures are tried again as `retry` says, downloads and uploads go on where
/// they broke off. Errors name host and repository, and never hold a secret:
/// `errc::unauthorized`, `denied`, `not_found`, `rate_limited`, `unavailable`, `digest_mismatch`, `protocol`.
///
/// @tparam Credentials  who asks, per host
/// @par Thread safety
/// Distinct objects: safe. One object: one strand; all operations may run side by side on it.
template<credential_provider Credentials>
class basic_distribution_client
{
public:
    explicit basic_distribution_client(Credentials credentials, registry_options options = {});

    /// What the name stands for now; nothing if the registry does not have it.
    net::awaitable<std::optional<descriptor>> resolve(reference ref);
    /// The document under `ref`, its digest verified.
    net::awaitable<manifest_document> fetch_manifest(reference ref);
    /// Streams a blob to `sink`, size and digest verified when it returns.
    net::awaitable<void> fetch_blob(reference ref, descriptor blob, byte_sink sink);
    net::awaitable<bool> has_blob(reference ref, digest blob);
    /// Makes the repository hold the blob; one that it has already, or that is on its way, is not sent again.
    net::awaitable<void> push_blob(reference ref, blob_file blob);
    /// Takes the blob over from repository `from` of the same host; false if it has to be sent.
    net::awaitable<bool> mount_blob(reference ref, descriptor blob, std::string from);
    /// Stores the document under the digest of `ref`, else under its tag.
    net::awaitable<void> push_manifest(reference ref, manifest_document document);

    /// Starts to send a blob whose digest is not known yet.
    net::awaitable<blob_upload> begin_upload(reference ref);
    /// All tags of the repository, in the registry's order.
    net::awaitable<std::vector<std::string>> list_tags(reference ref);
    /// What refers to `subject`, by the referrers API or else by its fallback tag.
    /// @param artifact_type  empty for all
    net::awaitable<std::vector<descriptor>> list_referrers(reference ref, digest subject, std::string artifact_type = {});
    /// Stores a manifest that has a subject under its digest, and adds it to the fallback tag where the registry
    /// does not keep such lists itself.
    net::awaitable<void> push_referrer(reference ref, manifest_document document);

private:
    std::shared_ptr<detail::distribution> session_;
};
}  // namespace acrx

#include <acrx/registry/impl/distribution_client.hpp>
#endif
