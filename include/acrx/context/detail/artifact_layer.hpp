// What ORAS writes into the annotations of a layer.
#ifndef ACRX_CONTEXT_DETAIL_ARTIFACT_LAYER_HPP
#define ACRX_CONTEXT_DETAIL_ARTIFACT_LAYER_HPP

#include <acrx/core/config.hpp>
#include <acrx/image/descriptor.hpp>
#include <acrx/io/unique_fd.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
/// The value of an annotation; empty if there is none.
ACRX_DECL std::string annotation(descriptor const& layer, std::string_view name);
/// The path that a layer's title names, cleaned; empty for the artifact's root or if there is no title.
/// @throws error (`errc::outside_root`) for an absolute path or one that leaves the root
ACRX_DECL std::string title_of(descriptor const& layer, std::string const& artifact);
inline bool has_title(descriptor const& layer)
{
    return layer.annotations.contains("org.opencontainers.image.title");
}
/// Whether the layer is a folder, packed.
ACRX_DECL bool is_packed_folder(descriptor const& layer);
/// The digest that the plain tar must have; empty for any.
ACRX_DECL std::string packed_digest(descriptor const& layer);

/// Makes a file below `root` and the folders it lies in. @throws error if there is one already
ACRX_DECL unique_fd make_file(std::filesystem::path const& root, std::string const& path, std::string const& artifact);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/artifact_layer.ipp>
#endif
#endif
