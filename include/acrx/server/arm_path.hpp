// The paths of Azure Resource Manager, taken apart and put together.
#ifndef ACRX_SERVER_ARM_PATH_HPP
#define ACRX_SERVER_ARM_PATH_HPP

#include <acrx/core/config.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// `/subscriptions/{s}/resourceGroups/{g}/providers/Microsoft.ContainerRegistry/registries/{r}/…`. Words of the path
/// count in any case of letters; names keep theirs.
struct arm_path
{
    std::string subscription;
    std::string resource_group;
    std::string registry;           ///< empty for the list of registries
    std::vector<std::string> rest;  ///< what follows, e.g. `tasks`, `nightly`, `listDetails`; decoded

    /// Nothing for another path, or one with an empty part, or a part that decodes to a slash or dots.
    static ACRX_DECL std::optional<arm_path> parse(std::string_view path);
    /// The id of the registry.
    ACRX_DECL std::string registry_id() const;
    /// The id of something of the registry: `id_of("tasks", "nightly")`.
    ACRX_DECL std::string id_of(std::string_view kind, std::string_view name) const;
    /// Whether `rest` stands at `index` on `word`.
    ACRX_DECL bool is_at(std::size_t index, std::string_view word) const;
};

/// The last part of an id, e.g. the name of the task in a `taskId`; the text itself if it holds no slash.
ACRX_DECL std::string name_in_id(std::string_view id);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/arm_path.ipp>
#endif
#endif
