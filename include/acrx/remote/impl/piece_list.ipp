// Bodies of remote/piece_list.hpp.
#ifndef ACRX_REMOTE_IMPL_PIECE_LIST_IPP
#define ACRX_REMOTE_IMPL_PIECE_LIST_IPP
#include <acrx/core/error.hpp>
#include <acrx/remote/piece_list.hpp>
#include <acrx/remote/piece_source.hpp>

#include <zstd.h>

#include <cstdint>
#include <cstring>
#include <utility>

namespace acrx {
namespace detail {
inline constexpr std::size_t sum_size = sizeof(sha256_bytes);
inline constexpr std::size_t longest_section = 512;  ///< digests
}  // namespace detail

ACRX_DECL std::string join_digests(std::span<sha256_bytes const> digests)
{
    return {reinterpret_cast<char const*>(digests.data()), digests.size_bytes()};
}

ACRX_DECL std::vector<sha256_bytes> split_digests(std::string_view bytes)
{
    if (bytes.size() % detail::sum_size != 0)
        throw error(errc::damaged, "reading a list of digests: it ends within one");
    std::vector<sha256_bytes> digests(bytes.size() / detail::sum_size);
    if (!digests.empty())
        std::memcpy(digests.data(), bytes.data(), bytes.size());
    return digests;
}

ACRX_DECL sha256_bytes sum_of(std::span<std::byte const> bytes)
{
    return sha256().update(bytes).finish_bytes();
}

ACRX_DECL std::vector<std::string> sections_of(std::span<sha256_bytes const> pieces)
{
    std::vector<std::string> sections;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        bool const is_last = i + 1 == pieces.size() || i + 1 - begin == detail::longest_section;
        if (!is_last && std::to_integer<unsigned>(pieces[i].back()) % 64 != 0)
            continue;
        sections.push_back(join_digests(pieces.subspan(begin, i + 1 - begin)));
        begin = i + 1;
    }
    return sections;
}

ACRX_DECL void piece_batch::add(std::span<std::byte const> piece)
{
    for (unsigned shift = 0; shift < 32; shift += 8)
        plain_ += static_cast<char>((piece.size() >> shift) & 0xff);
    plain_.append(reinterpret_cast<char const*>(piece.data()), piece.size());
}

ACRX_DECL std::string piece_batch::take()
{
    auto const plain = std::exchange(plain_, {});
    std::string packed(::ZSTD_compressBound(plain.size()), '\0');
    constexpr int level = 3;
    auto const size = ::ZSTD_compress(packed.data(), packed.size(), plain.data(), plain.size(), level);
    if (::ZSTD_isError(size) != 0)
        throw error(errc::not_supported, "compressing pieces: " + std::string(::ZSTD_getErrorName(size)));
    packed.resize(size);
    return packed;
}

ACRX_DECL void read_batch(std::string_view batch, std::function<void(std::span<std::byte const>)> const& take)
{
    auto const refuse = [] { throw error(errc::damaged, "reading a batch of pieces: it is malformed"); };
    auto const announced = ::ZSTD_getFrameContentSize(batch.data(), batch.size());
    if (announced > longest_batch)  // also what is no frame, or does not say
        refuse();
    std::vector<std::byte> plain(static_cast<std::size_t>(announced));
    auto const size = ::ZSTD_decompress(plain.data(), plain.size(), batch.data(), batch.size());
    if (::ZSTD_isError(size) != 0 || size != plain.size())
        refuse();
    for (std::span<std::byte const> rest = plain; !rest.empty();) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4 && rest.size() >= 4; ++i)
            length |= std::to_integer<std::size_t>(rest[i]) << (8 * i);
        if (rest.size() < 4 || length == 0 || length > longest_piece || length > rest.size() - 4)
            refuse();
        take(rest.subspan(4, length));
        rest = rest.subspan(4 + length);
    }
}
}  // namespace acrx
#endif
