// Bodies of snapshot/convert_layer.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_CONVERT_LAYER_IPP
#define ACRX_SNAPSHOT_IMPL_CONVERT_LAYER_IPP
#include <acrx/core/error.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/io/byte_source.hpp>
#include <acrx/io/decompressor.hpp>
#include <acrx/snapshot/convert_layer.hpp>
#include <acrx/snapshot/detail/blob_writer.hpp>
#include <acrx/snapshot/detail/block_codec.hpp>
#include <acrx/snapshot/detail/contents_table.hpp>
#include <acrx/snapshot/detail/read_layer.hpp>
#include <acrx/snapshot/detail/tar_writer.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
inline void stop_if_asked(std::stop_token const& stop, std::filesystem::path const& blob)
{
    if (stop.stop_requested())
        throw error(errc::canceled, "converting the layer " + blob.string());
}

/// Writes the gzip members of an eStargz layer.
class seekable_writer
{
public:
    seekable_writer(std::filesystem::path const& to, int level) : out_(to), codec_(compression::gzip, level) {}

    /// @param content  gives the pieces of a regular file
    template<class Content>
    void add(layer_entry const& entry, Content content)
    {
        append_tar_header(entry, pending_);
        table_.add(entry);
        if (entry.type == entry_type::regular)
            add_content(entry.size, std::move(content));
        if (pending_.size() >= member_size)
            end_member();
    }

    packed_layer finish()
    {
        end_member();
        auto const table = table_.to_json_text();
        auto const offset = out_.size();
        layer_entry entry;
        entry.path = contents_table_name;
        entry.mode = 0444;
        entry.size = table.size();
        append_tar_header(entry, pending_);
        pending_ += table;
        pending_.append(tar_padding(table.size()) + tar_end_size, '\0');
        end_member();
        auto const footer = contents_table_footer(offset);
        out_.append(std::as_bytes(std::span(footer)));
        packed_layer layer;
        layer.diff_id = archive_sum_.finish();
        layer.blob.media_type = media_type::oci_layer_gzip;
        layer.blob.size = out_.size();
        layer.blob.digest = out_.finish();
        layer.blob.annotations[std::string(contents_table_annotation)] = digest_of(table).str();
        layer.blob.annotations["io.containers.estargz.uncompressed-size"] = std::to_string(archive_size_);
        return layer;
    }

private:
    static constexpr std::size_t member_size = 4 * 1024 * 1024;

    /// Every chunk begins a member; what follows the last one, up to the next content, ends up in the same member.
    template<class Content>
    void add_content(std::uint64_t size, Content content)
    {
        auto const first_line = table_.size() - 1;
        sha256 whole;
        for (std::uint64_t done = 0; done < size;) {
            end_member();
            auto const length = std::min<std::uint64_t>(member_size, size - done);
            pending_.resize(static_cast<std::size_t>(length));
            content(done, std::as_writable_bytes(std::span(pending_)));
            whole.update(pending_);
            bool const is_last = done + length == size;
            table_.add({out_.size(), done, is_last ? 0 : length, digest_of(pending_)});
            done += length;
        }
        table_.set_digest(first_line, whole.finish());
        pending_.append(tar_padding(size), '\0');
    }

    void end_member()
    {
        if (pending_.empty())
            return;
        auto const plain = std::as_bytes(std::span(pending_));
        archive_sum_.update(plain);
        archive_size_ += plain.size();
        out_.append(codec_.compress(plain, packed_));
        pending_.clear();
    }

    blob_writer out_;
    block_codec codec_;
    contents_table table_;
    std::string pending_;
    byte_buffer packed_;
    sha256 archive_sum_;
    std::uint64_t archive_size_ = 0;
};

/// The content of a layer's current entry, in the order of its bytes, with zeros for holes.
class filled_content
{
public:
    explicit filled_content(layer_reader& layer) : kept_(layer.kept_content()), layer_(layer) {}

    void operator()(std::uint64_t from, std::span<std::byte> into)
    {
        std::fill(into.begin(), into.end(), std::byte{});
        if (kept_) {
            auto const bytes = std::as_bytes(std::span(*kept_)).subspan(static_cast<std::size_t>(from));
            std::copy_n(bytes.begin(), std::min(bytes.size(), into.size()), into.begin());
            return;
        }
        auto const end = from + into.size();
        for (;;) {
            if (piece_.bytes.empty()) {
                auto const next = layer_.content();
                if (!next)
                    return;
                piece_ = *next;
            }
            if (piece_.offset >= end)
                return;
            auto const room = static_cast<std::size_t>(end - piece_.offset);
            auto const taken = piece_.bytes.first(std::min(room, piece_.bytes.size()));
            std::copy(taken.begin(), taken.end(), into.begin() + static_cast<std::ptrdiff_t>(piece_.offset - from));
            piece_.offset += taken.size();
            piece_.bytes = piece_.bytes.subspan(taken.size());
            if (!piece_.bytes.empty())
                return;
        }
    }

private:
    std::optional<std::string> kept_;
    layer_reader& layer_;
    content_piece piece_;
};

inline bool is_of_estargz(std::string_view path)
{
    return path == contents_table_name || path == prefetch_landmark || path == no_prefetch_landmark;
}
}  // namespace detail

ACRX_DECL packed_layer recompress_layer(std::filesystem::path const& blob, std::filesystem::path const& to,
                                        compression format, int level, std::stop_token stop)
{
    constexpr std::size_t block = 1024 * 1024;
    decompressor in(read_in_pieces(blob), blob.string());
    detail::blob_writer out(to);
    detail::block_codec codec(format, level);
    detail::byte_buffer packed;
    sha256 archive_sum;
    std::vector<std::byte> plain(block);
    for (std::size_t size = block; size == block;) {
        detail::stop_if_asked(stop, blob);
        size = in.read(plain);
        auto const bytes = std::span<std::byte const>(plain).first(size);
        archive_sum.update(bytes);
        if (size > 0)
            out.append(codec.compress(bytes, packed));
    }
    packed_layer layer;
    layer.diff_id = archive_sum.finish();
    layer.blob.media_type = layer_media_type(format);
    layer.blob.size = out.size();
    layer.blob.digest = out.finish();
    return layer;
}

ACRX_DECL packed_layer make_seekable_layer(std::filesystem::path const& blob, std::filesystem::path const& to, int level,
                                           std::stop_token stop)
{
    decompressor in(read_in_pieces(blob), blob.string());
    std::vector<std::byte> buffer(256 * 1024);
    byte_source const plain = [&] { return std::span<std::byte const>(buffer).first(in.read(buffer)); };
    detail::layer_reader layer(plain, blob.string(), detail::content_sums::skip);
    detail::seekable_writer out(to, level);
    layer_entry landmark;
    landmark.path = detail::no_prefetch_landmark;
    landmark.size = 1;
    out.add(landmark, [](std::uint64_t, std::span<std::byte> into) { into.front() = std::byte{0xf}; });
    while (auto const* met = layer.next()) {
        detail::stop_if_asked(stop, blob);
        if (detail::is_of_estargz(met->entry.path))
            continue;
        if (met->is_repeated)
            throw error(errc::not_supported, "making an eStargz layer: \"" + met->entry.path + "\" is in the layer twice");
        out.add(met->entry, detail::filled_content(layer));
    }
    layer.drain();
    return out.finish();
}
}  // namespace acrx
#endif
