// Bodies of registry/image_archive.hpp.
#ifndef ACRX_REGISTRY_IMPL_IMAGE_ARCHIVE_IPP
#define ACRX_REGISTRY_IMPL_IMAGE_ARCHIVE_IPP
#include <acrx/core/error.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/io/arriving_file.hpp>
#include <acrx/io/byte_source.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/tar_header.hpp>
#include <acrx/registry/detail/layout_names.hpp>
#include <acrx/registry/image_archive.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <fcntl.h>

#include <algorithm>
#include <map>
#include <span>
#include <system_error>
#include <utility>

namespace acrx {
namespace detail {
/// One member of an archive: bytes in memory, or a blob on disk.
struct archive_member
{
    std::string bytes;
    std::filesystem::path blob;  ///< empty for bytes in memory
    std::uint64_t size = 0;
};
/// Members by name, so in byte order; names that end in `/` are folders.
using archive_members = std::map<std::string, archive_member>;

inline std::string archive_name(digest const& id)
{
    return "blobs/" + std::string(id.algorithm()) + "/" + std::string(id.encoded());
}

inline void add_text(archive_members& members, std::string const& name, std::string text)
{
    auto const size = text.size();
    members[name] = {std::move(text), {}, size};
}

/// Collects what an image consists of.
class archive_contents
{
public:
    explicit archive_contents(oci_layout const& layout) : layout_(layout) { members_["blobs/"] = {}; }

    void add(descriptor const& blob)
    {
        auto const name = archive_name(blob.digest);
        if (members_.contains(name))
            return;
        if (!layout_.contains(blob.digest)) {
            // Layers that must not be distributed come from their own servers.
            if (blob.urls.empty())
                missing_.push_back(blob.digest.str());
            return;
        }
        members_["blobs/" + std::string(blob.digest.algorithm()) + "/"] = {};
        members_[name] = {{}, layout_.blob_path(blob.digest), blob.size};
        if (media_type::is_manifest(blob.media_type))
            add_parts(parse_manifest(layout_.read_blob(blob), blob.media_type));
        else if (media_type::is_index(blob.media_type))
            for (auto const& manifest : parse_index(layout_.read_blob(blob), blob.media_type).manifests)
                add(manifest);
    }

    archive_members take()
    {
        if (missing_.empty())
            return std::move(members_);
        std::string list;
        for (auto const& id : missing_)
            list += (list.empty() ? "" : ", ") + id;
        throw error(errc::not_found,
                    "writing an image archive: the image layout " + layout_.root().string() + " does not hold " + list,
                    "Pull the image with all of its layers first.");
    }

private:
    void add_parts(manifest const& image)
    {
        add(image.config);
        for (auto const& layer : image.layers)
            add(layer);
    }

    oci_layout const& layout_;
    archive_members members_;
    std::vector<std::string> missing_;
};

inline std::string archive_index(descriptor const& image, std::vector<reference> const& names)
{
    image_index index;
    for (auto const& name : names) {
        auto entry = image;
        entry.annotations[full_name_annotation] = tag_name(name);
        entry.annotations[tag_annotation] = name.tag;
        index.manifests.push_back(std::move(entry));
    }
    if (names.empty())
        index.manifests.push_back(image);
    return to_document(index).bytes;
}

inline archive_members oci_members(oci_layout const& layout, descriptor const& image,
                                   std::vector<reference> const& names)
{
    archive_contents contents(layout);
    contents.add(image);
    auto members = contents.take();
    add_text(members, "index.json", archive_index(image, names));
    add_text(members, "oci-layout", std::string(layout_mark));
    return members;
}

/// `manifest.json` of `docker save`: one object an image, its paths inside the archive.
inline std::string docker_manifest_json(manifest const& image, std::vector<reference> const& names)
{
    boost::json::array tags;
    for (auto const& name : names) {
        auto untagged = name;
        untagged.tag.clear();
        untagged.digest = {};
        tags.emplace_back(familiar(untagged) + ":" + name.tag);
    }
    boost::json::array layers;
    for (auto const& layer : image.layers)
        layers.emplace_back(archive_name(layer.digest));
    boost::json::object entry;
    entry.emplace("Config", archive_name(image.config.digest));
    entry.emplace("RepoTags", std::move(tags));
    entry.emplace("Layers", std::move(layers));
    boost::json::array all;
    all.emplace_back(std::move(entry));
    return boost::json::serialize(all);
}

/// The image itself: of an index the one entry that is no attestation.
inline descriptor single_image(oci_layout const& layout, descriptor const& image)
{
    if (!media_type::is_index(image.media_type))
        return image;
    auto entries = parse_index(layout.read_blob(image), image.media_type).manifests;
    std::erase_if(entries, [](descriptor const& entry) { return entry.annotations.contains("vnd.docker.reference.type"); });
    if (entries.size() != 1 || !media_type::is_manifest(entries.front().media_type))
        throw error(errc::not_supported, "writing a Docker archive of " + image.digest.str() + ", an image index",
                    "Write an OCI archive (type=oci), or choose one platform.");
    return entries.front();
}

inline archive_members docker_members(oci_layout const& layout, descriptor const& image,
                                      std::vector<reference> const& names)
{
    auto const single = single_image(layout, image);
    auto members = oci_members(layout, image, names);
    auto const document = parse_manifest(layout.read_blob(single), single.media_type);
    add_text(members, "manifest.json", docker_manifest_json(document, names));
    return members;
}

/// Writes members as a tar, in large pieces.
class tar_file
{
public:
    /// @param name  for error texts
    tar_file(int open_file, std::string name) : file_(open_file), name_(std::move(name)) {}

    void add(std::string const& name, archive_member const& member, std::stop_token const& stop)
    {
        bool const folder = name.ends_with('/');
        append_tar_header({.name = name, .type = folder ? '5' : '0', .mode = folder ? 0755U : 0644U, .size = member.size},
                          waiting_);
        if (member.blob.empty())
            waiting_ += member.bytes;
        else
            add_blob(member, stop);
        waiting_.append(tar_padding(member.size), '\0');
        if (waiting_.size() >= copy_buffer)
            flush();
    }

    void finish()
    {
        waiting_.append(tar_end_size, '\0');
        flush();
    }

private:
    void add_blob(archive_member const& member, std::stop_token const& stop)
    {
        std::error_code failure;
        if (std::filesystem::file_size(member.blob, failure) != member.size || failure)
            throw error(errc::damaged,
                        "writing " + name_ + ": " + member.blob.string() + " has not the size that its manifest says");
        flush();
        auto const next_piece = read_in_pieces(member.blob, copy_buffer);
        for (auto piece = next_piece(); !piece.empty(); piece = next_piece()) {
            if (stop.stop_requested())
                throw error(errc::canceled, "writing " + name_);
            write_all(file_, piece, name_);
        }
    }

    void flush()
    {
        write_all(file_, std::as_bytes(std::span(waiting_)), name_);
        waiting_.clear();
    }

    int file_;
    std::string name_;
    std::string waiting_;
};

inline void write_tar(archive_members const& members, int open_file, std::string name, std::stop_token const& stop)
{
    tar_file tar(open_file, std::move(name));
    for (auto const& [member_name, member] : members)
        tar.add(member_name, member, stop);
    tar.finish();
}

inline void write_tar(archive_members const& members, std::filesystem::path const& file, std::stop_token const& stop)
{
    auto const name = "the image archive " + file.string();
    if (std::filesystem::exists(file) && !std::filesystem::is_regular_file(file)) {
        unique_fd const out(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
        if (!out)
            throw_file_errno("writing " + name);
        write_tar(members, out.get(), name, stop);
        return;
    }
    arriving_file out(file, 0644);
    write_tar(members, out.descriptor(), name, stop);
    out.keep();
}
/// Removes what was written to a folder that never got its name.
class folder_in_the_making
{
public:
    explicit folder_in_the_making(std::filesystem::path path) : path_(std::move(path)) {}
    folder_in_the_making(folder_in_the_making const&) = delete;
    folder_in_the_making& operator=(folder_in_the_making const&) = delete;
    ~folder_in_the_making()
    {
        std::error_code worse_happened;
        if (!path_.empty())
            std::filesystem::remove_all(path_, worse_happened);
    }
    void publish(std::filesystem::path const& name)
    {
        std::filesystem::remove(path_ / "ingest");
        std::filesystem::remove(path_ / "index.lock");
        if (::rename(path_.c_str(), name.c_str()) != 0)
            throw_file_errno("writing the image layout " + name.string());
        path_.clear();
    }

private:
    std::filesystem::path path_;
};

inline void add_to_layout(oci_layout& to, archive_members const& members, descriptor const& image,
                          std::vector<reference> const& names, std::stop_token const& stop)
{
    for (auto const& [name, member] : members) {
        if (stop.stop_requested())
            throw error(errc::canceled, "writing the image layout " + to.root().string());
        if (member.blob.empty())
            continue;
        auto const first = name.find('/') + 1;
        auto const second = name.find('/', first);
        auto const id = digest::parse(name.substr(first, second - first) + ":" + name.substr(second + 1));
        if (to.contains(id))
            continue;
        std::filesystem::create_directories(to.blob_path(id).parent_path());
        arriving_file copy(to.blob_path(id), to.temporary(), 0644);
        auto const next_piece = read_in_pieces(member.blob, copy_buffer);
        for (auto piece = next_piece(); !piece.empty(); piece = next_piece())
            copy.write(piece);
        copy.keep();
    }
    for (auto const& name : names)
        to.tag(name, image);
    if (names.empty())
        to.keep(image);
}
}  // namespace detail

ACRX_DECL void write_oci_folder(oci_layout const& layout, descriptor const& image, std::vector<reference> const& names,
                                std::filesystem::path const& folder, std::stop_token stop)
{
    detail::archive_contents contents(layout);
    contents.add(image);
    auto const members = contents.take();
    auto const name = folder.has_filename() ? folder : folder.parent_path();
    if (std::filesystem::exists(name) && !std::filesystem::is_empty(name)) {
        if (!std::filesystem::exists(name / "oci-layout"))
            throw error(errc::invalid_argument, "writing to " + name.string() + ": it is no image layout",
                        "Name a folder that is not there, is empty or holds an image layout.");
        oci_layout to(name);
        return detail::add_to_layout(to, members, image, names, stop);
    }
    auto const parent = name.has_parent_path() ? name.parent_path() : std::filesystem::path(".");
    auto const staging = temporary_name(parent, "." + name.filename().string());
    detail::folder_in_the_making made(staging);
    oci_layout to(staging);
    detail::add_to_layout(to, members, image, names, stop);
    made.publish(name);
}

ACRX_DECL void write_oci_archive(oci_layout const& layout, descriptor const& image, std::vector<reference> const& names,
                                 std::filesystem::path const& file, std::stop_token stop)
{
    detail::write_tar(detail::oci_members(layout, image, names), file, stop);
}

ACRX_DECL void write_oci_archive(oci_layout const& layout, descriptor const& image, std::vector<reference> const& names,
                                 int open_file, std::stop_token stop)
{
    detail::write_tar(detail::oci_members(layout, image, names), open_file, "writing an image archive", stop);
}

ACRX_DECL void write_docker_archive(oci_layout const& layout, descriptor const& image,
                                    std::vector<reference> const& names, std::filesystem::path const& file,
                                    std::stop_token stop)
{
    detail::write_tar(detail::docker_members(layout, image, names), file, stop);
}

ACRX_DECL void write_docker_archive(oci_layout const& layout, descriptor const& image,
                                    std::vector<reference> const& names, int open_file, std::stop_token stop)
{
    detail::write_tar(detail::docker_members(layout, image, names), open_file, "writing an image archive", stop);
}
}  // namespace acrx
#endif
