// The concept of a place that holds images.
#ifndef ACRX_REGISTRY_REGISTRY_CLIENT_HPP
#define ACRX_REGISTRY_REGISTRY_CLIENT_HPP

#include <acrx/core/awaits_to.hpp>
#include <acrx/core/byte_sink.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/descriptor.hpp>
#include <acrx/image/manifest.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/registry/image_resolver.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace acrx {
/// A blob on disk that is to be pushed.
struct blob_file
{
    std::filesystem::path path;
    descriptor content;
};

/// A type that speaks to a place that holds images.
///
/// | for `R r`, `reference ref`, `descriptor d`, `byte_sink sink`, `blob_file b`, `manifest_document m` | is | means |
/// |---|---|---|
/// | `r.resolve(ref)`           | `awaitable<std::optional<descriptor>>` | what the name stands for now; nothing if it is not there |
/// | `r.fetch_manifest(ref)`    | `awaitable<manifest_document>` | the document, its digest verified |
/// | `r.fetch_blob(ref, d, sink)` | `awaitable<void>` | streams the blob of repository `ref`; size and digest verified at the end |
/// | `r.has_blob(ref, digest)`  | `awaitable<bool>` | whether the repository of `ref` holds the blob |
/// | `r.push_blob(ref, b)`      | `awaitable<void>` | makes the repository hold the blob; sends nothing it already has |
/// | `r.mount_blob(ref, d, from)` | `awaitable<bool>` | takes the blob over from repository `from` of the same host; false if it has to be sent |
/// | `r.push_manifest(ref, m)`  | `awaitable<void>` | stores the document under the tag or digest of `ref` |
///
/// All may be called again and by several coroutines of one strand at once, stop soon when cancelled, and retry
/// transient failures themselves. `fetch_blob` throws `errc::digest_mismatch` after the last byte was given to
/// `sink` when the content is not what `d` says: only its return makes the bytes good. A reference's tag and digest
/// are not looked at where only its repository matters.
template<class R>
concept registry_client =
    image_resolver<R>
    && requires(R r, reference ref, descriptor d, digest id, byte_sink sink, blob_file b, manifest_document m, std::string from) {
           { r.fetch_manifest(ref) } -> awaits_to<manifest_document>;
           { r.fetch_blob(ref, d, sink) } -> awaits_to<void>;
           { r.has_blob(ref, id) } -> awaits_to<bool>;
           { r.push_blob(ref, b) } -> awaits_to<void>;
           { r.mount_blob(ref, d, from) } -> awaits_to<bool>;
           { r.push_manifest(ref, m) } -> awaits_to<void>;
       };

/// A registry client that also keeps what refers to a manifest (OCI distribution 1.1, referrers).
///
/// | for `R r` | is | means |
/// |---|---|---|
/// | `r.list_referrers(ref, subject, type)` | `awaitable<std::vector<descriptor>>` | the manifests of artifact type `type` about the manifest `subject` |
/// | `r.push_referrer(ref, m)` | `awaitable<void>` | stores a manifest that has a subject, so that `list_referrers` finds it |
template<class R>
concept referrer_client =
    registry_client<R> && requires(R r, reference ref, digest subject, std::string type, manifest_document m) {
        { r.list_referrers(ref, subject, type) } -> awaits_to<std::vector<descriptor>>;
        { r.push_referrer(ref, m) } -> awaits_to<void>;
    };
}  // namespace acrx
#endif
