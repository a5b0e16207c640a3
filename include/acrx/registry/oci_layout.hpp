// The registry client that keeps images in a folder: an OCI image layout, and acrx's own store.
#ifndef ACRX_REGISTRY_OCI_LAYOUT_HPP
#define ACRX_REGISTRY_OCI_LAYOUT_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/files.hpp>
#include <acrx/registry/registry_client.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// One line of a layout's `index.json`.
struct layout_entry
{
    std::string name;    ///< a full reference, or any word; empty for an image without a name
    descriptor content;  ///< the manifest or index that has the name

    bool operator==(layout_entry const&) const = default;
};

/// An OCI image layout on disk (OCI image 1.1, image-layout.md).
///
/// One store of blobs for all repositories, so the domain and path of a reference matter only for its name.
/// Blobs of an image may be absent. What is half-written lies in `ingest/` and becomes visible by rename, after it
/// reached the disk; `index.json` is changed under a lock that ends with the process that holds it.
/// @par Thread safety
/// Any number of objects and processes may use one folder; one object may be used from many threads.
class oci_layout
{
public:
    /// Makes what is missing of the layout.
    /// @throws error if the folder cannot be made, or holds a layout of another version
    ACRX_DECL explicit oci_layout(std::filesystem::path root);
    std::filesystem::path const& root() const noexcept { return root_; }

    /// Where the blob is, or would be.
    ACRX_DECL std::filesystem::path blob_path(digest const& id) const;
    ACRX_DECL bool contains(digest const& id) const;
    /// A small blob, whole. @throws error (`errc::not_found`, `errc::digest_mismatch`)
    ACRX_DECL std::string read_blob(descriptor const& blob) const;
    /// Stores bytes that are in memory. @return their descriptor, of type `media_type`
    ACRX_DECL descriptor write_blob(std::string_view bytes, std::string_view media_type = {});
    /// A fresh name inside the layout for a blob that is being written; the file is the caller's.
    ACRX_DECL std::filesystem::path temporary() const;
    /// Takes over a finished file that lies on the same disk, such as one at `temporary()`.
    /// @param id  the digest of its content, which is believed
    ACRX_DECL void adopt(std::filesystem::path const& file, digest const& id);
    /// @return whether there was one
    ACRX_DECL bool remove_blob(digest const& id);
    /// Removes what processes that were killed have left in `ingest/`. @return how many bytes it took up
    ACRX_DECL std::uintmax_t remove_abandoned();

    /// All lines of `index.json`, in its order.
    ACRX_DECL std::vector<layout_entry> entries() const;
    /// What has this name. @param name  as in `layout_entry`
    ACRX_DECL std::optional<descriptor> find(std::string_view name) const;
    /// Gives the name to a manifest that is in the layout; takes it from the one that had it. A digest counts only where
    /// there is no tag.
    ACRX_DECL void tag(reference const& name, descriptor const& manifest);
    /// The same for any word.
    ACRX_DECL void tag(std::string const& name, descriptor const& manifest);
    /// Lists a manifest without a name; nothing happens if it is listed already.
    ACRX_DECL void keep(descriptor const& manifest);
    /// Takes away a name, or all entries of a digest. @return whether there was one
    ACRX_DECL bool untag(std::string_view name_or_digest);

    // The concept registry_client. They block on the disk for a few milliseconds at a time.
    ACRX_DECL net::awaitable<std::optional<descriptor>> resolve(reference ref);
    ACRX_DECL net::awaitable<manifest_document> fetch_manifest(reference ref);
    ACRX_DECL net::awaitable<void> fetch_blob(reference ref, descriptor blob, byte_sink sink);
    ACRX_DECL net::awaitable<bool> has_blob(reference ref, digest id);
    ACRX_DECL net::awaitable<void> push_blob(reference ref, blob_file blob);
    ACRX_DECL net::awaitable<bool> mount_blob(reference ref, descriptor blob, std::string from);
    ACRX_DECL net::awaitable<void> push_manifest(reference ref, manifest_document document);

private:
    ACRX_DECL image_index read_index() const;
    ACRX_DECL void write_index(image_index const& index);
    ACRX_DECL file_lock lock_index() const;
    ACRX_DECL void put_entry(descriptor entry, std::string_view name);
    ACRX_DECL std::optional<descriptor> describe_stored(digest const& id) const;

    std::filesystem::path root_;
};
static_assert(registry_client<oci_layout>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/registry/impl/oci_layout.ipp>
#endif
#endif
