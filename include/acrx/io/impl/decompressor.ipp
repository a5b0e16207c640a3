// Bodies of io/decompressor.hpp.
#ifndef ACRX_IO_IMPL_DECOMPRESSOR_IPP
#define ACRX_IO_IMPL_DECOMPRESSOR_IPP
#include <acrx/core/error.hpp>
#include <acrx/io/decompressor.hpp>

#include <archive.h>
#include <archive_entry.h>
#include <isa-l/igzip_lib.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <initializer_list>
#include <limits>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace acrx {
namespace detail {
/// Compressed bytes with a look ahead.
class input_window
{
public:
    input_window(byte_source in, std::string name) : in_(std::move(in)), name_(std::move(name)) {}

    /// At least `size` bytes, fewer only at the end of the stream; at least one if there is one.
    std::span<std::byte const> look(std::size_t size)
    {
        if (rest_.empty() && !ended_)
            refill();
        if (rest_.size() >= size || ended_)
            return rest_;
        std::vector<std::byte> joined(rest_.begin(), rest_.end());
        while (joined.size() < size && !ended_) {
            refill();
            joined.insert(joined.end(), rest_.begin(), rest_.end());
        }
        joined_ = std::move(joined);
        rest_ = joined_;
        return rest_;
    }
    void take(std::size_t size)
    {
        rest_ = rest_.subspan(size);
        consumed_ += size;
    }
    /// Takes zeros up to the end of the stream. @return whether there was nothing else
    bool take_padding()
    {
        for (auto piece = look(1); !piece.empty(); piece = look(1)) {
            if (std::any_of(piece.begin(), piece.end(), [](std::byte b) { return b != std::byte{0}; }))
                return false;
            take(piece.size());
        }
        return true;
    }
    std::uint64_t consumed() const noexcept { return consumed_; }
    std::string const& name() const noexcept { return name_; }
    [[noreturn]] void fail(std::string const& why) const
    {
        throw error(errc::damaged, "decompressing " + name_ + ": " + why);
    }

private:
    void refill()
    {
        rest_ = in_();
        ended_ = rest_.empty();
    }

    byte_source in_;
    std::string name_;
    std::vector<std::byte> joined_;
    std::span<std::byte const> rest_;
    std::uint64_t consumed_ = 0;
    bool ended_ = false;
};

inline bool starts_with(std::span<std::byte const> bytes, std::initializer_list<unsigned> magic)
{
    return bytes.size() >= magic.size()
           && std::equal(magic.begin(), magic.end(), bytes.begin(),
                         [](unsigned wanted, std::byte found) { return wanted == std::to_integer<unsigned>(found); });
}
inline bool is_gzip(std::span<std::byte const> bytes)
{
    return starts_with(bytes, {0x1f, 0x8b});
}
inline bool is_zstd(std::span<std::byte const> bytes)
{
    bool const skippable = bytes.size() >= 4 && (std::to_integer<unsigned>(bytes[0]) & 0xf0U) == 0x50
                           && starts_with(bytes.subspan(1), {0x2a, 0x4d, 0x18});
    return skippable || starts_with(bytes, {0x28, 0xb5, 0x2f, 0xfd});
}

struct plain_bytes
{
    std::size_t read(input_window& in, std::span<std::byte> into)
    {
        auto const piece = in.look(1);
        auto const size = std::min(piece.size(), into.size());
        std::copy_n(piece.begin(), size, into.begin());
        in.take(size);
        return size;
    }
};

class gzip_members
{
public:
    gzip_members() : state_(std::make_unique<::inflate_state>()) { begin_member(); }

    std::size_t read(input_window& in, std::span<std::byte> into)
    {
        std::size_t size = 0;
        while (size == 0 && !ended_)
            size = inflate(in, into);
        return size;
    }

private:
    void begin_member()
    {
        ::isal_inflate_init(state_.get());
        state_->crc_flag = ISAL_GZIP;
    }

    std::size_t inflate(input_window& in, std::span<std::byte> into)
    {
        auto const piece = in.look(1).first(std::min<std::size_t>(in.look(1).size(), 1U << 30));
        state_->next_in = reinterpret_cast<std::uint8_t*>(const_cast<std::byte*>(piece.data()));  // only read
        state_->avail_in = static_cast<std::uint32_t>(piece.size());
        state_->next_out = reinterpret_cast<std::uint8_t*>(into.data());
        auto const room = static_cast<std::uint32_t>(std::min<std::size_t>(into.size(), 1U << 30));
        state_->avail_out = room;
        if (::isal_inflate(state_.get()) != ISAL_DECOMP_OK)
            in.fail("the gzip data is damaged");
        in.take(piece.size() - state_->avail_in);
        auto const size = room - state_->avail_out;
        if (state_->block_state == ISAL_BLOCK_FINISH)
            end_member(in);
        else if (size == 0 && piece.empty())
            in.fail("the gzip data ends too early");
        return size;
    }

    void end_member(input_window& in)
    {
        if (is_gzip(in.look(2)))
            begin_member();
        else if (in.take_padding())
            ended_ = true;
        else
            in.fail("something follows the gzip data");
    }

    std::unique_ptr<::inflate_state> state_;
    bool ended_ = false;
};

class zstd_frames
{
public:
    zstd_frames() : stream_(::ZSTD_createDStream(), &::ZSTD_freeDStream) { ::ZSTD_initDStream(stream_.get()); }

    std::size_t read(input_window& in, std::span<std::byte> into)
    {
        ::ZSTD_outBuffer out{into.data(), into.size(), 0};
        while (out.pos == 0) {
            if (at_start_ && !is_zstd(in.look(4))) {
                if (!in.take_padding())
                    in.fail("something follows the zstd data");
                return 0;
            }
            auto const piece = in.look(1);
            ::ZSTD_inBuffer from{piece.data(), piece.size(), 0};
            auto const left = ::ZSTD_decompressStream(stream_.get(), &out, &from);
            if (::ZSTD_isError(left) != 0)
                in.fail(std::string("the zstd data is damaged: ") + ::ZSTD_getErrorName(left));
            in.take(from.pos);
            at_start_ = left == 0;
            if (piece.empty() && out.pos == 0 && !at_start_)
                in.fail("the zstd data ends too early");
        }
        return out.pos;
    }

private:
    std::unique_ptr<::ZSTD_DStream, std::size_t (*)(::ZSTD_DStream*)> stream_;
    bool at_start_ = true;
};

/// bzip2 and xz, which only archives use, through libarchive.
class rare_filter
{
public:
    std::size_t read(input_window& in, std::span<std::byte> into)
    {
        if (!reader_)
            open(in);
        auto const size = ::archive_read_data(reader_.get(), into.data(), into.size());
        if (size < 0)
            fail(in);
        return static_cast<std::size_t>(size);
    }

private:
    struct link
    {
        input_window* in;
        std::size_t given = 0;
        bool ended = false;
        std::exception_ptr failure;
    };

    void open(input_window& in)
    {
        link_ = std::make_unique<link>(link{&in, 0, false, {}});
        reader_.reset(::archive_read_new());
        ::archive_read_support_filter_bzip2(reader_.get());
        ::archive_read_support_filter_xz(reader_.get());
        ::archive_read_support_format_raw(reader_.get());
        ::archive_entry* entry = nullptr;
        if (::archive_read_open(reader_.get(), link_.get(), nullptr, &give, nullptr) != ARCHIVE_OK
            || ::archive_read_next_header(reader_.get(), &entry) != ARCHIVE_OK)
            fail(in);
    }

    static la_ssize_t give(::archive* reader, void* data, void const** bytes)
    {
        auto& link_data = *static_cast<link*>(data);
        try {
            link_data.in->take(std::exchange(link_data.given, 0));
            auto const piece = link_data.in->look(1);
            *bytes = piece.data();
            link_data.given = piece.size();
            link_data.ended = piece.empty();
            return static_cast<la_ssize_t>(piece.size());
        } catch (...) {
            link_data.failure = std::current_exception();
            ::archive_set_error(reader, EIO, "the source failed");
            return -1;
        }
    }

    [[noreturn]] void fail(input_window& in)
    {
        if (link_->failure)
            std::rethrow_exception(link_->failure);
        if (link_->ended)
            in.fail("the compressed data ends too early");
        auto const* why = ::archive_error_string(reader_.get());
        in.fail(why != nullptr ? why : "the data is damaged");
    }

    std::unique_ptr<link> link_;
    std::unique_ptr<::archive, int (*)(::archive*)> reader_{nullptr, &::archive_read_free};
};
}  // namespace detail

struct decompressor::engine
{
    engine(byte_source from, std::string name, formats known) : in(std::move(from), std::move(name)), known_formats(known)
    {}

    void select()
    {
        auto const head = in.look(6);
        bool const rare = known_formats == formats::of_archives;
        if (detail::is_gzip(head))
            codec.emplace<detail::gzip_members>();
        else if (detail::is_zstd(head))
            codec.emplace<detail::zstd_frames>();
        else if (rare
                 && (detail::starts_with(head, {0x42, 0x5a, 0x68})
                     || detail::starts_with(head, {0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00})))
            codec.emplace<detail::rare_filter>();
        else
            codec.emplace<detail::plain_bytes>();
    }

    detail::input_window in;
    formats known_formats;
    std::variant<std::monostate, detail::plain_bytes, detail::gzip_members, detail::zstd_frames, detail::rare_filter> codec;
};

ACRX_DECL decompressor::decompressor(byte_source in, std::string name, formats known)
    : engine_(std::make_unique<engine>(std::move(in), std::move(name), known))
{}
ACRX_DECL decompressor::decompressor(decompressor&&) noexcept = default;
ACRX_DECL decompressor& decompressor::operator=(decompressor&&) noexcept = default;
ACRX_DECL decompressor::~decompressor() = default;

ACRX_DECL std::size_t decompressor::read(std::span<std::byte> into)
{
    if (engine_->codec.index() == 0)
        engine_->select();
    auto const read_some = [&](auto& codec) -> std::size_t {
        if constexpr (std::is_same_v<std::decay_t<decltype(codec)>, std::monostate>)
            return 0;
        else
            return codec.read(engine_->in, into);
    };
    std::size_t size = 0;
    while (!into.empty()) {
        auto const got = std::visit(read_some, engine_->codec);
        if (got == 0)
            break;
        size += got;
        into = into.subspan(got);
    }
    return size;
}

ACRX_DECL std::uint64_t decompressor::consumed() const noexcept
{
    return engine_->in.consumed();
}
}  // namespace acrx
#endif
