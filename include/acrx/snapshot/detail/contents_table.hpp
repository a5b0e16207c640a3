// The table of contents of an eStargz layer, and the footer that says where it is.
#ifndef ACRX_SNAPSHOT_DETAIL_CONTENTS_TABLE_HPP
#define ACRX_SNAPSHOT_DETAIL_CONTENTS_TABLE_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/snapshot/layer_entry.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace acrx::detail {
inline constexpr std::string_view contents_table_name = "stargz.index.json";
inline constexpr std::string_view prefetch_landmark = ".prefetch.landmark";
inline constexpr std::string_view no_prefetch_landmark = ".no.prefetch.landmark";

/// Where a piece of a file lies.
struct content_chunk
{
    std::uint64_t blob_offset = 0;  ///< of the gzip member that begins with it, in the blob
    std::uint64_t file_offset = 0;  ///< bytes
    std::uint64_t size = 0;         ///< bytes; 0 for the last one of a file
    digest sum;
};

/// Collects the lines of the table.
class contents_table
{
public:
    /// A new entry; a hard link, whiteout or empty file is complete with it.
    ACRX_DECL void add(layer_entry const& entry);
    /// A piece of the file that was added last.
    ACRX_DECL void add(content_chunk const& chunk);
    /// The digest of the whole content of the file whose first line is the n-th.
    ACRX_DECL void set_digest(std::size_t line, digest const& sum);
    /// How many lines there are.
    std::size_t size() const noexcept { return lines_.size(); }
    ACRX_DECL std::string to_json_text() const;

private:
    boost::json::array lines_;
    bool is_fresh_ = false;  ///< the last line has no chunk yet
};

/// 51 bytes: a gzip member without content, whose extra field holds the offset of the table's member.
ACRX_DECL std::string contents_table_footer(std::uint64_t offset);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/contents_table.ipp>
#endif
#endif
