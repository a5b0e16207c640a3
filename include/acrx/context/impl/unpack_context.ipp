// Bodies of context/detail/unpack_context.hpp.
#ifndef ACRX_CONTEXT_IMPL_UNPACK_CONTEXT_IPP
#define ACRX_CONTEXT_IMPL_UNPACK_CONTEXT_IPP
#include <acrx/context/detail/tree_writer.hpp>
#include <acrx/context/detail/unpack_context.hpp>
#include <acrx/context/detail/unpack_zip.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/decompressor.hpp>
#include <acrx/io/files.hpp>

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace acrx::detail {
/// A stream whose first bytes can be looked at.
class peeked_source
{
public:
    peeked_source(byte_source in, std::size_t size) : in_(std::move(in))
    {
        while (head_.size() < size) {
            auto const piece = in_();
            if (piece.empty())
                break;
            head_.insert(head_.end(), piece.begin(), piece.end());
        }
    }
    std::string_view head() const { return {reinterpret_cast<char const*>(head_.data()), head_.size()}; }
    std::span<std::byte const> next()
    {
        if (std::exchange(given_, true))
            return in_();
        if (head_.empty())
            return {};
        return head_;
    }

private:
    byte_source in_;
    std::vector<std::byte> head_;
    bool given_ = false;
};

/// The plain bytes of a stream as long as they keep within the limits, their first ones at hand.
class plain_stream
{
public:
    plain_stream(byte_source in, std::string name, archive_limits const& limits, std::stop_token stop)
        : in_(std::move(in), name, formats::of_archives), name_(std::move(name)), limits_(limits), stop_(std::move(stop)),
          buffer_(256 * 1024)
    {
        size_ = in_.read(std::span(buffer_).first(512));
    }
    std::span<std::byte const> first_block() const { return std::span(buffer_).first(size_); }
    std::span<std::byte const> next()
    {
        if (stop_.stop_requested())
            throw error(errc::canceled, "unpacking " + name_);
        if (!std::exchange(began_, true) && size_ > 0)
            return count(size_);
        return count(in_.read(buffer_));
    }
    /// Of all that was given.
    digest sum() { return hash_.finish(); }

private:
    std::span<std::byte const> count(std::size_t size)
    {
        constexpr std::uint64_t harmless = std::uint64_t(1) << 30;
        bytes_ += size;
        bool const swells = limits_.ratio != 0 && bytes_ > harmless && bytes_ / limits_.ratio > in_.consumed();
        if (swells || (bytes_ > harmless && bytes_ / 2 > limits_.content_bytes))
            throw error(errc::damaged, "unpacking " + name_ + ": it grows beyond all measure");
        auto const piece = std::span<std::byte const>(buffer_).first(size);
        hash_.update(piece);
        return piece;
    }

    decompressor in_;
    std::string name_;
    archive_limits limits_;
    std::stop_token stop_;
    std::vector<std::byte> buffer_;
    std::size_t size_ = 0;
    std::uint64_t bytes_ = 0;
    sha256 hash_;
    bool began_ = false;
};

/// A header, or the zeros of an archive without entries.
inline bool begins_tar(std::span<std::byte const> block)
{
    bool const is_zero = block.size() == 512 && std::all_of(block.begin(), block.end(), [](std::byte b) { return b == std::byte{0}; });
    return is_zero || archive_reader::is_header(block);
}

inline void write_entries(plain_stream& plain, std::string const& name, std::filesystem::path const& root,
                          std::string_view prefix, archive_limits const& limits)
{
    archive_reader reader([&plain] { return plain.next(); }, name, limits);
    tree_writer writer(root, name);
    content_source const content = [&reader] { return reader.content(); };
    while (auto const* entry = reader.next()) {
        auto const inside = std::filesystem::path(entry->path).lexically_normal().string();
        if (!prefix.empty() && inside != prefix && !inside.starts_with(std::string(prefix) + "/"))
            throw error(errc::outside_root, "unpacking " + name + ": \"" + entry->path.substr(0, 200) + "\" is not below \""
                                                + std::string(prefix) + "\"");
        writer.add(*entry, content);
    }
    reader.drain();
    writer.finish();
}

inline bool is_text(std::string_view bytes)
{
    return bytes.find('\0') == std::string_view::npos
           && std::none_of(bytes.begin(), bytes.end(), [](char c) {
                  auto const byte = static_cast<unsigned char>(c);
                  return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' && c != '\x1b';
              });
}

inline std::string read_dockerfile_text(byte_source const& in, std::string const& name)
{
    constexpr std::size_t limit = std::size_t{16} << 20;
    std::string text;
    for (auto piece = in(); !piece.empty(); piece = in()) {
        text.append(reinterpret_cast<char const*>(piece.data()), piece.size());
        if (text.size() > limit)
            throw error(errc::damaged, "reading " + name + ": it is neither an archive nor a Dockerfile: it is too long");
    }
    auto const begin = text.find_first_not_of(" \t\r\n\f\v");
    if (begin == std::string::npos)
        throw error(errc::damaged, "reading " + name + ": it is empty", "Give a tar archive or a Dockerfile.");
    if (!is_text(text))
        throw error(errc::damaged, "reading " + name + ": it is neither an archive nor a Dockerfile",
                    "Give a tar archive (plain, gzip, bzip2, xz or zstd), a zip, or a Dockerfile.");
    if (text[begin] == '<')
        throw error(errc::damaged, "reading " + name + ": it is a web page, neither an archive nor a Dockerfile",
                    "The address of a git repository ends in .git.");
    return text;
}

ACRX_DECL digest unpack_tar(byte_source in, std::string const& name, std::filesystem::path const& root,
                            std::string_view prefix, archive_limits const& limits, std::stop_token stop)
{
    plain_stream plain(std::move(in), name, limits, std::move(stop));
    if (!begins_tar(plain.first_block()))
        throw error(errc::damaged, "unpacking " + name + ": it is no tar archive");
    write_entries(plain, name, root, prefix, limits);
    return plain.sum();
}

ACRX_DECL build_context unpack_context(byte_source in, std::string const& name, std::filesystem::path const& into,
                                       archive_limits const& limits, std::stop_token stop)
{
    auto const root = into / "files";
    std::filesystem::create_directories(root);
    build_context context{.root = root, .revision = {}, .has_ignore_file = false, .branch = {}, .dockerfile = {},
                          .is_fetched = true};
    peeked_source peeked(std::move(in), 2048);
    byte_source const bytes = [&peeked] { return peeked.next(); };
    auto const head = std::string(peeked.head().substr(0, 512));
    if (head.starts_with("PK\3\4") || head.starts_with("PK\5\6")) {
        unpack_zip(bytes, name, into, root, limits, std::move(stop));
        return context;
    }
    plain_stream plain(bytes, name, limits, std::move(stop));
    auto const block = plain.first_block();
    if (begins_tar(block)) {
        write_entries(plain, name, root, {}, limits);
        return context;
    }
    bool const is_plain = std::equal(block.begin(), block.end(), head.begin(), head.end(),
                                     [](std::byte a, char b) { return static_cast<char>(a) == b; });
    if (!is_plain)
        throw error(errc::damaged, "unpacking " + name + ": it is compressed, but holds no tar archive");
    byte_source const text = [&plain] { return plain.next(); };
    context.dockerfile = into / "Dockerfile";
    write_file(context.dockerfile, read_dockerfile_text(text, name));
    return context;
}
}  // namespace acrx::detail
#endif
