// Bodies of cli/exit_status.hpp.
#ifndef ACRX_CLI_IMPL_EXIT_STATUS_IPP
#define ACRX_CLI_IMPL_EXIT_STATUS_IPP
#include <acrx/cli/exit_status.hpp>

#include <filesystem>

namespace acrx::cli {
namespace detail {
inline exit_status status_of_acrx(errc code) noexcept
{
    switch (code) {
    case errc::invalid_argument:
    case errc::syntax:
    case errc::invalid_instruction:
    case errc::not_supported:
    case errc::not_found:
    case errc::outside_root:
    case errc::damaged:
    case errc::step_failed: return exit_status::build_failed;
    case errc::digest_mismatch:
    case errc::unauthorized:
    case errc::denied:
    case errc::rate_limited:
    case errc::unavailable:
    case errc::protocol:
    case errc::timed_out: return exit_status::registry;
    case errc::no_permission: return exit_status::machine;
    case errc::canceled: return exit_status::interrupted;
    }
    return exit_status::internal;
}

/// Codes of the system are about this machine, unless they are about a peer.
inline exit_status status_of_system(error_code const& code) noexcept
{
    namespace sys = boost::system::errc;
    for (auto const peer : {sys::connection_reset, sys::connection_refused, sys::connection_aborted, sys::broken_pipe,
                            sys::timed_out, sys::network_unreachable, sys::host_unreachable, sys::network_down,
                            sys::not_connected, sys::address_not_available})
        if (code == peer)
            return exit_status::registry;
    if (code == sys::operation_canceled)
        return exit_status::interrupted;
    return exit_status::machine;
}

inline exit_status status_of_code(error_code const& code) noexcept
{
    if (code.category() == acrx_category())
        return status_of_acrx(static_cast<errc>(code.value()));
    if (code.category() == boost::system::system_category() || code.category() == boost::system::generic_category())
        return status_of_system(code);
    return exit_status::registry;  // names, TLS, HTTP: the categories of the network
}
}  // namespace detail

ACRX_DECL exit_status status_of(std::exception_ptr failure)
{
    try {
        std::rethrow_exception(std::move(failure));
    } catch (usage_error const&) {
        return exit_status::usage;
    } catch (boost::system::system_error const& e) {
        return detail::status_of_code(e.code());
    } catch (std::filesystem::filesystem_error const&) {
        return exit_status::machine;
    } catch (std::bad_alloc const&) {
        return exit_status::machine;
    } catch (...) {
        return exit_status::internal;
    }
}
}  // namespace acrx::cli
#endif
