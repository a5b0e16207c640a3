// The smallest type that is a file tree: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_FILE_TREE_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_FILE_TREE_HPP
#include <acrx/build/file_tree.hpp>

namespace acrx::testing {
/// Has the members that the concept names and no others; nothing is defined.
struct file_tree_archetype
{
    std::optional<source_file> find(std::string_view path) const;
    std::vector<source_file> children(std::string_view path) const;
    std::vector<source_file> below(std::string_view path) const;
};
static_assert(file_tree<file_tree_archetype>);
}  // namespace acrx::testing
#endif
