// Remembers, for each COPY of the context, the blocks of the layer that it made last.
#ifndef ACRX_BUILD_BLOCK_TABLES_HPP
#define ACRX_BUILD_BLOCK_TABLES_HPP

#include <acrx/build/plan.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/registry/oci_layout.hpp>
#include <acrx/snapshot/layer_reuse.hpp>

#include <filesystem>
#include <optional>
#include <utility>

namespace acrx {
/// What a step is apart from the contents it copies: the same for an edited context, another for another instruction.
ACRX_DECL digest recipe_of(copy_operation const& step, std::filesystem::path const& context);

/// Keeps one file a recipe. It only saves time: what is missing or damaged is not used, and no layer depends on it.
class block_tables
{
public:
    explicit block_tables(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// The layer that the recipe made last, if its blob is still in `store`.
    ACRX_DECL std::optional<previous_layer> find(digest const& recipe, oci_layout const& store) const;
    /// @throws error if it cannot be written
    ACRX_DECL void keep(digest const& recipe, digest const& blob, block_table const& table) const;

private:
    std::filesystem::path folder_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/block_tables.ipp>
#endif
#endif
