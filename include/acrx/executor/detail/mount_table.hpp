// The mounts of a step as a table of values: what an isolating executor makes, in order, below the new root.
#ifndef ACRX_EXECUTOR_DETAIL_MOUNT_TABLE_HPP
#define ACRX_EXECUTOR_DETAIL_MOUNT_TABLE_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/step_spec.hpp>

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
/// Where the folders of an overlay have their descriptors while it is mounted: hundreds of names would not fit into
/// the one page that options may take.
inline constexpr int first_overlay_descriptor = 64;

/// One line of the table.
struct mount_entry
{
    enum class kind
    {
        filesystem,  ///< mounts a new filesystem of type `source`, with `options`
        bind_file,   ///< shows the file `source` of this machine, or the one at `part` below the folder `source`
        bind_folder,
        overlay,  ///< mounts the stack of `folders`; `options` name them by number
        file,     ///< makes a file with the bytes `source`
        mask,       ///< hides what is there, if anything
        read_only,  ///< forbids writing to what is there, if anything
        node,       ///< makes a device node: `device`, or if that has no `mode`, the same as `source`
        link,       ///< makes a symbolic link to `source`
    };
    kind what = kind::filesystem;
    std::string target = {};  ///< absolute, inside the root
    std::string source = {};
    unsigned long flags = 0;  ///< `MS_…` of mount(2); MS_RDONLY is honoured for binds too
    std::string options = {};  ///< comma-separated, for the filesystem
    bool optional = false;    ///< goes on if the kernel refuses it
    std::string part = {};
    std::vector<std::string> folders = {};  ///< opened as `first_overlay_descriptor` and following
    unsigned mode = 0;                      ///< of `file` and `node`, the latter with its type; as the two that follow
    unsigned uid = 0;
    unsigned gid = 0;
    std::uint64_t device = 0;  ///< number of a `node`
};

/// The files of this machine that the table refers to.
struct network_files
{
    std::filesystem::path hosts;
    std::filesystem::path resolv_conf;
};

/// /proc, /dev, /sys, /etc/hosts, /etc/resolv.conf, then `own`: the mounts of the step itself.
ACRX_DECL std::vector<mount_entry> mount_table(step_spec const& spec, network_files const& files,
                                               std::vector<mount_entry> const& own = {});
/// The part of the table that hides and protects paths of /proc and /sys.
ACRX_DECL std::vector<mount_entry> protections();
/// The device nodes and links of /dev.
ACRX_DECL std::vector<mount_entry> devices();
/// The nodes that a step has beside them.
ACRX_DECL std::vector<mount_entry> own_devices(step_spec const& spec);
/// The further device nodes of this machine, for privileged steps.
ACRX_DECL std::vector<mount_entry> host_devices();

/// The text of /etc/hosts.
ACRX_DECL std::string hosts_text(step_spec const& spec);
/// The text of /etc/resolv.conf, made of that of this machine. Servers on a loopback address are left out when the step
/// has a network of its own, and public ones are named when none remains.
/// @param servers  asked first
ACRX_DECL std::string resolv_conf_text(std::string_view ours, network_mode network,
                                       std::vector<std::string> const& servers = {});
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/mount_table.ipp>
#endif
#endif
