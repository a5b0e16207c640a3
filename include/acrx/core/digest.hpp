// Content digests and the SHA-256 that makes them (OCI image 1.1, descriptor.md).
#ifndef ACRX_CORE_DIGEST_HPP
#define ACRX_CORE_DIGEST_HPP

#include <acrx/core/config.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace acrx {
/// `algorithm:encoded`, checked when it is made; the default is empty and stands for "none".
class digest
{
public:
    digest() = default;
    /// @throws error (`errc::syntax`) unless `text` is a sha256, sha384 or sha512 digest in lower-case hex
    static ACRX_DECL digest parse(std::string_view text);

    std::string const& str() const noexcept { return text_; }
    std::string_view algorithm() const noexcept { return std::string_view(text_).substr(0, text_.find(':')); }
    /// The hexadecimal part.
    std::string_view encoded() const noexcept
    {
        return empty() ? std::string_view{} : std::string_view(text_).substr(text_.find(':') + 1);
    }
    bool empty() const noexcept { return text_.empty(); }
    auto operator<=>(digest const&) const = default;

private:
    friend class sha256;
    std::string text_;
};

/// The 32 bytes of a SHA-256.
using sha256_bytes = std::array<std::byte, 32>;

/// A SHA-256 on its way: all that it knows of the whole 64-byte pieces it has seen.
struct sha256_midstate
{
    std::array<std::uint32_t, 8> words{};
    std::uint64_t length = 0;  ///< bytes seen; a multiple of 64

    bool operator==(sha256_midstate const&) const = default;
};

/// An incremental SHA-256. Movable; 1.5 to 2 GB/s where the processor has SHA instructions.
class sha256
{
public:
    ACRX_DECL sha256();
    /// Goes on where another one stood.
    explicit ACRX_DECL sha256(sha256_midstate const& from);
    ACRX_DECL sha256(sha256&&) noexcept;
    ACRX_DECL sha256& operator=(sha256&&) noexcept;
    ACRX_DECL ~sha256();

    ACRX_DECL sha256& update(std::span<std::byte const> bytes);
    ACRX_DECL sha256& update(std::string_view text);
    /// Where it stands, but for the bytes after the last whole piece: those are to be seen again.
    ACRX_DECL sha256_midstate midstate() const;
    /// Ends the computation and starts a new one.
    ACRX_DECL sha256_bytes finish_bytes();
    /// The same as a digest.
    ACRX_DECL digest finish();

private:
    struct state;
    std::unique_ptr<state> state_;
};

/// The sha256 digest of a whole text.
ACRX_DECL digest digest_of(std::string_view text);
/// The sha256 digest made of 32 bytes, and back. @throws error (`errc::syntax`) if `d` is no sha256
ACRX_DECL digest to_digest(sha256_bytes const& bytes);
ACRX_DECL sha256_bytes to_bytes(digest const& d);
/// Lower-case hexadecimal.
ACRX_DECL std::string to_hex(std::span<std::byte const> bytes);
}  // namespace acrx

template<>
struct std::hash<acrx::digest>
{
    std::size_t operator()(acrx::digest const& d) const noexcept { return std::hash<std::string>{}(d.str()); }
};

#if !defined(ACRX_COMPILED)
#include <acrx/core/impl/digest.ipp>
#endif
#endif
