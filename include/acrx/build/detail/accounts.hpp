// Looks up users and groups in the passwd and group files of an image.
#ifndef ACRX_BUILD_DETAIL_ACCOUNTS_HPP
#define ACRX_BUILD_DETAIL_ACCOUNTS_HPP

#include <acrx/core/config.hpp>
#include <acrx/snapshot/root_view.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
/// Who a process runs as.
struct account
{
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::vector<std::uint32_t> groups;  ///< supplementary, the primary one included
    std::string home = "/";
};

/// The number of a group. @throws error (`errc::invalid_instruction`) for a name that no file lists
ACRX_DECL std::uint32_t find_group(root_view const& root, std::string_view group);

/// An owner of files.
struct owner
{
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
};

/// Whom `USER name[:group]` means in this root; empty is root.
/// @throws error (`errc::invalid_instruction`): `unable to find user x: no matching entries in passwd file`
ACRX_DECL account find_account(root_view const& root, std::string_view user);

/// What a name means that no file lists: 0, or an error if the root has no layer that could list it.
enum class unknown_name
{
    is_zero,
    needs_layers
};

/// Whom `user[:group]` of `--chown` means in this root, or USER for the folders that WORKDIR makes.
/// @throws error (`errc::invalid_instruction`): `invalid user index: -1`
ACRX_DECL owner find_owner(root_view const& root, std::string_view owner,
                           unknown_name unknown = unknown_name::needs_layers);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/accounts.ipp>
#endif
#endif
