// Names for admissions and evictions: what `--cache-policy` says.
#ifndef ACRX_REPLACEMENT_REPLACEMENT_NAMES_HPP
#define ACRX_REPLACEMENT_REPLACEMENT_NAMES_HPP

#include <acrx/core/config.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace acrx {
/// Which entry is given up.
enum class eviction_kind
{
    fifo,
    lru,
    lfu,
    sieve,
    s3_fifo,
    gdsf,
    ttl,
};

/// How a cache replaces its entries, chosen at run time.
struct replacement_policy
{
    eviction_kind eviction = eviction_kind::gdsf;
    std::chrono::seconds life{std::chrono::hours(24 * 14)};  ///< of `eviction_kind::ttl`: since the last use
    bool tiny_lfu = false;                                   ///< admission by frequency
    double least_seconds = 0;                                ///< admission by rebuild cost; 0 for none
    std::optional<std::uint64_t> most_bytes = {};            ///< admission by size

    bool operator==(replacement_policy const&) const = default;
};

/// The names of all evictions, in the order of `eviction_kind`.
ACRX_DECL std::span<std::string_view const> eviction_names();
/// `lru`, `gdsf,tinylfu`, `ttl=48h,min-seconds=2,max-size=1MB`: an eviction, then admissions in any order.
/// @throws error (`errc::invalid_argument`) that names the word that is wrong
ACRX_DECL replacement_policy parse_replacement_policy(std::string_view text);
/// The inverse, as short as can be.
ACRX_DECL std::string to_string(replacement_policy const& policy);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/replacement/impl/replacement_names.ipp>
#endif
#endif
