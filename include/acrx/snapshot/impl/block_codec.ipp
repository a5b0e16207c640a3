// Bodies of snapshot/detail/block_codec.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_BLOCK_CODEC_IPP
#define ACRX_SNAPSHOT_IMPL_BLOCK_CODEC_IPP
#include <acrx/core/error.hpp>
#include <acrx/snapshot/detail/block_codec.hpp>

#include <isa-l.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace acrx::detail {
/// Writes a gzip member around deflate blocks (RFC 1952): no name, no time, the operating system "unknown".
class gzip_member
{
public:
    static constexpr std::size_t most_in_stored_block = 65535;

    explicit gzip_member(std::span<std::byte> out) : out_(out)
    {
        put(0x00088b1f, 4);
        put(0, 4);
        put(0xff00, 2);
    }

    /// A stored block (RFC 1951, section 3.2.4), which ends at a byte's end.
    void store(std::span<std::byte const> plain, bool is_last)
    {
        auto const length = static_cast<std::uint32_t>(plain.size());
        put(is_last ? 1 : 0, 1);
        put(length | (~length & 0xffffU) << 16U, 4);
        std::copy(plain.begin(), plain.end(), rest().begin());
        size_ += plain.size();
    }
    std::span<std::byte> rest() const { return out_.subspan(size_); }
    void grow(std::size_t size) { size_ += size; }

    /// @return  the size of the member
    std::size_t finish(std::span<std::byte const> plain)
    {
        put(::crc32_gzip_refl(0, reinterpret_cast<unsigned char const*>(plain.data()), plain.size()), 4);
        put(static_cast<std::uint32_t>(plain.size()), 4);
        return size_;
    }

private:
    void put(std::uint32_t value, unsigned bytes)
    {
        for (unsigned i = 0; i < bytes; ++i, value >>= 8U)
            out_[size_++] = static_cast<std::byte>(value & 0xffU);
    }

    std::span<std::byte> out_;
    std::size_t size_ = 0;
};

/// Gzip members by ISA-L.
class gzip_block
{
public:
    explicit gzip_block(int level) : level_(level)
    {
        constexpr std::array<std::uint32_t, 4> sizes = {ISAL_DEF_LVL0_DEFAULT, ISAL_DEF_LVL1_DEFAULT,
                                                        ISAL_DEF_LVL2_DEFAULT, ISAL_DEF_LVL3_DEFAULT};
        memory_.resize(sizes.at(static_cast<std::size_t>(level)));
    }

    std::span<std::byte const> compress(std::span<std::byte const> plain, byte_buffer& into)
    {
        // Stored deflate blocks bound the size: 5 bytes for each 64 KiB, and the member's header and trailer.
        auto const out = into.get(plain.size() + plain.size() / 4096 + 1024);
        return out.first(is_dense(plain, out) ? store(plain, out) : deflate(plain, out));
    }

    bool decompress(std::span<std::byte const> packed, std::span<std::byte> plain)
    {
        ::isal_inflate_init(&inflate_);
        inflate_.crc_flag = ISAL_GZIP;
        inflate_.next_in = as_input(packed);
        inflate_.avail_in = static_cast<std::uint32_t>(packed.size());
        inflate_.next_out = reinterpret_cast<std::uint8_t*>(plain.data());
        inflate_.avail_out = static_cast<std::uint32_t>(plain.size());
        // The bits that inflation read ahead count as input: all of it must have been taken.
        return ::isal_inflate_stateless(&inflate_) == ISAL_DECOMP_OK && inflate_.avail_out == 0
               && inflate_.avail_in == 0;
    }

private:
    /// Stores the first byte, and gives it as history to the rest: at the start of a block without a history, ISA-L 2.30
    /// hashes the address of its state instead of the third position, so equal input would give other matches now and then.
    std::size_t deflate(std::span<std::byte const> plain, std::span<std::byte> out)
    {
        auto const history = plain.first(std::min<std::size_t>(1, plain.size()));
        gzip_member member(out);
        member.store(history, false);
        ::isal_deflate_init(&deflate_);
        deflate_.gzip_flag = IGZIP_DEFLATE;
        deflate_.level = static_cast<std::uint32_t>(level_);
        deflate_.level_buf = memory_.empty() ? nullptr : memory_.data();
        deflate_.level_buf_size = static_cast<std::uint32_t>(memory_.size());
        deflate_.end_of_stream = 1;
        auto ok = ::isal_deflate_set_dict(&deflate_, as_input(history), static_cast<std::uint32_t>(history.size()));
        deflate_.next_in = as_input(plain.subspan(history.size()));
        deflate_.avail_in = static_cast<std::uint32_t>(plain.size() - history.size());
        deflate_.next_out = reinterpret_cast<std::uint8_t*>(member.rest().data());
        deflate_.avail_out = static_cast<std::uint32_t>(member.rest().size());
        if (ok == COMP_OK)
            ok = ::isal_deflate(&deflate_);
        if (ok != COMP_OK || deflate_.internal_state.state != ZSTATE_END)
            throw error(errc::not_supported, "compressing a block with gzip");
        member.grow(deflate_.total_out);
        return member.finish(plain);
    }

    /// Whether four samples of a large block, a thirty-second of it or more, do not compress: archives, media, random.
    bool is_dense(std::span<std::byte const> plain, std::span<std::byte> out)
    {
        constexpr std::size_t samples = 4;
        constexpr std::size_t length = 8 * 1024;
        if (plain.size() < 8 * samples * length)
            return false;
        for (std::size_t i = 0; i < samples; ++i) {
            auto const sample = plain.subspan(i * (plain.size() - length) / (samples - 1), length);
            if (deflate(sample, out) < length - length / 64)
                return false;
        }
        return true;
    }

    static std::size_t store(std::span<std::byte const> plain, std::span<std::byte> out)
    {
        gzip_member member(out);
        for (auto left = plain; !left.empty();) {
            auto const piece = left.first(std::min(gzip_member::most_in_stored_block, left.size()));
            left = left.subspan(piece.size());
            member.store(piece, left.empty());
        }
        return member.finish(plain);
    }

    static std::uint8_t* as_input(std::span<std::byte const> bytes)
    {
        return reinterpret_cast<std::uint8_t*>(const_cast<std::byte*>(bytes.data()));
    }

    int level_;
    std::vector<std::uint8_t> memory_;
    isal_zstream deflate_{};
    inflate_state inflate_{};
};

/// A zstd frame with its content's size and check sum.
class zstd_block
{
public:
    explicit zstd_block(int level) : compress_(::ZSTD_createCCtx()), decompress_(::ZSTD_createDCtx())
    {
        if (!compress_ || !decompress_)
            throw error(errc::not_supported, "starting zstd");
        ::ZSTD_CCtx_setParameter(compress_.get(), ZSTD_c_compressionLevel, level);
        ::ZSTD_CCtx_setParameter(compress_.get(), ZSTD_c_checksumFlag, 1);
    }

    std::span<std::byte const> compress(std::span<std::byte const> plain, byte_buffer& into)
    {
        auto const out = into.get(::ZSTD_compressBound(plain.size()));
        auto const size = ::ZSTD_compress2(compress_.get(), out.data(), out.size(), plain.data(), plain.size());
        if (::ZSTD_isError(size) != 0)
            throw error(errc::not_supported, "compressing a block with zstd: " + std::string(::ZSTD_getErrorName(size)));
        return out.first(size);
    }

    bool decompress(std::span<std::byte const> packed, std::span<std::byte> plain)
    {
        return ::ZSTD_findFrameCompressedSize(packed.data(), packed.size()) == packed.size()
               && ::ZSTD_decompressDCtx(decompress_.get(), plain.data(), plain.size(), packed.data(), packed.size())
                      == plain.size();
    }

private:
    struct free_context
    {
        void operator()(ZSTD_CCtx* context) const noexcept { ::ZSTD_freeCCtx(context); }
        void operator()(ZSTD_DCtx* context) const noexcept { ::ZSTD_freeDCtx(context); }
    };
    std::unique_ptr<ZSTD_CCtx, free_context> compress_;
    std::unique_ptr<ZSTD_DCtx, free_context> decompress_;
};

struct block_codec::engines
{
    std::unique_ptr<gzip_block> gzip;
    std::unique_ptr<zstd_block> zstd;
};

ACRX_DECL block_codec::block_codec(compression format, int level)
    : format_(format), engines_(std::make_unique<engines>())
{
    auto const require = [&](int least, int most) {
        if (level < least || level > most)
            throw error(errc::invalid_argument, "packing a layer: compression level " + std::to_string(level),
                        "Use a level from " + std::to_string(least) + " to " + std::to_string(most) + '.');
    };
    if (format == compression::gzip) {
        require(0, 2);  // level 3 gives other bytes on processors without AVX2
        engines_->gzip = std::make_unique<gzip_block>(level);
    } else if (format == compression::zstd) {
        require(1, 19);
        engines_->zstd = std::make_unique<zstd_block>(level);
    }
}
ACRX_DECL block_codec::block_codec(block_codec&&) noexcept = default;
ACRX_DECL block_codec& block_codec::operator=(block_codec&&) noexcept = default;
ACRX_DECL block_codec::~block_codec() = default;

ACRX_DECL std::span<std::byte const> block_codec::compress(std::span<std::byte const> plain, byte_buffer& into)
{
    if (engines_->gzip)
        return engines_->gzip->compress(plain, into);
    if (engines_->zstd)
        return engines_->zstd->compress(plain, into);
    return plain;
}

ACRX_DECL bool block_codec::decompress(std::span<std::byte const> packed, std::span<std::byte> plain)
{
    if (engines_->gzip)
        return engines_->gzip->decompress(packed, plain);
    if (engines_->zstd)
        return engines_->zstd->decompress(packed, plain);
    if (packed.size() != plain.size())
        return false;
    std::memcpy(plain.data(), packed.data(), plain.size());
    return true;
}

ACRX_DECL std::string block_codec::name(compression format, int level)
{
    switch (format) {
    case compression::gzip: return "gzip3/isal-" + std::to_string(ISAL_VERSION) + '/' + std::to_string(level);
    case compression::zstd: return "zstd/" + std::to_string(::ZSTD_versionNumber()) + '/' + std::to_string(level);
    case compression::none: break;
    }
    return "none";
}
}  // namespace acrx::detail
#endif
