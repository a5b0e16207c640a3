// Rejects a file tree that counts the children of a folder.
#include <support/archetypes/file_tree.hpp>

namespace acrx::testing {
struct model : file_tree_archetype
{
#if defined(ACRX_REJECT)
    std::size_t children(std::string_view path) const;
#endif
};

template<file_tree Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
