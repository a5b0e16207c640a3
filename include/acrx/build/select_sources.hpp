// Finds the files that the source words of COPY and ADD name.
#ifndef ACRX_BUILD_SELECT_SOURCES_HPP
#define ACRX_BUILD_SELECT_SOURCES_HPP

#include <acrx/build/file_tree.hpp>
#include <acrx/core/config.hpp>

#include <span>
#include <string>
#include <vector>

namespace acrx {
/// One thing that a source word stands for.
struct selected_source
{
    std::string name;                ///< the last element of the word: what a file is called in a folder
    source_file top;                 ///< what was found, links followed
    std::vector<source_file> below;  ///< of a folder: all in it, paths relative to it, in path order
};

/// What a tree belongs to, for the text of errors.
enum class tree_kind
{
    context,
    stage,  ///< or an image
};

/// Finds what `words` name in `tree`, in the order of the words, the hits of a wildcard sorted.
///
/// A leading slash and leading `..` stay at the root of the tree. A wildcard without a hit selects nothing.
/// @param excludes  patterns in the notation of ignore files, relative to each source
/// @throws error (`errc::not_found`) for a word without wildcards that names nothing: `"/x": not found`
/// Costs one walk of each folder that is named.
template<file_tree Tree>
std::vector<selected_source> select_sources(Tree const& tree, std::span<std::string const> words,
                                            std::span<std::string const> excludes = {},
                                            tree_kind place = tree_kind::context);
}  // namespace acrx

#include <acrx/build/impl/select_sources.hpp>
#endif
