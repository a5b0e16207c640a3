// What a device changes of a step, as its vendor describes it.
#ifndef ACRX_EXECUTOR_DEVICE_EDITS_HPP
#define ACRX_EXECUTOR_DEVICE_EDITS_HPP

#include <acrx/executor/step_spec.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace acrx {
/// What a device, or the file that describes it, changes of a step: the member `containerEdits`.
struct device_edits
{
    /// A node as it is written; what is missing is asked of the node of this machine.
    struct node
    {
        std::string path;       ///< in the step
        std::string host_path;  ///< on this machine; empty is `path`
        std::string type;       ///< `b`, `c`, `u`, `p` or empty
        std::optional<std::uint32_t> major;
        std::optional<std::uint32_t> minor;
        std::optional<std::uint32_t> mode;  ///< permission bits
        std::optional<std::uint32_t> uid;   ///< else that of the step, as is `gid`
        std::optional<std::uint32_t> gid;
        std::string access;  ///< of `r`, `w`, `m`; empty is all of them, `none` is none
    };
    std::vector<std::string> env;  ///< `K=V`
    std::vector<node> nodes;
    std::vector<step_mount> mounts;
    std::vector<std::uint32_t> groups;
    std::string refused;  ///< what of it no step can have here, such as `hooks`; empty if there is nothing
};
}  // namespace acrx
#endif
