// Rejects a file tree that finds every path.
#include <support/archetypes/file_tree.hpp>

namespace acrx::testing {
struct model : file_tree_archetype
{
#if defined(ACRX_REJECT)
    source_file find(std::string_view path) const;
#endif
};

template<file_tree Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
