// Errors as Azure Resource Manager writes them.
#ifndef ACRX_SERVER_ARM_ERROR_HPP
#define ACRX_SERVER_ARM_ERROR_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/served_request.hpp>

#include <exception>
#include <string>
#include <string_view>

namespace acrx {
/// A refusal with the code that clients of ARM branch on.
class arm_refusal : public http_refusal
{
public:
    /// @param name    e.g. `ResourceNotFound`
    /// @param target  what of the request is wrong; may be empty
    arm_refusal(unsigned status, std::string name, std::string const& message, std::string target = {})
        : http_refusal(status, errc::invalid_argument, message), name_(std::move(name)), target_(std::move(target))
    {}
    std::string const& name() const noexcept { return name_; }
    std::string const& target() const noexcept { return target_; }

private:
    std::string name_;
    std::string target_;
};

/// `{"error":{"code","message","target"}}` with the status that fits.
ACRX_DECL http_reply arm_error_reply(unsigned status, std::string_view name, std::string_view message,
                                     std::string_view target = {});
/// The answer to what a handler threw; nothing of an error that is not for clients is in it.
ACRX_DECL http_reply arm_error_reply(std::exception_ptr failure);
/// Whether an answer to it hides what happened, which then belongs into the server's log.
ACRX_DECL bool is_internal_error(std::exception_ptr failure);

/// 404 for something that is not there. @param what  e.g. `tasks/nightly`
[[noreturn]] ACRX_DECL void throw_not_found(std::string_view registry, std::string_view what);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/arm_error.ipp>
#endif
#endif
