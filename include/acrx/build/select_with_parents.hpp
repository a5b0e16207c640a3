// Finds the files that the source words of `COPY --parents` name, with the folders on the way to them.
#ifndef ACRX_BUILD_SELECT_WITH_PARENTS_HPP
#define ACRX_BUILD_SELECT_WITH_PARENTS_HPP

#include <acrx/build/file_tree.hpp>
#include <acrx/build/select_sources.hpp>

#include <span>
#include <string>
#include <vector>

namespace acrx {
/// Each word gives one folder: that before `/./`, or the root of the tree. In it are the files that the rest of the word
/// matches, as in ignore files (`**` is any depth), with all in and above them; paths are relative to that folder.
///
/// @param excludes  patterns in the notation of ignore files, relative to that folder
/// @throws error (`errc::not_found`) for a word without wildcards that names nothing
/// Costs one walk of the deepest folder that a word names before its first wildcard.
template<file_tree Tree>
std::vector<selected_source> select_with_parents(Tree const& tree, std::span<std::string const> words,
                                                 std::span<std::string const> excludes = {},
                                                 tree_kind place = tree_kind::context);
}  // namespace acrx

#include <acrx/build/impl/select_with_parents.hpp>
#endif
