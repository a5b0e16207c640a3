// Bodies of build/import_layout.hpp.
#ifndef ACRX_BUILD_IMPL_IMPORT_LAYOUT_IPP
#define ACRX_BUILD_IMPL_IMPORT_LAYOUT_IPP
#include <acrx/build/import_layout.hpp>
#include <acrx/core/error.hpp>
#include <acrx/image/manifest.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/scratch_file.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace acrx {
namespace detail {
inline constexpr std::uint64_t largest_layout_document = std::uint64_t{16} << 20;  ///< bytes

inline std::filesystem::path blob_in(layout_location const& from, digest const& id)
{
    return from.folder / "blobs" / id.algorithm() / id.encoded();
}

/// Copies one blob into the store, and looks whether it is what its name says.
inline void import_blob(layout_location const& from, digest const& id, oci_layout& store, std::stop_token const& stop)
{
    if (store.contains(id))
        return;
    auto const path = blob_in(from, id);
    scratch_file const fresh(store.temporary());
    unique_fd const in(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!in)
        throw error(errc::not_found, "reading the image layout " + from.folder.string() + ": blob " + id.str());
    unique_fd const out(::open(fresh.path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (!out)
        throw_file_errno("writing " + fresh.path().string());
    sha256 hash;
    std::vector<std::byte> buffer(std::size_t{1} << 20);
    while (auto const size = ::read(in.get(), buffer.data(), buffer.size())) {
        if (size < 0)
            throw_file_errno("reading " + path.string());
        if (stop.stop_requested())
            throw error(errc::canceled, "reading " + path.string());
        auto const bytes = std::span<std::byte const>(buffer).first(static_cast<std::size_t>(size));
        hash.update(bytes);
        write_all(out.get(), bytes, fresh.path());
    }
    if (auto const found = hash.finish(); found != id)
        throw error(errc::digest_mismatch,
                    "reading " + path.string() + ": expected " + id.str() + ", got " + found.str());
    store.adopt(fresh.path(), id);
}

inline digest choose_image(layout_location const& from, image_index const& index)
{
    auto const annotation = [](descriptor const& d, char const* name) {
        auto const found = d.annotations.find(name);
        return found == d.annotations.end() ? std::string() : found->second;
    };
    auto const wanted = from.tag.empty() ? std::string("latest") : from.tag;
    std::string tags;
    for (auto const& entry : index.manifests) {
        auto const tag = annotation(entry, "org.opencontainers.image.ref.name");
        bool const is_named = tag == wanted || annotation(entry, "io.containerd.image.name") == wanted;
        if (from.digest.empty() ? is_named : entry.digest == from.digest)
            return entry.digest;
        tags += (tags.empty() || tag.empty() ? "" : ", ") + tag;
    }
    bool const is_one = std::all_of(index.manifests.begin(), index.manifests.end(),
                                    [&](auto const& entry) { return entry.digest == index.manifests.front().digest; });
    if (from.tag.empty() && from.digest.empty() && !index.manifests.empty() && is_one)
        return index.manifests.front().digest;
    throw error(errc::not_found,
                "the image layout " + from.folder.string() + " has no image "
                    + (from.digest.empty() ? "\"" + wanted + "\"" : from.digest.str()),
                tags.empty() ? "" : "It has the tags " + tags + ".");
}
}  // namespace detail

ACRX_DECL digest import_manifests(layout_location const& from, oci_layout& store)
{
    auto const text = read_file_if_exists(from.folder / "index.json", detail::largest_layout_document);
    if (!text || !std::filesystem::exists(from.folder / "oci-layout"))
        throw error(
            errc::not_found, from.folder.string() + " is no OCI image layout",
            "It is a folder with the files oci-layout and index.json, as --output type=oci,tar=false writes it.");
    bool const is_blob = !from.digest.empty() && std::filesystem::exists(detail::blob_in(from, from.digest));
    auto const chosen = is_blob ? from.digest : detail::choose_image(from, parse_index(*text, media_type::oci_index));
    std::vector<digest> pending{chosen};
    while (!pending.empty()) {
        auto const id = pending.back();
        pending.pop_back();
        // An index may list platforms whose manifests are not there.
        if (id != chosen && !std::filesystem::exists(detail::blob_in(from, id)))
            continue;
        detail::import_blob(from, id, store, {});
        auto const bytes = read_file(store.blob_path(id), detail::largest_layout_document);
        auto const type = manifest_media_type(bytes, {});
        if (media_type::is_index(type)) {
            for (auto const& entry : parse_index(bytes, type).manifests)
                pending.push_back(entry.digest);
            continue;
        }
        auto const config = parse_manifest(bytes, type).config;
        detail::import_blob(from, config.digest, store, {});
    }
    return chosen;
}

ACRX_DECL void import_blobs(layout_location const& from, std::span<descriptor const> blobs, oci_layout& store,
                            std::stop_token stop)
{
    for (auto const& blob : blobs)
        if (blob.urls.empty() || std::filesystem::exists(detail::blob_in(from, blob.digest)))
            detail::import_blob(from, blob.digest, store, stop);
}
}  // namespace acrx
#endif
