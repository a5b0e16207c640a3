// The one exception type of acrx, its codes, and the conditions that policies branch on.
#ifndef ACRX_CORE_ERROR_HPP
#define ACRX_CORE_ERROR_HPP

#include <acrx/core/config.hpp>

#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>

#include <string>
#include <type_traits>

namespace acrx {
using error_code = boost::system::error_code;

/// What can go wrong in acrx itself. The system, TLS and HTTP keep their own categories.
enum class errc
{
    invalid_argument = 1,  ///< an option or a value that no input could make valid
    syntax,                ///< a text that its grammar refuses: Dockerfile, ignore file, reference, JSON
    invalid_instruction,   ///< a Dockerfile instruction that is well formed and yet wrong
    not_supported,         ///< understood, but not executed by this version
    not_found,             ///< a file, stage, image or blob that does not exist
    outside_root,          ///< a path or link that leaves the folder it must stay in
    damaged,               ///< bytes that do not hold what their format promises
    digest_mismatch,       ///< the bytes that arrived have another digest than the one asked for
    unauthorized,          ///< the registry wants credentials, and none of those at hand fits
    denied,                ///< the credentials are good, the action is not allowed
    rate_limited,          ///< the server asks to come back later
    unavailable,           ///< the server answers, and says that it cannot serve now
    protocol,              ///< the peer does not speak the protocol that was agreed
    step_failed,           ///< a build step ended with a status other than 0
    timed_out,             ///< a deadline passed
    canceled,              ///< the caller, or the user, stopped the work
    no_permission,         ///< the kernel refuses; the text names the setting
};

/// Conditions under which a caller may act alike, whatever the code.
enum class condition
{
    transient = 1,  ///< the same call may succeed later: retry with back-off
    interrupted,    ///< cancelled or timed out: do not retry, clean up
};

/// The category `acrx` of `errc`.
ACRX_DECL boost::system::error_category const& acrx_category() noexcept;
/// The category of `condition`.
ACRX_DECL boost::system::error_category const& condition_category() noexcept;

ACRX_DECL error_code make_error_code(errc code) noexcept;
ACRX_DECL boost::system::error_condition make_error_condition(condition c) noexcept;

/// An error code to branch on, a text that says what was being done to what, and what to do about it.
/// `what()` reads `pulling alpine:3.20: digest mismatch`.
class error : public boost::system::system_error
{
public:
    /// @param doing   e.g. `pulling alpine:3.20`; no full stop, never a secret
    /// @param advice  what the user can do; empty if there is nothing to say
    error(error_code code, std::string const& doing, std::string advice = {})
        : system_error(code, doing), doing_(doing), advice_(std::move(advice))
    {}
    error(errc code, std::string const& doing, std::string advice = {})
        : error(make_error_code(code), doing, std::move(advice))
    {}

    /// What was being done, as given.
    std::string const& doing() const noexcept { return doing_; }
    /// What a person should read: `doing`, and the code's message where it adds something.
    ACRX_DECL std::string text() const;
    /// What the user can do, as a sentence; may be empty.
    std::string const& advice() const noexcept { return advice_; }

private:
    std::string doing_;
    std::string advice_;
};

/// Throws what `errno` says, as an `error`. @param doing as in `error`
[[noreturn]] ACRX_DECL void throw_errno(std::string const& doing);
/// Throws what `number`, a value of errno, says.
[[noreturn]] ACRX_DECL void throw_errno(int number, std::string const& doing);
}  // namespace acrx

template<>
struct boost::system::is_error_code_enum<acrx::errc> : std::true_type
{};
template<>
struct boost::system::is_error_condition_enum<acrx::condition> : std::true_type
{};

#if !defined(ACRX_COMPILED)
#include <acrx/core/impl/error.ipp>
#endif
#endif
