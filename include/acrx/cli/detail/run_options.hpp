// The options that RUN steps feel: secrets, agents, hosts, limits, entitlements.
#ifndef ACRX_CLI_DETAIL_RUN_OPTIONS_HPP
#define ACRX_CLI_DETAIL_RUN_OPTIONS_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/cli/environment.hpp>
#include <acrx/core/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace acrx::cli::detail {
/// `id=NAME[,src=FILE|,env=NAME][,type=file|env]`: reads the value. Without a source it is the variable NAME, if that
/// is set, else the file NAME; a variable that is not set is an empty value.
/// @throws usage_error for another form; error (`errc::invalid_argument`) for a file that is missing or too large
ACRX_DECL std::pair<std::string, std::string> read_secret(std::string const& given, environment const& variables);
/// `ID[=SOCKET|KEY[,KEY]...]`; without a path the agent of the environment. @throws as `read_secret`
ACRX_DECL std::pair<std::string, ssh_agent_source> read_ssh(std::string const& given, environment const& variables);
/// `NAME:IP` or `NAME=IP`; an address may stand in brackets; `host-gateway` is this machine. @throws usage_error
ACRX_DECL std::pair<std::string, std::string> parse_extra_host(std::string_view given);
/// `NAME=SOFT[:HARD]`, -1 is no limit. @throws usage_error
ACRX_DECL resource_limit parse_limit(std::string_view given);
/// Bytes, with a unit as in `64m`. @throws usage_error
ACRX_DECL std::uint64_t parse_shm_size(std::string_view given);
/// What RUN may ask for, as in `allow_entitlement`. @throws usage_error
ACRX_DECL void allow(std::string_view entitlement, build_options& options);

/// All of them, from the options into the request.
ACRX_DECL void add_run_options(build_request& build, build_options const& options, environment const& variables);
}  // namespace acrx::cli::detail

#if !defined(ACRX_COMPILED)
#include <acrx/cli/impl/run_options.ipp>
#endif
#endif
