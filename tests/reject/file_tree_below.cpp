// Rejects a file tree that changes while it is walked.
#include <support/archetypes/file_tree.hpp>

namespace acrx::testing {
struct model : file_tree_archetype
{
#if defined(ACRX_REJECT)
    std::vector<source_file> below(std::string_view path);
#endif
};

template<file_tree Model>
struct user
{};
user<model> const constrained;
}  // namespace acrx::testing
