// Reads the values of build options that have a form of their own: secrets, agents, hosts, limits, entitlements.
#ifndef ACRX_BUILD_OPTION_VALUES_HPP
#define ACRX_BUILD_OPTION_VALUES_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>
#include <acrx/executor/step_rights.hpp>
#include <acrx/executor/step_spec.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace acrx {
/// The variables that options may name: their values by name, nothing for one that is not set.
using variable_lookup = std::function<std::optional<std::string>(std::string const&)>;
/// Where the path that an option names is on this machine. @throws error for one that it may not name
using place_lookup = std::function<std::filesystem::path(std::string const& path)>;
/// Paths as they are: relative ones count from the current directory.
inline std::filesystem::path given_place(std::string const& path)
{
    return path;
}

/// A value that does not have the form of its option.
class option_error : public error
{
public:
    explicit option_error(std::string const& text, std::string advice = {})
        : error(errc::invalid_argument, text, std::move(advice))
    {}
};

/// `id=NAME[,src=FILE|,env=NAME][,type=file|env]`: reads the value. Without a source it is the variable NAME, if that
/// is set, else the file NAME; a variable that is not set is an empty value.
/// @throws option_error for another form, error (`errc::invalid_argument`) for a file that is missing or too large
ACRX_DECL std::pair<std::string, std::string> read_secret_option(std::string const& given, variable_lookup const& variables,
                                                                     place_lookup const& place = given_place);
/// `ID[=SOCKET|KEY[,KEY]...]`; without a path the agent of the environment. @throws as `read_secret_option`
ACRX_DECL std::pair<std::string, ssh_agent_source> read_ssh_option(std::string const& given, variable_lookup const& variables,
                                                                         place_lookup const& place = given_place);
/// `NAME:IP` or `NAME=IP`; an address may stand in brackets; `host-gateway` is this machine.
/// @throws option_error
ACRX_DECL std::pair<std::string, std::string> parse_extra_host(std::string_view given);
/// `NAME=SOFT[:HARD]`, -1 is no limit. @throws option_error
ACRX_DECL resource_limit parse_resource_limit(std::string_view given);
/// Bytes, with a unit as in `64m`. @throws option_error
ACRX_DECL std::uint64_t parse_shm_size(std::string_view given);
/// `network.host`, `security.insecure` or `device[=VENDOR/CLASS[=NAME][,alias=OTHER]]`. @throws option_error
ACRX_DECL void allow_entitlement(std::string_view entitlement, build_request& request);

/// Reads one `--security-opt`: `no-new-privileges[=BOOL]`, `seccomp=unconfined|builtin`, `systempaths=unconfined`,
/// `apparmor=unconfined`, `label=...`. The last two change nothing: steps have no such profiles or labels.
/// @throws option_error for an unknown one, and for profiles of one's own
ACRX_DECL void apply_security_option(step_rights& rights, std::string_view option);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/option_values.ipp>
#endif
#endif
