// Who asks, and what it may do.
#ifndef ACRX_SERVER_CALLER_HPP
#define ACRX_SERVER_CALLER_HPP

#include <acrx/core/config.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace acrx {
/// What a caller may do; each role may also do what the ones before it may.
enum class role
{
    reader,  ///< see tasks, runs and logs, without secrets
    runner,  ///< also start and cancel runs, and send contexts
    owner,   ///< also define tasks and pools, and see secrets
};

/// `reader`, `runner` or `owner`.
constexpr std::string_view to_string(role r) noexcept
{
    return r == role::reader ? "reader" : r == role::runner ? "runner" : "owner";
}

/// The inverse; nothing for another word.
constexpr std::optional<role> parse_role(std::string_view word) noexcept
{
    for (auto const r : {role::reader, role::runner, role::owner})
        if (word == to_string(r))
            return r;
    return std::nullopt;
}

/// Somebody who proved who it is.
struct caller
{
    std::string name;  ///< for records and logs
    acrx::role role = acrx::role::reader;

    bool operator==(caller const&) const = default;
};
}  // namespace acrx
#endif
