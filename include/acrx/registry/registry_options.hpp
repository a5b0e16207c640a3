// How a registry client reaches its hosts and how often it tries.
#ifndef ACRX_REGISTRY_REGISTRY_OPTIONS_HPP
#define ACRX_REGISTRY_REGISTRY_OPTIONS_HPP

#include <acrx/core/digest.hpp>
#include <acrx/http/back_off.hpp>
#include <acrx/http/client.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace acrx {
/// Which way the bytes of a blob go.
enum class transfer_direction
{
    download,
    upload
};

/// Told that `bytes` more of `blob` have been transferred. Called from the client's strand; must not throw.
using blob_observer = std::function<void(transfer_direction, acrx::digest const& blob, std::uint64_t bytes)>;

/// The settings of `basic_distribution_client`.
struct registry_options
{
    std::set<std::string> insecure;  ///< `host[:port]` that may be spoken to without TLS or a valid certificate
    std::map<std::string, std::vector<std::string>> mirrors;  ///< host -> hosts to pull from first, in order
    http_options http;
    retry_policy retry;
    std::size_t parallel_transfers = 6;                      ///< blobs on their way at once, per client
    std::uint64_t whole_upload_limit = std::uint64_t{4} << 20;  ///< bytes; larger blobs are sent by PATCH
    std::size_t manifest_limit = std::size_t{8} << 20;          ///< bytes
    blob_observer observer;                                  ///< may be empty
    std::function<void(std::string const&)> warn;            ///< takes the server's `Warning` texts, each once
};
}  // namespace acrx
#endif
