// Bodies of context/detail/git_command.hpp.
#ifndef ACRX_CONTEXT_IMPL_GIT_COMMAND_IPP
#define ACRX_CONTEXT_IMPL_GIT_COMMAND_IPP
#include <acrx/context/detail/git_command.hpp>
#include <acrx/context/detail/git_failure.hpp>
#include <acrx/context/detail/location_words.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/url.hpp>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace acrx::detail {
/// Whether git may see a variable of our environment: of its own, those that say how to reach a server.
inline bool is_for_git(std::string_view variable)
{
    constexpr std::array<std::string_view, 7> kept{"GIT_SSH_COMMAND=", "GIT_SSH=", "GIT_SSL_CAINFO=", "GIT_SSL_CAPATH=",
                                                   "GIT_SSL_NO_VERIFY=", "GIT_PROXY_COMMAND=", "GIT_CONFIG_GLOBAL="};
    if (std::any_of(kept.begin(), kept.end(), [&](std::string_view name) { return variable.starts_with(name); }))
        return true;
    constexpr std::array<std::string_view, 5> dropped{"GIT_", "LC_", "LANG", "SSH_ASKPASS", "ACRX_GIT_"};
    return std::none_of(dropped.begin(), dropped.end(), [&](std::string_view name) { return variable.starts_with(name); });
}

inline std::vector<std::string> environment_of_git()
{
    std::vector<std::string> variables;
    bool has_ssh = false;
    for (char** at = ::environ; at != nullptr && *at != nullptr; ++at) {
        std::string_view const variable(*at);
        if (!is_for_git(variable))
            continue;
        has_ssh = has_ssh || variable.starts_with("GIT_SSH_COMMAND=") || variable.starts_with("GIT_SSH=");
        variables.emplace_back(variable);
    }
    if (!has_ssh)
        variables.emplace_back("GIT_SSH_COMMAND=ssh -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=20");
    for (auto const* variable : {"LC_ALL=C", "GIT_CONFIG_NOSYSTEM=1", "GIT_ATTR_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0",
                                 "GIT_ASKPASS=", "SSH_ASKPASS_REQUIRE=never", "GIT_LFS_SKIP_SMUDGE=1"})
        variables.emplace_back(variable);
    return variables;
}

ACRX_DECL git_command::git_command(git_location const& where, std::string_view token)
    : environment_(environment_of_git()), doing_("fetching " + redacted(where)), ref_(where.ref)
{
    configuration_ = {"core.hooksPath=/dev/null", "core.fsmonitor=false",      "core.autocrlf=false",
                      "core.askPass=",            "init.defaultBranch=main",   "advice.detachedHead=false",
                      "gc.autoDetach=false",      "maintenance.autoDetach=false", "fetch.recurseSubmodules=false",
                      "http.lowSpeedLimit=1",     "http.lowSpeedTime=60"};
    auto const lower = ascii_lower(where.remote.substr(0, 8));
    if (is_web(lower))
        use_credentials(where.remote, where.user_info, token);
}

ACRX_DECL void git_command::use_credentials(std::string const& remote, std::string_view user_info, std::string_view token)
{
    url target;
    try {
        target = parse_url(remote);
    } catch (error const&) {
        throw error(errc::syntax, doing_ + ": it is no URL", "Write https://HOST/PATH.git#REF:FOLDER.");
    }
    auto const colon = user_info.find(':');
    auto user = percent_decode(user_info.substr(0, colon));
    auto password = colon == std::string_view::npos ? std::string() : percent_decode(user_info.substr(colon + 1));
    if (password.empty() && !token.empty())
        password = token;
    if (password.empty())
        password = std::exchange(user, {});  // a token alone
    if (password.empty())
        return;
    if (user.empty())
        user = "dummy";
    for (auto const* text : {&user, &password})
        if (std::any_of(text->begin(), text->end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
            throw error(errc::syntax, doing_ + ": the credentials hold a control character");
    auto const scope = "credential." + target.scheme + "://" + authority(target) + ".helper=";
    configuration_.push_back(scope);  // the user's helpers neither answer for this host nor keep the token
    configuration_.push_back(scope
                             + R"(!f() { test "$1" != get || )"
                               R"(printf 'username=%s\npassword=%s\n' "$ACRX_GIT_USER" "$ACRX_GIT_PASSWORD"; }; f)");
    environment_.push_back("ACRX_GIT_USER=" + user);
    environment_.push_back("ACRX_GIT_PASSWORD=" + password);
}

ACRX_DECL void git_command::authorize(std::string const& remote, std::string const& value)
{
    auto const target = parse_url(remote);
    auto const scope = "http." + target.scheme + "://" + authority(target);
    configuration_.push_back(scope + ".followRedirects=false");
    environment_.emplace_back("GIT_CONFIG_COUNT=1");
    environment_.push_back("GIT_CONFIG_KEY_0=" + scope + ".extraHeader");
    environment_.push_back("GIT_CONFIG_VALUE_0=Authorization: " + value);
}

ACRX_DECL net::awaitable<child_result> git_command::try_run(std::vector<std::string> args, std::filesystem::path folder,
                                                            git_files files) const
{
    child_command command;
    command.args = {"git"};
    for (auto const& line : configuration_) {
        command.args.emplace_back("-c");
        command.args.push_back(line);
    }
    command.args.insert(command.args.end(), std::move_iterator(args.begin()), std::move_iterator(args.end()));
    command.env = environment_;
    std::string const protocols = "GIT_ALLOW_PROTOCOL=https:http:ssh:git";
    command.env->push_back(files == git_files::allowed ? protocols + ":file" : protocols);
    command.working_dir = std::move(folder);
    command.output_limit = std::size_t{1} << 20;
    auto result = co_await run_child(std::move(command));
    co_return result;
}

ACRX_DECL net::awaitable<std::string> git_command::run(std::vector<std::string> args, std::filesystem::path folder,
                                                       git_files files) const
{
    auto result = co_await try_run(std::move(args), std::move(folder), files);
    if (result.code != 0)
        throw git_error(result.err, doing_, ref_);
    while (result.out.ends_with('\n'))
        result.out.pop_back();
    co_return std::move(result.out);
}
}  // namespace acrx::detail
#endif
