// Reads bytes as a tar, decompressed by what they begin with, with limits that are soon passed.
#include "target.hpp"

#include <acrx/io/archive_reader.hpp>
#include <acrx/io/decompressor.hpp>

#include <algorithm>
#include <array>

using namespace acrx;
using fuzz::accepts;
using fuzz::ensure;

namespace {
/// Gives the bytes in pieces of a size that no block has.
byte_source pieces_of(std::string_view bytes)
{
    return [bytes]() mutable {
        auto const piece = bytes.substr(0, 700);
        bytes.remove_prefix(piece.size());
        return std::as_bytes(std::span(piece.data(), piece.size()));
    };
}

std::string plain_bytes(std::string_view bytes)
{
    constexpr std::size_t most = 1 << 20;
    decompressor in(pieces_of(bytes), "input", formats::of_archives);
    std::string plain;
    std::array<std::byte, 5000> piece;
    for (std::size_t got = piece.size(); got == piece.size() && plain.size() < most;) {
        got = in.read(piece);
        plain.append(reinterpret_cast<char const*>(piece.data()), got);
    }
    return plain;
}

void read_all(std::string_view plain, archive_limits const& limits)
{
    archive_reader in(pieces_of(plain), "input", limits);
    std::uint64_t entries = 0;
    std::uint64_t content = 0;
    while (auto const* entry = in.next()) {
        ensure(++entries <= limits.entries, "no more entries than the limit");
        ensure(entry->path.size() <= limits.path_length && entry->link.size() <= limits.path_length,
               "no longer names than the limit");
        ensure(entry->mode <= 07777, "a mode has permission bits only");
        content += entry->size;
        ensure(content <= limits.content_bytes, "no more content than the limit");
        for (std::uint64_t at = 0; auto const piece = in.content();) {
            ensure(piece->offset >= at && piece->offset + piece->bytes.size() <= entry->size,
                   "pieces come in order, inside the file");
            at = piece->offset + piece->bytes.size();
        }
    }
    ensure(in.drain() == plain.size(), "the end of the stream is reached");
}
}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    archive_limits limits;
    limits.entries = 100;
    limits.content_bytes = 1 << 20;
    limits.path_length = 300;
    limits.header_bytes = 20'000;
    accepts([&] { read_all(plain_bytes(fuzz::text_of(data, size)), limits); });
    return 0;
}
