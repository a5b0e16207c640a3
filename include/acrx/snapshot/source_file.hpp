// A file that is to be copied into a layer, as its origin describes it.
#ifndef ACRX_SNAPSHOT_SOURCE_FILE_HPP
#define ACRX_SNAPSHOT_SOURCE_FILE_HPP

#include <acrx/snapshot/layer_entry.hpp>

#include <string>

namespace acrx {
/// An entry with its bytes, and the names that share them. Never a hard link, whiteout or opaque entry.
struct source_file
{
    layer_item item;         ///< the path is that in the origin
    std::string link_group;  ///< the same for all names of one file; empty for a file with one name
    std::string stamp;       ///< of a file of this machine that is not hashed yet: changes when the file does
};
}  // namespace acrx
#endif
