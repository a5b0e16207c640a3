// How the paths of a layer are written in its archive: as the image has them, or as Windows wants them.
#ifndef ACRX_SNAPSHOT_LAYER_FORM_HPP
#define ACRX_SNAPSHOT_LAYER_FORM_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/snapshot/layer_entry.hpp>
#include <acrx/snapshot/layer_index.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace acrx {
/// Layers for Windows keep the files of the image in the folder `Files` and its registry in `Hives`, and say of each
/// file what Windows has to know of it; those that lie on no such layer are plain like all others.
/// @par See OCI image 1.1, layer.md; hcsshim, pkg/ociwclayer
enum class layer_form : std::uint8_t
{
    plain,
    windows,
};

/// The folder of the archive that is the root of the image; empty if it is that of the archive.
constexpr std::string_view root_folder(layer_form form)
{
    return form == layer_form::windows ? "Files" : std::string_view{};
}

/// The form of a layer that belongs to an image for Windows, by what is at its top. Layers of other images are plain.
ACRX_DECL layer_form form_of(layer_index const& layer);

/// The index of a layer with the paths that the image has: what lies outside of the root folder is left out.
/// Costs a copy of the index.
ACRX_DECL layer_index files_in(layer_index const& layer, layer_form form);

/// The items of an archive in this form: the folders of the form, then `items` in their order below the root folder.
/// @param folder_time  of the folders that the form adds
ACRX_DECL std::vector<layer_item> written_in(layer_form form, std::span<layer_item const> items,
                                             time_point folder_time);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/layer_form.ipp>
#endif
#endif
