// A layer entry as a tar member, with marks for what it hides (OCI image 1.1, layer.md).
#ifndef ACRX_SNAPSHOT_DETAIL_TAR_WRITER_HPP
#define ACRX_SNAPSHOT_DETAIL_TAR_WRITER_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/tar_header.hpp>
#include <acrx/snapshot/layer_entry.hpp>
#include <acrx/snapshot/layer_form.hpp>

#include <cstdint>
#include <string>

namespace acrx::detail {
/// Bytes of content that follow the header of an entry, without padding.
constexpr std::uint64_t content_size(layer_entry const& entry)
{
    return entry.type == entry_type::regular ? entry.size : 0;
}

/// Appends the header blocks of an entry, whose path is that in the archive.
/// @throws error (`errc::invalid_argument`) for what no layer can say: a name that means a whiteout, a huge device number
ACRX_DECL void append_tar_header(layer_entry const& entry, std::string& to, layer_form form = layer_form::plain);
/// The bytes that `append_tar_header` appends.
ACRX_DECL std::size_t tar_header_size(layer_entry const& entry, layer_form form = layer_form::plain);

/// Changes whenever the same entry gets other header blocks.
constexpr std::uint64_t header_version(layer_form form)
{
    return form == layer_form::plain ? 1 : 1001;
}
/// Appends what the header blocks of an entry are made of, much shorter than they are: equal facts, equal headers.
ACRX_DECL void append_header_facts(layer_entry const& entry, std::string& to);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/tar_writer.ipp>
#endif
#endif
