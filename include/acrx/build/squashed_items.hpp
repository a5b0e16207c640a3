// What several layers change together, as one layer has it.
#ifndef ACRX_BUILD_SQUASHED_ITEMS_HPP
#define ACRX_BUILD_SQUASHED_ITEMS_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/snapshot/layer_entry.hpp>
#include <acrx/snapshot/root_view.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <vector>

namespace acrx {
/// Where the files of an unpacked layer are, by its diff id.
using layer_folder = std::function<std::filesystem::path(digest const&)>;

/// The items of one layer that does to the lowest `base` layers of a root what all layers above them do: each file as the
/// last of them left it, marks for what is gone of the base, and nothing of what came and went in between.
///
/// @param diff_ids  of all layers of `whole`
/// @return sorted, as `pack_layer` takes them
ACRX_DECL std::vector<layer_item> squashed_items(root_view const& whole, std::vector<digest> const& diff_ids,
                                                 std::size_t base, layer_folder folder);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/squashed_items.ipp>
#endif
#endif
