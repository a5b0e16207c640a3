// Bodies of snapshot/extract_archive.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_EXTRACT_ARCHIVE_IPP
#define ACRX_SNAPSHOT_IMPL_EXTRACT_ARCHIVE_IPP
#include <acrx/core/error.hpp>
#include <acrx/io/decompressor.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>
#include <acrx/snapshot/detail/read_layer.hpp>
#include <acrx/snapshot/extract_archive.hpp>
#include <acrx/snapshot/path_order.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
/// Without `.`, empty parts and slashes at the ends; `..` stops at the root.
inline std::string clamp_path(std::string_view path)
{
    std::string result;
    while (!path.empty()) {
        auto const slash = std::min(path.find('/'), path.size());
        auto const part = path.substr(0, slash);
        path.remove_prefix(std::min(slash + 1, path.size()));
        if (part == "..")
            result.resize(folder_of(result).size());
        else if (!part.empty() && part != ".")
            result += (result.empty() ? "" : "/") + std::string(part);
    }
    return result;
}

/// The plain bytes of an archive, as long as they keep within the ratio.
class archive_bytes
{
public:
    archive_bytes(std::filesystem::path const& file, std::uint64_t ratio, std::stop_token stop)
        : in_(read_in_pieces(file), file.string(), formats::of_archives), name_(file.string()), ratio_(ratio),
          stop_(std::move(stop)), buffer_(256 * 1024)
    {}
    std::span<std::byte const> next()
    {
        constexpr std::uint64_t harmless = std::uint64_t(256) << 20;
        if (stop_.stop_requested())
            throw error(errc::canceled, "unpacking " + name_);
        auto const size = in_.read(buffer_);
        bytes_ += size;
        if (ratio_ != 0 && bytes_ > harmless && bytes_ / ratio_ > in_.consumed())
            throw error(errc::damaged, "unpacking " + name_ + ": it grows to more than " + std::to_string(ratio_)
                                           + " times its size",
                        "Such an archive is made to fill disks. If it is not, unpack it before the build, or in a "
                        "RUN step.");
        return std::span(buffer_).first(size);
    }

private:
    decompressor in_;
    std::string name_;
    std::uint64_t ratio_;
    std::stop_token stop_;
    std::vector<std::byte> buffer_;
    std::uint64_t bytes_ = 0;
};

/// Collects the entries of an archive; the content goes to files that have numbers for names.
class archive_extraction
{
public:
    archive_extraction(archive_reader& archive, std::filesystem::path into, std::string name)
        : archive_(archive), into_(std::move(into)), name_(std::move(name))
    {}

    void add(archive_entry_info const& from)
    {
        layer_item item;
        item.entry = to_layer_entry(from);
        auto& entry = item.entry;
        entry.path = clamp_path(from.path);
        if (entry.path.empty() && entry.type != entry_type::directory)
            return;
        if (entry.type == entry_type::hard_link) {
            auto const target = clean_path(from.link);
            if (!target)
                throw error(errc::outside_root, "unpacking " + name_ + ": the hard link \"" + from.path.substr(0, 200)
                                                    + "\" leads out of the archive");
            if (*target == entry.path)
                return;
            auto const found = items_.find(*target);
            if (found == items_.end() || found->second.entry.type == entry_type::directory)
                throw error(errc::damaged, "unpacking " + name_ + ": \"" + from.path.substr(0, 200)
                                               + "\" is a hard link to \"" + *target + "\", which is no file before it");
            entry.link = found->second.entry.type == entry_type::hard_link ? found->second.entry.link : *target;
        }
        make_way(entry);
        if (entry.type == entry_type::regular)
            item.file = write_content(entry).string();
        items_.insert_or_assign(entry.path, std::move(item));
    }

    std::vector<layer_item> take()
    {
        std::vector<layer_item> items;
        items.reserve(items_.size());
        order_links();
        for (auto& [path, item] : items_)
            items.push_back(std::move(item));
        return items;
    }

private:
    using item_map = std::map<std::string, layer_item, path_less>;

    /// What is not a folder takes the place of a folder with all in it; a file cannot have children.
    void make_way(layer_entry const& entry)
    {
        for (auto slash = entry.path.find('/'); slash != std::string::npos; slash = entry.path.find('/', slash + 1)) {
            auto const parent = items_.find(entry.path.substr(0, slash));
            if (parent != items_.end() && parent->second.entry.type != entry_type::directory
                && parent->second.entry.type != entry_type::symbolic_link)
                throw error(errc::damaged, "unpacking " + name_ + ": \"" + entry.path.substr(0, 200) + "\" lies in \""
                                               + parent->first.substr(0, 200) + "\", which is no folder");
        }
        auto const old = items_.find(entry.path);
        bool const is_folder = entry.type == entry_type::directory;
        if (old != items_.end() && !(is_folder && old->second.entry.type == entry_type::directory)) {
            hand_on(old->second);
            items_.erase(old);
        }
        if (is_folder)
            return;
        auto const prefix = entry.path + '/';
        for (auto at = items_.lower_bound(prefix); at != items_.end() && at->first.starts_with(prefix);) {
            hand_on(at->second);
            at = items_.erase(at);
        }
    }

    /// The other names of a file that is about to go keep its content.
    void hand_on(layer_item const& old)
    {
        layer_item* first = nullptr;
        for (auto& [path, item] : items_) {
            if (item.entry.type != entry_type::hard_link || item.entry.link != old.entry.path)
                continue;
            if (first != nullptr) {
                item.entry.link = first->entry.path;
                continue;
            }
            first = &item;
            auto name = item.entry.path;
            item = old;
            item.entry.path = std::move(name);
        }
    }

    /// A layer wants a link's target before the link: the first name of each file is made the file.
    void order_links()
    {
        std::map<std::string, std::string> moved;  // old place of the content, new place
        for (auto& [path, item] : items_) {
            if (item.entry.type != entry_type::hard_link)
                continue;
            auto const known = moved.find(item.entry.link);
            if (known != moved.end()) {
                item.entry.link = known->second;
                continue;
            }
            auto& target = items_.at(item.entry.link);
            if (!path_less{}(path, target.entry.path))
                continue;
            moved.emplace(target.entry.path, path);
            std::swap(item, target);
            std::swap(item.entry.path, target.entry.path);
            target.entry.link = path;
        }
    }

    std::filesystem::path write_content(layer_entry const& entry)
    {
        auto const file = into_ / std::to_string(++files_);
        unique_fd const out(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!out)
            throw_file_errno("unpacking " + name_);
        std::uint64_t end = 0;
        while (auto const piece = archive_.content()) {
            if (piece->offset != end && ::lseek(out.get(), static_cast<off_t>(piece->offset), SEEK_SET) < 0)
                throw_errno("unpacking " + name_);
            write_all(out.get(), piece->bytes, entry.path);
            end = piece->offset + piece->bytes.size();
        }
        if (end < entry.size && ::ftruncate(out.get(), static_cast<off_t>(entry.size)) != 0)
            throw_file_errno("unpacking " + name_);
        return file;
    }

    archive_reader& archive_;
    std::filesystem::path into_;
    std::string name_;
    item_map items_;
    std::uint64_t files_ = 0;
};
/// Whether a name promises a compressed tar: what is damaged under such a name is not meant to be copied as it is.
inline bool is_named_like_archive(std::string_view name)
{
    constexpr std::array<std::string_view, 11> endings{".tar.gz", ".tgz",    ".tar.bz2", ".tbz",     ".tbz2", ".tar.xz",
                                                       ".txz",    ".tar.zst", ".tzst",    ".tar.zstd", ".taz"};
    return std::ranges::any_of(endings, [&](std::string_view ending) { return name.ends_with(ending); });
}
}  // namespace detail

ACRX_DECL bool is_archive(std::filesystem::path const& file)
{
    std::array<std::byte, 512> block;
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0)
        throw_errno("reading " + file.string());
    if (!S_ISREG(status.st_mode))
        return false;
    decompressor in(read_in_pieces(file, 64 * 1024), file.string(), formats::of_archives);
    try {
        return in.read(block) == block.size() && archive_reader::is_header(block);
    } catch (error const& e) {
        if (e.code() == errc::damaged && !detail::is_named_like_archive(file.filename().string()))
            return false;  // compressed, or looks so, but is no archive that could be unpacked
        throw;
    }
}

ACRX_DECL std::vector<layer_item> extract_archive(std::filesystem::path const& archive,
                                                  std::filesystem::path const& into, archive_limits const& limits,
                                                  std::stop_token stop)
{
    detail::archive_bytes bytes(archive, limits.ratio, std::move(stop));
    archive_reader reader([&] { return bytes.next(); }, archive.string(), limits);
    detail::archive_extraction extraction(reader, into, archive.string());
    while (auto const* entry = reader.next())
        extraction.add(*entry);
    reader.drain();
    return extraction.take();
}
}  // namespace acrx
#endif
