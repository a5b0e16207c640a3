// Bodies of remote/context_parcel.hpp.
#ifndef ACRX_REMOTE_IMPL_CONTEXT_PARCEL_IPP
#define ACRX_REMOTE_IMPL_CONTEXT_PARCEL_IPP
#include <acrx/context/context_files.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/tar_header.hpp>
#include <acrx/remote/context_parcel.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

namespace acrx {
namespace detail {
inline bool is_sendable(entry_type type)
{
    return type == entry_type::regular || type == entry_type::directory || type == entry_type::symbolic_link;
}

/// The members of the tar, in their order.
inline std::vector<layer_item> items_of(context_parcel const& parcel)
{
    std::vector<layer_item> items;
    auto const take = [&items](layer_item item) {
        if (is_sendable(item.entry.type))
            items.push_back(std::move(item));
    };
    if (!parcel.root.empty()) {
        context_files const files(parcel.root, parcel.rules);
        for (auto& file : files.below(""))
            take(std::move(file.item));
        context_files const all(parcel.root, ignore_rules());
        for (auto const& name : parcel.kept)
            if (parcel.rules.excludes(name))
                if (auto found = all.find(name)) {
                    found->item.entry.path = name;  // which a link may have led elsewhere
                    take(std::move(found->item));
                }
    }
    for (auto const& [name, text] : parcel.added) {
        layer_item item;
        item.entry.path = name;
        item.entry.mode = 0644;
        item.entry.size = text.size();
        item.bytes = text;
        take(std::move(item));
    }
    return items;
}

/// Gives the tar of some items, a piece at a time.
class tar_of_items
{
public:
    explicit tar_of_items(std::vector<layer_item> items) : items_(std::move(items)) {}

    std::span<std::byte const> next()
    {
        text_.clear();
        if (content_ && left_ > 0)
            return next_of_file();
        if (content_)
            end_content();
        while (text_.size() < header_batch && at_ < items_.size() && !content_)
            begin(items_[at_++]);
        if (text_.empty() && !std::exchange(has_ended_, true))
            text_.append(tar_end_size, '\0');
        return std::as_bytes(std::span(text_));
    }

private:
    static constexpr std::size_t header_batch = std::size_t{64} << 10;

    void begin(layer_item const& item)
    {
        auto const& entry = item.entry;
        auto const name = entry.type == entry_type::directory ? entry.path + "/" : entry.path;
        bool const is_file = entry.type == entry_type::regular;
        tar_member const member{.name = name,
                                .link = entry.link,
                                .type = is_file ? '0' : entry.type == entry_type::directory ? '5' : '2',
                                .mode = entry.mode,
                                .size = is_file ? entry.size : 0,
                                .mtime = entry.mtime,
                                .xattrs = entry.xattrs};
        append_tar_header(member, text_);
        if (!is_file || entry.size == 0)
            return;
        left_ = entry.size;
        if (item.file.empty()) {
            text_ += item.bytes;
            text_.append(tar_padding(left_), '\0');
            return;
        }
        padding_ = static_cast<std::size_t>(tar_padding(left_));
        name_ = item.file;
        content_ = read_in_pieces(item.file);
    }

    std::span<std::byte const> next_of_file()
    {
        auto const piece = content_();
        if (piece.empty() || piece.size() > left_)
            throw_changed();
        left_ -= piece.size();
        return piece;
    }

    void end_content()
    {
        if (!content_().empty())
            throw_changed();
        content_ = {};
        text_.append(padding_, '\0');
    }

    [[noreturn]] void throw_changed() const
    {
        throw error(errc::damaged, "sending the context: \"" + name_ + "\" changed while it was read", "Try again once nothing writes to it.");
    }

    std::vector<layer_item> items_;
    std::size_t at_ = 0;
    std::string text_;  ///< headers, padding and short contents on their way
    byte_source content_;
    std::string name_;       ///< of the file whose content it is
    std::uint64_t left_ = 0; ///< bytes of it
    std::size_t padding_ = 0;
    bool has_ended_ = false;
};
}  // namespace detail

ACRX_DECL context_parcel parcel_of_folder(std::filesystem::path root, std::string const& dockerfile, std::vector<std::string> kept)
{
    auto const file = dockerfile.empty() ? std::string("Dockerfile") : dockerfile;
    context_parcel parcel{.root = std::move(root), .kept = std::move(kept)};
    parcel.rules = find_ignore_rules(parcel.root, parcel.root / file);
    auto const name = std::filesystem::path(file).filename().string();
    for (auto const& each : {file, file + ".dockerignore", name + ".dockerignore", std::string(".dockerignore")})
        if (std::find(parcel.kept.begin(), parcel.kept.end(), each) == parcel.kept.end())
            parcel.kept.push_back(each);
    return parcel;
}

ACRX_DECL byte_source open_parcel(context_parcel const& parcel)
{
    std::error_code missing;
    if (!parcel.root.empty() && std::filesystem::is_regular_file(parcel.root, missing))
        return read_in_pieces(parcel.root);
    auto const tar = std::make_shared<detail::tar_of_items>(detail::items_of(parcel));
    return [tar] { return tar->next(); };
}
}  // namespace acrx
#endif
