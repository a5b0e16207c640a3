// Bodies of core/error.hpp.
#ifndef ACRX_CORE_IMPL_ERROR_IPP
#define ACRX_CORE_IMPL_ERROR_IPP
#include <acrx/core/error.hpp>

#include <cerrno>

namespace acrx {
namespace detail {
struct acrx_error_category final : boost::system::error_category
{
    char const* name() const noexcept override { return "acrx"; }

    std::string message(int value) const override
    {
        switch (static_cast<errc>(value)) {
        case errc::invalid_argument: return "invalid argument";
        case errc::syntax: return "syntax error";
        case errc::invalid_instruction: return "invalid instruction";
        case errc::not_supported: return "not supported yet";
        case errc::not_found: return "not found";
        case errc::outside_root: return "path leaves its root";
        case errc::damaged: return "damaged data";
        case errc::digest_mismatch: return "digest mismatch";
        case errc::unauthorized: return "authentication required";
        case errc::denied: return "access denied";
        case errc::rate_limited: return "too many requests";
        case errc::unavailable: return "service unavailable";
        case errc::protocol: return "protocol error";
        case errc::step_failed: return "step failed";
        case errc::timed_out: return "timed out";
        case errc::canceled: return "canceled";
        case errc::no_permission: return "not permitted";
        }
        return "unknown error";
    }
};

struct acrx_condition_category final : boost::system::error_category
{
    char const* name() const noexcept override { return "acrx condition"; }

    std::string message(int value) const override
    {
        return static_cast<condition>(value) == condition::transient ? "transient failure" : "interrupted";
    }

    bool equivalent(error_code const& code, int value) const noexcept override
    {
        namespace sys = boost::system::errc;
        auto is = [&](auto... codes) { return ((code == codes) || ...); };
        if (static_cast<condition>(value) == condition::interrupted)
            return is(errc::canceled, errc::timed_out, sys::operation_canceled);
        // 1 and 2 of Asio's "misc" category are end of file; a cut connection looks like that.
        return is(errc::rate_limited, errc::unavailable, sys::connection_reset, sys::connection_refused,
                  sys::connection_aborted, sys::broken_pipe, sys::timed_out, sys::network_unreachable,
                  sys::host_unreachable)
               || (std::string_view(code.category().name()) == "asio.misc" && code.value() == 2)
               || (std::string_view(code.category().name()) == "asio.netdb" && code.value() == 2)
               || std::string_view(code.category().name()) == "beast.http"
               || std::string_view(code.category().name()) == "asio.ssl.stream";
    }
};
}  // namespace detail

ACRX_DECL boost::system::error_category const& acrx_category() noexcept
{
    static detail::acrx_error_category const category;
    return category;
}

ACRX_DECL boost::system::error_category const& condition_category() noexcept
{
    static detail::acrx_condition_category const category;
    return category;
}

ACRX_DECL error_code make_error_code(errc code) noexcept
{
    return {static_cast<int>(code), acrx_category()};
}

ACRX_DECL boost::system::error_condition make_error_condition(condition c) noexcept
{
    return {static_cast<int>(c), condition_category()};
}

ACRX_DECL std::string error::text() const
{
    for (auto const complete : {errc::invalid_argument, errc::syntax, errc::invalid_instruction, errc::not_supported,
                                errc::step_failed})
        if (code() == complete)
            return doing_;
    auto const message = code().message();
    bool const is_said = doing_.ends_with(message) || doing_.ends_with(message + ".");
    return is_said ? doing_ : doing_ + ": " + message;
}

ACRX_DECL void throw_errno(std::string const& doing)
{
    throw_errno(errno, doing);
}

ACRX_DECL void throw_errno(int number, std::string const& doing)
{
    throw error(error_code(number, boost::system::system_category()), doing);
}
}  // namespace acrx
#endif
