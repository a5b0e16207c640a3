// Bodies of registry/oci_layout.hpp.
#ifndef ACRX_REGISTRY_IMPL_OCI_LAYOUT_IPP
#define ACRX_REGISTRY_IMPL_OCI_LAYOUT_IPP
#include <acrx/core/error.hpp>
#include <acrx/image/json_reader.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/io/arriving_file.hpp>
#include <acrx/io/byte_source.hpp>
#include <acrx/io/files.hpp>
#include <acrx/registry/detail/layout_names.hpp>
#include <acrx/registry/oci_layout.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace acrx {
namespace detail {
inline constexpr std::size_t largest_whole_blob = 64U << 20;
inline constexpr std::size_t largest_manifest = 16U << 20;
inline constexpr std::size_t largest_index = 256U << 20;

inline std::string entry_name(descriptor const& entry)
{
    for (auto const* key : {full_name_annotation, tag_annotation})
        if (auto const found = entry.annotations.find(key); found != entry.annotations.end() && !found->second.empty())
            return found->second;
    return {};
}

inline descriptor without_name(descriptor entry)
{
    entry.annotations.erase(full_name_annotation);
    entry.annotations.erase(tag_annotation);
    return entry;
}

inline void make_folder(std::filesystem::path const& path)
{
    std::error_code failure;
    std::filesystem::create_directories(path, failure);
    if (failure)
        throw_errno(failure.value(), "making the folder " + path.string());
}

[[noreturn]] inline void throw_missing_blob(digest const& id, std::filesystem::path const& root)
{
    throw error(errc::not_found, "reading " + id.str() + " in the image layout " + root.string());
}

[[noreturn]] inline void throw_wrong_blob(digest const& id, std::filesystem::path const& file)
{
    if (id.algorithm() != "sha256")
        throw error(errc::not_supported, "verifying the content of " + id.str());
    throw error(errc::digest_mismatch, "reading " + id.str() + " from " + file.string(),
                "The file was changed or damaged after it was written: remove it and fetch or build it again.");
}

/// Hashes a stream and counts it, to be compared with what a descriptor promises.
class blob_check
{
public:
    void add(std::span<std::byte const> bytes)
    {
        hash_.update(bytes);
        size_ += bytes.size();
    }
    bool agrees_with(descriptor const& blob) { return size_ == blob.size && hash_.finish() == blob.digest; }

private:
    sha256 hash_;
    std::uint64_t size_ = 0;
};
}  // namespace detail

ACRX_DECL oci_layout::oci_layout(std::filesystem::path root) : root_(std::move(root))
{
    detail::make_folder(root_ / "blobs" / "sha256");
    detail::make_folder(root_ / "ingest");
    auto const mark = root_ / "oci-layout";
    if (auto const text = read_file_if_exists(mark, 4096)) {
        auto const doing = "reading " + mark.string();
        auto const object = detail::parse_json_object(*text, doing);
        auto const layout_version = detail::json_reader(object, doing).string("imageLayoutVersion");
        if (layout_version != "1.0.0")
            throw error(errc::not_supported, doing + ": image layout version \"" + layout_version.substr(0, 64) + "\"");
    } else {
        write_file(mark, detail::layout_mark, durability::synced);
    }
    if (!std::filesystem::exists(root_ / "index.json")) {
        auto const lock = lock_index();
        if (!std::filesystem::exists(root_ / "index.json"))
            write_index({});
    }
}

ACRX_DECL std::filesystem::path oci_layout::blob_path(digest const& id) const
{
    return root_ / "blobs" / id.algorithm() / id.encoded();
}

ACRX_DECL bool oci_layout::contains(digest const& id) const
{
    struct stat status
    {};
    return !id.empty() && ::stat(blob_path(id).c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

ACRX_DECL std::string oci_layout::read_blob(descriptor const& blob) const
{
    auto const path = blob_path(blob.digest);
    auto bytes = read_file_if_exists(path, detail::largest_whole_blob);
    if (!bytes)
        detail::throw_missing_blob(blob.digest, root_);
    if (bytes->size() != blob.size || digest_of(*bytes) != blob.digest)
        detail::throw_wrong_blob(blob.digest, path);
    return std::move(*bytes);
}

ACRX_DECL descriptor oci_layout::write_blob(std::string_view bytes, std::string_view media_type)
{
    descriptor blob;
    blob.media_type = media_type;
    blob.digest = digest_of(bytes);
    blob.size = bytes.size();
    if (contains(blob.digest))
        return blob;
    arriving_file file(blob_path(blob.digest), temporary(), 0644);
    file.write(std::as_bytes(std::span(bytes)));
    file.keep();
    return blob;
}

ACRX_DECL std::filesystem::path oci_layout::temporary() const
{
    return temporary_name(root_ / "ingest", "blob");
}

ACRX_DECL void oci_layout::adopt(std::filesystem::path const& file, digest const& id)
{
    auto finished = arriving_file::adopt(blob_path(id), file);
    if (contains(id))
        return;
    if (id.algorithm() != "sha256")
        detail::make_folder(blob_path(id).parent_path());
    finished.keep();
}

ACRX_DECL bool oci_layout::remove_blob(digest const& id)
{
    std::error_code failure;
    bool const removed = std::filesystem::remove(blob_path(id), failure);
    if (failure)
        throw_errno(failure.value(), "removing " + blob_path(id).string());
    return removed;
}

ACRX_DECL std::uintmax_t oci_layout::remove_abandoned()
{
    std::uintmax_t freed = 0;
    for (auto const& entry : std::filesystem::directory_iterator(root_ / "ingest")) {
        std::error_code gone;  // another process may remove it at the same time
        auto const size = entry.file_size(gone);
        if (is_abandoned(entry.path().filename().string()) && std::filesystem::remove(entry.path(), gone))
            freed += size;
    }
    return freed;
}

ACRX_DECL image_index oci_layout::read_index() const
{
    auto const path = root_ / "index.json";
    auto const bytes = read_file_if_exists(path, detail::largest_index);
    if (!bytes)
        return {};
    try {
        return parse_index(*bytes, media_type::oci_index);
    } catch (error const& e) {
        std::string const why = e.what();
        throw error(e.code(), "reading " + path.string() + ": " + why.substr(0, why.rfind(": " + e.code().message())),
                    "Remove or mend that file; the blobs beside it are not affected.");
    }
}

ACRX_DECL void oci_layout::write_index(image_index const& index)
{
    write_file(root_ / "index.json", to_document(index).bytes, durability::synced);
}

ACRX_DECL file_lock oci_layout::lock_index() const
{
    return file_lock(root_ / "index.lock");
}

ACRX_DECL std::vector<layout_entry> oci_layout::entries() const
{
    std::vector<layout_entry> result;
    for (auto const& entry : read_index().manifests)
        result.push_back({detail::entry_name(entry), detail::without_name(entry)});
    return result;
}

ACRX_DECL std::optional<descriptor> oci_layout::find(std::string_view name) const
{
    for (auto& [entry_name, content] : entries())
        if (!name.empty() && entry_name == name)
            return content;
    return std::nullopt;
}

ACRX_DECL void oci_layout::tag(reference const& name, descriptor const& manifest)
{
    auto entry = detail::without_name(manifest);
    auto const full = name.tag.empty() ? to_string(name) : detail::tag_name(name);
    entry.annotations[detail::full_name_annotation] = full;
    if (!name.tag.empty())
        entry.annotations[detail::tag_annotation] = name.tag;
    put_entry(std::move(entry), full);
}

ACRX_DECL void oci_layout::tag(std::string const& name, descriptor const& manifest)
{
    auto entry = detail::without_name(manifest);
    entry.annotations[detail::full_name_annotation] = name;
    entry.annotations[detail::tag_annotation] = name;
    put_entry(std::move(entry), name);
}

ACRX_DECL void oci_layout::keep(descriptor const& manifest)
{
    put_entry(detail::without_name(manifest), {});
}

ACRX_DECL void oci_layout::put_entry(descriptor entry, std::string_view name)
{
    if (!contains(entry.digest))
        detail::throw_missing_blob(entry.digest, root_);
    auto const is_done = [&](image_index const& index) {
        return std::ranges::any_of(index.manifests, [&](descriptor const& present) {
            return name.empty() ? present.digest == entry.digest : present == entry;
        });
    };
    if (is_done(read_index()))
        return;
    auto const lock = lock_index();
    auto index = read_index();
    if (is_done(index))
        return;
    std::erase_if(index.manifests, [&](descriptor const& present) {
        auto const present_name = detail::entry_name(present);
        return present_name.empty() ? present.digest == entry.digest : present_name == name;
    });
    index.manifests.push_back(std::move(entry));
    write_index(index);
}

ACRX_DECL bool oci_layout::untag(std::string_view name_or_digest)
{
    if (name_or_digest.empty())
        return false;
    auto const lock = lock_index();
    auto index = read_index();
    auto const removed = std::erase_if(index.manifests, [&](descriptor const& present) {
        return detail::entry_name(present) == name_or_digest || present.digest.str() == name_or_digest;
    });
    if (removed != 0)
        write_index(index);
    return removed != 0;
}

ACRX_DECL std::optional<descriptor> oci_layout::describe_stored(digest const& id) const
{
    auto const bytes = read_file_if_exists(blob_path(id), detail::largest_manifest);
    if (!bytes)
        return std::nullopt;
    descriptor manifest;
    manifest.media_type = manifest_media_type(*bytes, {});
    manifest.digest = id;
    manifest.size = bytes->size();
    return manifest;
}

ACRX_DECL net::awaitable<std::optional<descriptor>> oci_layout::resolve(reference ref)
{
    co_return ref.digest.empty() ? find(to_string(ref)) : describe_stored(ref.digest);
}

ACRX_DECL net::awaitable<manifest_document> oci_layout::fetch_manifest(reference ref)
{
    auto const found = co_await resolve(ref);
    if (!found)
        throw error(errc::not_found, "looking for " + to_string(ref) + " in the image layout " + root_.string());
    manifest_document document;
    document.bytes = read_blob(*found);
    document.digest = found->digest;
    document.media_type = manifest_media_type(document.bytes, found->media_type);
    co_return document;
}

ACRX_DECL net::awaitable<void> oci_layout::fetch_blob(reference, descriptor blob, byte_sink sink)
{
    if (!contains(blob.digest))
        detail::throw_missing_blob(blob.digest, root_);
    auto const next_piece = read_in_pieces(blob_path(blob.digest));
    detail::blob_check check;
    for (auto piece = next_piece(); !piece.empty(); piece = next_piece()) {
        check.add(piece);
        co_await sink(piece);
    }
    if (!check.agrees_with(blob))
        detail::throw_wrong_blob(blob.digest, blob_path(blob.digest));
}

ACRX_DECL net::awaitable<bool> oci_layout::has_blob(reference, digest id)
{
    co_return contains(id);
}

ACRX_DECL net::awaitable<void> oci_layout::push_blob(reference, blob_file blob)
{
    auto const& id = blob.content.digest;
    if (contains(id))
        co_return;
    auto const next_piece = read_in_pieces(blob.path);
    arriving_file copy(blob_path(id), temporary(), 0644);
    detail::blob_check check;
    for (auto piece = next_piece(); !piece.empty(); piece = next_piece()) {
        check.add(piece);
        copy.write(piece);
        co_await net::post(net::use_awaitable);  // others have their turn, and cancellation is seen
    }
    if (!check.agrees_with(blob.content))
        detail::throw_wrong_blob(id, blob.path);
    copy.keep();
}

ACRX_DECL net::awaitable<bool> oci_layout::mount_blob(reference, descriptor blob, std::string)
{
    co_return contains(blob.digest);
}

ACRX_DECL net::awaitable<void> oci_layout::push_manifest(reference ref, manifest_document document)
{
    auto const id = digest_of(document.bytes);
    if (id != document.digest || (!ref.digest.empty() && id != ref.digest))
        throw error(errc::digest_mismatch, "storing the manifest of " + to_string(ref));
    auto const stored = write_blob(document.bytes, document.media_type);
    if (!ref.tag.empty())
        tag(ref, stored);
    co_return;
}
}  // namespace acrx
#endif
