// Reads an image that a builder wrote to a folder: its documents, and its files with their owners and modes.
#ifndef ACRX_TESTS_CONFORMANCE_BUILT_IMAGE_HPP
#define ACRX_TESTS_CONFORMANCE_BUILT_IMAGE_HPP

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <archive.h>
#include <archive_entry.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <sys/stat.h>
#include <utility>
#include <vector>

namespace acrx::conformance {
/// A file as a layer describes it; read with libarchive, not with acrx, which is what is judged here.
struct tree_entry
{
    std::string type;  ///< file, dir, link, fifo, device
    unsigned mode = 0;
    std::int64_t uid = 0;
    std::int64_t gid = 0;
    std::int64_t mtime = 0;  ///< seconds
    std::string content;
    std::string target;  ///< of a symbolic link
    std::map<std::string, std::string> xattrs;
    std::string inode;  ///< the same for hard links of one file
};
using file_tree = std::map<std::string, tree_entry>;  ///< by absolute path

inline std::string bytes_of(std::filesystem::path const& file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw std::runtime_error("cannot read " + file.string());
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

inline boost::json::value json_of(std::filesystem::path const& file)
{
    return boost::json::parse(bytes_of(file));
}

namespace detail {
inline std::string clean_path(std::string path)
{
    while (path.starts_with("./"))
        path.erase(0, 2);
    while (path.ends_with('/'))
        path.pop_back();
    return path == "." || path.empty() ? "/" : path.starts_with('/') ? path : "/" + path;
}

inline std::string type_of(archive_entry* entry)
{
    switch (archive_entry_filetype(entry)) {
    case AE_IFREG: return "file";
    case AE_IFDIR: return "dir";
    case AE_IFLNK: return "link";
    case AE_IFIFO: return "fifo";
    default: return "device";
    }
}

inline std::string content_of(archive* in, archive_entry* entry)
{
    std::string content(static_cast<std::size_t>(archive_entry_size(entry)), '\0');
    void const* piece = nullptr;
    std::size_t size = 0;
    for (la_int64_t offset = 0; archive_read_data_block(in, &piece, &size, &offset) == ARCHIVE_OK;)
        content.replace(static_cast<std::size_t>(offset), size, static_cast<char const*>(piece), size);
    return content;
}

inline tree_entry entry_of(archive* in, archive_entry* entry)
{
    tree_entry one;
    one.type = type_of(entry);
    one.mode = archive_entry_perm(entry);
    one.uid = archive_entry_uid(entry);
    one.gid = archive_entry_gid(entry);
    one.mtime = archive_entry_mtime(entry);
    one.inode = clean_path(archive_entry_pathname(entry));
    if (one.type == "link")
        one.target = archive_entry_symlink(entry);
    if (one.type == "file")
        one.content = content_of(in, entry);
    archive_entry_xattr_reset(entry);
    char const* name = nullptr;
    void const* value = nullptr;
    for (std::size_t size = 0; archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK;)
        one.xattrs[name] = std::string(static_cast<char const*>(value), size);
    return one;
}
}  // namespace detail

/// The entries of one layer in their order; whiteouts under their own names.
using layer_entries = std::vector<std::pair<std::string, tree_entry>>;

inline layer_entries read_layer(std::filesystem::path const& blob)
{
    auto const close = [](archive* in) { archive_read_free(in); };
    std::unique_ptr<archive, decltype(close)> const in(archive_read_new(), close);
    archive_read_support_filter_all(in.get());
    archive_read_support_format_tar(in.get());
    archive_read_support_format_empty(in.get());
    if (archive_read_open_filename(in.get(), blob.c_str(), 1 << 16) != ARCHIVE_OK)
        throw std::runtime_error(blob.string() + ": " + archive_error_string(in.get()));
    layer_entries found;
    std::map<std::string, tree_entry> files;
    archive_entry* entry = nullptr;
    int status = ARCHIVE_OK;
    while ((status = archive_read_next_header(in.get(), &entry)) == ARCHIVE_OK || status == ARCHIVE_WARN) {
        auto const path = detail::clean_path(archive_entry_pathname(entry));
        if (auto const* target = archive_entry_hardlink(entry)) {
            found.emplace_back(path, files.at(detail::clean_path(target)));
            continue;
        }
        found.emplace_back(path, detail::entry_of(in.get(), entry));
        if (found.back().second.type == "file")
            files[path] = found.back().second;
    }
    if (status != ARCHIVE_EOF)
        throw std::runtime_error(blob.string() + ": " + archive_error_string(in.get()));
    return found;
}

/// What one layer alone has; whiteouts are files whose names begin with `.wh.`.
inline file_tree tree_of(layer_entries const& layer)
{
    return {layer.begin(), layer.end()};
}

/// Puts a layer on top of a tree (OCI image 1.1, layer.md).
inline void apply_layer(layer_entries const& layer, file_tree& tree)
{
    auto const remove_below = [&tree](std::string const& folder) {
        auto const prefix = folder == "/" ? folder : folder + "/";
        for (auto at = tree.lower_bound(prefix); at != tree.end() && at->first.starts_with(prefix);)
            at = tree.erase(at);
    };
    for (auto const& [path, entry] : layer) {
        auto const slash = path.rfind('/');
        auto const folder = slash == 0 ? "/" : path.substr(0, slash);
        auto const name = path.substr(slash + 1);
        if (!name.starts_with(".wh."))
            continue;
        if (name == ".wh..wh..opq") {
            remove_below(folder);
            continue;
        }
        auto const hidden = (folder == "/" ? "" : folder) + "/" + name.substr(4);
        remove_below(hidden);
        tree.erase(hidden);
    }
    for (auto const& [path, entry] : layer) {
        if (path.substr(path.rfind('/') + 1).starts_with(".wh."))
            continue;
        if (entry.type != "dir")
            remove_below(path);
        tree[path] = entry;
    }
}

/// Layers that were read before, by digest: the base image is in nearly every result.
class layer_memory
{
public:
    layer_entries const& get(std::filesystem::path const& blob, std::string const& digest)
    {
        auto const [at, is_new] = layers_.try_emplace(digest);
        if (is_new)
            at->second = read_layer(blob);
        return at->second;
    }

private:
    std::map<std::string, layer_entries> layers_;
};

/// An image in a folder: an OCI image layout, or what skopeo calls a `dir:`.
struct built_image
{
    boost::json::value manifest;
    boost::json::value config;
    std::vector<file_tree> layers;  ///< each alone
    file_tree files;                ///< all together

    /// @param folder  its first image is read; attestations and further platforms are left aside
    built_image(std::filesystem::path const& folder, layer_memory& memory)
    {
        auto const is_layout = std::filesystem::exists(folder / "index.json");
        auto const blob = [&](boost::json::value const& descriptor) {
            auto const hex = std::string(descriptor.at("digest").as_string()).substr(7);
            return is_layout ? folder / "blobs/sha256" / hex : folder / hex;
        };
        manifest = json_of(folder / (is_layout ? "index.json" : "manifest.json"));
        while (manifest.as_object().contains("manifests"))
            manifest = json_of(blob(manifest.at("manifests").at(0)));
        config = json_of(blob(manifest.at("config")));
        for (auto const& layer : manifest.at("layers").as_array()) {
            auto const& entries = memory.get(blob(layer), std::string(layer.at("digest").as_string()));
            layers.push_back(tree_of(entries));
            apply_layer(entries, files);
        }
    }
};
}  // namespace acrx::conformance
#endif
