// What the mounts of one running step hold until it has ended.
#ifndef ACRX_BUILD_DETAIL_MOUNT_HOLDERS_HPP
#define ACRX_BUILD_DETAIL_MOUNT_HOLDERS_HPP

#include <acrx/build/mount_caches.hpp>
#include <acrx/build/ssh_agent_relay.hpp>
#include <acrx/io/scratch_folder.hpp>
#include <acrx/snapshot/prepared_root.hpp>

#include <filesystem>
#include <list>
#include <map>
#include <string>
#include <utility>

namespace acrx::detail {
template<snapshotter Snapshots>
struct mount_holders
{
    explicit mount_holders(std::filesystem::path const& temporary) : scratch(temporary) {}
    /// A name for a folder of one mount's own.
    std::filesystem::path fresh_folder() { return scratch.get() / std::to_string(folders++); }

    scratch_folder scratch;
    std::list<prepared_root<Snapshots>> roots;
    std::map<std::string, held_cache> caches;  ///< by identity: one cache may be mounted twice
    std::list<ssh_agent_relay> relays;
    int folders = 0;
};
}  // namespace acrx::detail
#endif
