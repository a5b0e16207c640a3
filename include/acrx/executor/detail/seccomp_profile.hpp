// The system calls that a step may make: the shape of the default profile of container engines.
#ifndef ACRX_EXECUTOR_DETAIL_SECCOMP_PROFILE_HPP
#define ACRX_EXECUTOR_DETAIL_SECCOMP_PROFILE_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/step_rights.hpp>

#include <linux/filter.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace acrx::detail {
/// A call that is allowed under one condition on one argument.
struct conditional_call
{
    enum class test
    {
        equal,
        not_equal,
        no_bits_of,  ///< none of the bits of `value` is set
    };
    std::string_view name;
    unsigned argument = 0;
    test how = test::equal;
    std::uint64_t value = 0;
};

/// Calls that are allowed whatever their arguments. Those not named here or below fail with EPERM, clone3 with ENOSYS.
ACRX_DECL std::span<std::string_view const> allowed_calls();
/// Calls that are allowed, too, for what a capability is about. @param capabilities  one bit each
ACRX_DECL std::vector<std::string_view> calls_of_capabilities(std::uint64_t capabilities);
/// Calls that are allowed when one of their lines holds; the arguments are 32 bits wide.
ACRX_DECL std::span<conditional_call const> conditional_calls();

/// The profile as a program for the kernel, for the architecture we were compiled for and its 32-bit form.
/// May be called from any thread; that for the usual capabilities is made once. For x86-64 and arm64; others are untested.
ACRX_DECL std::vector<sock_filter> seccomp_filter(std::uint64_t capabilities = step_rights::usual_capabilities);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/seccomp_profile.ipp>
#endif
#endif
