// What a stream consists of, by digests: its pieces, and sections of the list of them, so that little is said twice.
#ifndef ACRX_REMOTE_PIECE_LIST_HPP
#define ACRX_REMOTE_PIECE_LIST_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// Digests as they travel: 32 bytes each, one behind the other.
ACRX_DECL std::string join_digests(std::span<sha256_bytes const> digests);
/// The inverse. @throws error (`errc::damaged`) for a length that is no multiple of 32
ACRX_DECL std::vector<sha256_bytes> split_digests(std::string_view bytes);
/// The digest of some bytes.
ACRX_DECL sha256_bytes sum_of(std::span<std::byte const> bytes);

/// The list of a stream's pieces, cut into sections of about 64 digests where the digests say so. A section is itself a
/// piece: who has it knows what it names.
/// @return each section as `join_digests` writes it
ACRX_DECL std::vector<std::string> sections_of(std::span<sha256_bytes const> pieces);

/// Most plain bytes of one batch.
inline constexpr std::size_t longest_batch = std::size_t{8} << 20;

/// Pieces as they travel: each with its length (four bytes, little endian) before it, all compressed together (zstd).
class piece_batch
{
public:
    /// Whether another piece of `size` bytes may be added.
    bool has_room(std::size_t size) const noexcept { return plain_.empty() || plain_.size() + size + 4 <= longest_batch; }
    bool empty() const noexcept { return plain_.empty(); }
    ACRX_DECL void add(std::span<std::byte const> piece);
    /// What to send; the batch is empty then.
    ACRX_DECL std::string take();

private:
    std::string plain_;
};

/// Gives the pieces of a batch one by one.
/// @throws error (`errc::damaged`) for what is no batch, or holds a piece or a whole that is too long
ACRX_DECL void read_batch(std::string_view batch, std::function<void(std::span<std::byte const>)> const& take);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/remote/impl/piece_list.ipp>
#endif
#endif
