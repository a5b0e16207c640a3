// What this process may do with the owners of files and with mounts, and what keeps it from more.
#ifndef ACRX_SNAPSHOT_PRIVILEGES_HPP
#define ACRX_SNAPSHOT_PRIVILEGES_HPP

#include <acrx/core/config.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace acrx {
/// Ids of a user namespace that stand for ids of the one around it.
struct id_range
{
    std::uint32_t inside = 0;
    std::uint32_t outside = 0;
    std::uint32_t count = 0;
    bool operator==(id_range const&) const = default;
};

/// The ranges of this process. @param map  `uid_map` or `gid_map`
/// @throws error without a /proc
ACRX_DECL std::vector<id_range> own_ids(std::string const& map = "uid_map");

/// The subordinate ids that a file such as /etc/subuid gives to a user, named or by number; `outside` and `count` only.
/// Lines that cannot be read are nobody's.
ACRX_DECL std::vector<id_range> subordinate_ids(std::filesystem::path const& file, std::string const& user,
                                                std::uint32_t uid);
/// Those of the user who runs this.
ACRX_DECL std::vector<id_range> own_subordinate_ids(std::filesystem::path const& file);

/// Whether this is the user namespace that the machine was started with. Elsewhere nobody makes device nodes, nor
/// attributes `trusted.*`: overlayfs then keeps its marks in `user.overlay.*` (`userxattr`, Linux 5.11).
ACRX_DECL bool is_first_user_namespace();
/// The attribute by which overlayfs knows here that a folder hides what is below it.
inline char const* opaque_xattr()
{
    return is_first_user_namespace() ? "trusted.overlay.opaque" : "user.overlay.opaque";
}
/// Whether an ordinary user of the machine runs this: not user 0, or user 0 of a namespace that shows one user as 0.
ACRX_DECL bool is_ordinary_user();
/// Whether this process may mount and make namespaces (CAP_SYS_ADMIN), as steps need it.
ACRX_DECL bool may_run_steps();

/// What the machine's settings lack for steps to run with owners of many ids: sentences for the user, or nothing if
/// nothing is lacking. Tries out what no setting tells, in a process that ends at once.
ACRX_DECL std::string what_steps_lack();
/// @throws error (`errc::no_permission`), with `what_steps_lack`, unless `may_run_steps`
ACRX_DECL void require_steps(std::string const& doing);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/privileges.ipp>
#endif
#endif
