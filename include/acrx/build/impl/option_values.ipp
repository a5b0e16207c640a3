// Bodies of build/option_values.hpp.
#ifndef ACRX_BUILD_IMPL_OPTION_VALUES_IPP
#define ACRX_BUILD_IMPL_OPTION_VALUES_IPP
#include <acrx/build/detail/option_fields.hpp>
#include <acrx/build/memory_size.hpp>
#include <acrx/build/option_values.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/csv.hpp>
#include <acrx/dockerfile/parse_error.hpp>
#include <acrx/executor/check_limit.hpp>
#include <acrx/executor/device_interface.hpp>
#include <acrx/io/files.hpp>

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <vector>

namespace acrx {
namespace detail {
/// What `--secret` says, not looked up yet.
struct secret_option
{
    std::string id;
    std::string file;
    std::string variable;
};

[[noreturn]] inline void refuse_secret(std::string const& given, std::string const& why)
{
    throw option_error("--secret '" + given + "': " + why, "Write id=NAME,src=FILE or id=NAME,env=VARIABLE.");
}

inline std::vector<std::string> csv_fields(std::string const& given)
{
    if (given.empty())
        refuse_secret(given, "it is empty");
    try {
        return dockerfile::split_csv(given);
    } catch (dockerfile::parse_error const& e) {
        refuse_secret(given, e.text());
    }
}

inline secret_option parse_secret(std::string const& given)
{
    secret_option secret;
    std::string type;
    for (auto const& field : csv_fields(given)) {
        auto const equals = field.find('=');
        if (equals == std::string::npos)
            refuse_secret(given, "invalid field '" + field + "' must be a key=value pair");
        auto const key = ascii_lower(field.substr(0, equals));
        auto value = field.substr(equals + 1);
        if (key == "id")
            secret.id = std::move(value);
        else if (key == "src" || key == "source")
            secret.file = std::move(value);
        else if (key == "env")
            secret.variable = std::move(value);
        else if (key == "type" && (value == "file" || value == "env"))
            type = std::move(value);
        else
            refuse_secret(given, key == "type" ? "unsupported secret type \"" + value + "\""
                                               : "unexpected key '" + key + "' in '" + field + "'");
    }
    if (secret.id.empty())
        refuse_secret(given, "the id is missing");
    if (type == "env" && secret.variable.empty())
        secret.variable = std::exchange(secret.file, {});
    if (!secret.variable.empty() && !secret.file.empty())
        refuse_secret(given, "it has a file and a variable");
    return secret;
}

/// A private key as OpenSSH and OpenSSL write it. @throws error (`errc::invalid_argument`) for another file
inline void check_key(std::filesystem::path const& file)
{
    constexpr std::uint64_t most = 1 << 20;
    if (std::filesystem::is_directory(file))
        throw error(errc::invalid_argument, "--ssh: '" + file.string() + "' is a folder",
                    "Name a socket or a private key.");
    if (read_file(file, most).find("-----BEGIN ") == std::string::npos)
        throw error(errc::invalid_argument, "--ssh: failed to parse '" + file.string() + "': no key found",
                    "Name a private key, not the public one (.pub), or the socket of an agent.");
}

inline std::string read_secret_file(std::string const& id, std::filesystem::path const& file)
{
    constexpr std::uint64_t most = 500 << 10;
    std::error_code failed;
    auto const size = std::filesystem::file_size(file, failed);
    if (!std::filesystem::exists(file))
        throw error(errc::invalid_argument, "secret " + id + ": Unable to find '" + file.string() + "'.",
                    "The path after src= counts from the current directory, in a task from that of the step.");
    if (std::filesystem::is_directory(file))
        throw error(errc::invalid_argument, "secret " + id + ": '" + file.string() + "' is a folder",
                    "A secret is one file.");
    if (!failed && size > most)
        throw error(errc::invalid_argument, "secret " + id + " too big. max size 500KB");
    return read_file(file, most);
}
}  // namespace detail

ACRX_DECL std::pair<std::string, std::string> read_secret_option(std::string const& given, variable_lookup const& variables,
                                                                     place_lookup const& place)
{
    auto secret = detail::parse_secret(given);
    if (secret.variable.empty() && secret.file.empty())
        (variables(secret.id) ? secret.variable : secret.file) = secret.id;
    auto value = secret.variable.empty() ? detail::read_secret_file(secret.id, place(secret.file))
                                         : variables(secret.variable).value_or("");
    return {std::move(secret.id), std::move(value)};
}

ACRX_DECL std::pair<std::string, ssh_agent_source> read_ssh_option(std::string const& given, variable_lookup const& variables,
                                                                         place_lookup const& place)
{
    auto const refuse = [&](std::string const& why) {
        return option_error("--ssh '" + given + "': " + why, "Write default, ID=SOCKET, or ID=KEY[,KEY].");
    };
    auto const equals = given.find('=');
    auto const id = given.substr(0, equals);
    if (id.empty())
        throw refuse("the id is missing");
    ssh_agent_source agent;
    if (equals == std::string::npos) {
        agent.socket = variables("SSH_AUTH_SOCK").value_or("");
        if (agent.socket.empty())
            throw refuse("there is no agent: make sure SSH_AUTH_SOCK is set");
    }
    auto rest = equals == std::string::npos ? std::string_view() : std::string_view(given).substr(equals + 1);
    for (; !rest.empty(); rest.remove_prefix(std::min(rest.find(','), rest.size() - 1) + 1)) {
        auto const path = std::filesystem::absolute(place(std::string(rest.substr(0, rest.find(',')))));
        std::error_code failed;
        auto const status = std::filesystem::status(path, failed);
        if (!std::filesystem::exists(status))
            throw error(errc::invalid_argument, "--ssh: Unable to find '" + path.string() + "'.",
                        "Name the socket of an agent, or a private key.");
        if (!std::filesystem::is_socket(status)) {
            detail::check_key(path);
            agent.keys.push_back(path);
        } else if (!std::exchange(agent.socket, path).empty()) {
            throw refuse("only one socket may be given");
        }
    }
    if (agent.socket.empty() == agent.keys.empty())
        throw refuse(agent.keys.empty() ? "no path is given" : "keys and sockets cannot be combined");
    return {id, std::move(agent)};
}

ACRX_DECL std::pair<std::string, std::string> parse_extra_host(std::string_view given)
{
    auto const end = given.find_first_of(":=");
    auto const name = given.substr(0, end);
    auto address = end == given.npos ? std::string_view() : given.substr(end + 1);
    auto const refuse = [&](std::string const& why) {
        return option_error("--add-host '" + std::string(given) + "': " + why, "Write NAME:IP.");
    };
    if (name.empty() || address.empty() || name.find_first_of(" \t\n#") != name.npos)
        throw refuse("it is not NAME:IP");
    if (address == "host-gateway")  // steps share the network of this machine
        return {std::string(name), "127.0.0.1"};
    if (address.starts_with('[') && address.ends_with(']'))
        address = address.substr(1, address.size() - 2);
    boost::system::error_code bad;
    net::ip::make_address(std::string(address), bad);
    if (bad)
        throw refuse("invalid IP address '" + std::string(address) + "'");
    return {std::string(name), std::string(address)};
}

ACRX_DECL resource_limit parse_resource_limit(std::string_view given)
{
    auto const refuse = [&](std::string const& why) {
        return option_error("--ulimit '" + std::string(given) + "': " + why, "Write NAME=SOFT[:HARD], e.g. nofile=1024:4096.");
    };
    auto const equals = given.find('=');
    if (equals == given.npos || equals == 0)
        throw refuse("invalid ulimit argument");
    auto const number = [&](std::string_view text) {
        std::int64_t value = 0;
        auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (failed != std::errc{} || end != text.data() + text.size() || value < -1)
            throw refuse("'" + std::string(text) + "' is not a number");
        return static_cast<std::uint64_t>(value);
    };
    auto const values = given.substr(equals + 1);
    auto const colon = values.find(':');
    resource_limit limit;
    limit.name = given.substr(0, equals);
    limit.soft = number(values.substr(0, colon));
    limit.hard = colon == values.npos ? limit.soft : number(values.substr(colon + 1));
    if (limit.soft > limit.hard)
        throw refuse("the soft limit must be less than or equal to the hard limit");
    try {
        check_limit(limit);
    } catch (error const& e) {
        throw refuse(e.text());
    }
    return limit;
}

ACRX_DECL std::uint64_t parse_shm_size(std::string_view given)
{
    auto const bytes = parse_memory_size(given);
    if (!bytes || *bytes == 0)
        throw option_error("--shm-size: '" + std::string(given) + "' is not a size", "Write for example 128m or 2g.");
    return *bytes;
}

namespace detail {
inline void allow_device(std::string_view given, build_request& request)
{
    auto const fields = csv_fields("--allow device", given);
    constexpr std::string_view alias = "alias=";
    bool const has_alias = fields.size() == 2 && fields[1].starts_with(alias);
    if (!is_device_wish(fields.front()) || (fields.size() > 1 && !has_alias)
        || (has_alias && !is_device_wish(std::string_view(fields[1]).substr(alias.size()))))
        throw option_error("--allow: '" + std::string(given) + "' names no device",
                           "Write device=VENDOR/CLASS[=NAME][,alias=VENDOR/CLASS[=NAME]].");
    if (has_alias)
        request.allowed_devices[fields[1].substr(alias.size())] = fields.front();
    else
        request.allowed_devices[fields.front()];
}
}  // namespace detail

ACRX_DECL void allow_entitlement(std::string_view entitlement, build_request& request)
{
    if (entitlement == "network.host")
        request.allow_host_network = true;
    else if (entitlement == "security.insecure")
        request.allow_insecure = true;
    else if (entitlement == "device")
        request.allow_devices = true;
    else if (entitlement.starts_with("device="))
        detail::allow_device(entitlement.substr(entitlement.find('=') + 1), request);
    else
        throw option_error("--allow: '" + std::string(entitlement)
                                   + "' is not one of network.host, security.insecure, device");
}

namespace detail {
inline bool security_switch(std::string_view option, std::string_view value)
{
    if (value.empty() || value == "true" || value == "1")
        return true;
    if (value == "false" || value == "0")
        return false;
    throw option_error("--security-opt '" + std::string(option) + "' is neither true nor false");
}
}  // namespace detail

ACRX_DECL void apply_security_option(step_rights& rights, std::string_view option)
{
    auto const end = option.find_first_of("=:");
    auto const key = option.substr(0, end);
    auto const value = end == option.npos ? std::string_view() : option.substr(end + 1);
    auto const doing = "--security-opt '" + std::string(option) + "'";
    if (key == "no-new-privileges") {
        rights.no_new_privileges = detail::security_switch(option, value);
    } else if (key == "seccomp") {
        if (value != "unconfined" && value != "builtin")
            throw option_error(doing + ": filters of one's own are not read", "Write seccomp=unconfined, or leave it out.");
        rights.filtered = value == "builtin";
    } else if (key == "systempaths") {
        if (value != "unconfined")
            throw option_error(doing, "Write systempaths=unconfined.");
        rights.masked = false;
    } else if (key == "apparmor") {
        if (value != "unconfined")
            throw option_error(doing + ": steps have no AppArmor profile", "Write apparmor=unconfined, or leave it out.");
    } else if (key != "label") {
        throw option_error(doing + " is unknown",
                           "There are no-new-privileges, seccomp=unconfined, systempaths=unconfined, apparmor=unconfined "
                           "and label=....");
    }
}
}  // namespace acrx
#endif
