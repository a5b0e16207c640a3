// Models that each break one requirement of the concept file_tree; beside each what the message must name.
#include <support/archetypes/file_tree.hpp>

namespace acrx::testing {
template<file_tree Model>
struct user
{};

// Rejects a file tree that finds every path.
struct wrong_find : file_tree_archetype
{
    source_file find(std::string_view path) const;
};
using rejects_find = user<wrong_find>;  // t\.find\(path\)

// Rejects a file tree that counts the children of a folder.
struct wrong_children : file_tree_archetype
{
    std::size_t children(std::string_view path) const;
};
using rejects_children = user<wrong_children>;  // t\.children\(path\)

// Rejects a file tree that changes while it is walked.
struct wrong_below : file_tree_archetype
{
    std::vector<source_file> below(std::string_view path);
};
using rejects_below = user<wrong_below>;  // t\.below\(path\)
}  // namespace acrx::testing
