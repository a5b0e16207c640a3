// What a network of a run has on this machine: a locked folder that says so, and a bridge with addresses nobody else uses.
#ifndef ACRX_EXECUTOR_DETAIL_NETWORK_CLAIM_HPP
#define ACRX_EXECUTOR_DETAIL_NETWORK_CLAIM_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/detail/netavark.hpp>
#include <acrx/io/files.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace acrx::detail {
/// The folder of one network, locked while its process lives:
///
///     lock             held by the process
///     network.json     name, bridge and addresses
///     members/ID.json  what netavark was given; it takes away by the same
///     hosts/ID         /etc/hosts of a step
///     aardvark-dns/    files of the DNS server
class network_folder
{
public:
    /// Makes and locks it at once; nothing if there is one of that name.
    static ACRX_DECL std::optional<network_folder> claim(std::filesystem::path const& folder, std::string const& name);
    /// Takes over the lock of a process that lives no more; nothing if it lives, or if there is no such folder.
    static ACRX_DECL std::optional<network_folder> take_over(std::filesystem::path const& path);

    std::filesystem::path const& path() const noexcept { return path_; }
    /// Writes `network.json`.
    ACRX_DECL void record(netavark_network const& network) const;
    /// What `network.json` says; nothing if the bridge is not there any more, or another one has its name.
    ACRX_DECL std::optional<netavark_network> recorded() const;

private:
    network_folder(std::filesystem::path path, file_lock lock) : path_(std::move(path)), lock_(std::move(lock)) {}
    std::filesystem::path path_;
    file_lock lock_;
};

/// Makes a bridge with the first 256 addresses of `pool` that this machine has no route to and no such bridge for.
/// @throws error (`errc::unavailable`) if all are taken; as `make_bridge`
ACRX_DECL netavark_network claim_bridge(std::string const& pool, std::filesystem::path const& config);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/network_claim.ipp>
#endif
#endif
