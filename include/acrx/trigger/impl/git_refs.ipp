// Bodies of trigger/git_refs.hpp.
#ifndef ACRX_TRIGGER_IMPL_GIT_REFS_IPP
#define ACRX_TRIGGER_IMPL_GIT_REFS_IPP
#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/child_process.hpp>
#include <acrx/trigger/detail/git_payload.hpp>
#include <acrx/trigger/git_refs.hpp>
#include <acrx/trigger/repository_url.hpp>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace acrx {
namespace detail {
/// All that git sees of our environment, and what keeps it from asking and from reading settings.
inline std::vector<std::string> environment_of_ls_remote(std::string const& protocols)
{
    std::vector<std::string> environment{"GIT_TERMINAL_PROMPT=0", "GIT_ASKPASS=/bin/false", "SSH_ASKPASS=/bin/false",
                                         "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_OPTIONAL_LOCKS=0",
                                         "GIT_SSH_COMMAND=ssh -o BatchMode=yes", "LC_ALL=C", "GIT_ALLOW_PROTOCOL=" + protocols};
    for (auto const* name : {"PATH", "HOME", "https_proxy", "http_proxy", "no_proxy", "HTTPS_PROXY", "NO_PROXY", "GIT_SSL_CAINFO",
                             "SSL_CERT_FILE", "SSH_AUTH_SOCK"})
        if (auto const* value = std::getenv(name))
            environment.push_back(std::string(name) + "=" + value);
    return environment;
}

/// Puts a token where git sends it to the host of the URL alone.
inline void add_token(std::vector<std::string>& environment, std::string const& url, std::string const& token)
{
    auto const scheme = url.find("://");
    if (token.empty() || !url.starts_with("http") || scheme == url.npos)
        return;
    auto const host = url.substr(0, url.find('/', scheme + 3));
    environment.emplace_back("GIT_CONFIG_COUNT=1");
    environment.push_back("GIT_CONFIG_KEY_0=http." + host + "/.extraHeader");
    environment.push_back("GIT_CONFIG_VALUE_0=Authorization: Basic " + to_base64("x-access-token:" + token));
}
}  // namespace detail

ACRX_DECL git_refs parse_ls_remote(std::string_view text)
{
    constexpr std::string_view heads = "refs/heads/";
    constexpr std::string_view symbolic = "ref: ";
    git_refs refs;
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        auto const tab = line.find('\t');
        if (tab == line.npos)
            continue;
        auto what = line.substr(0, tab);
        auto name = line.substr(tab + 1);
        if (what.starts_with(symbolic) && name == "HEAD") {
            what.remove_prefix(symbolic.size());
            auto const branch = what.substr(what.starts_with(heads) ? heads.size() : what.size());
            if (detail::is_event_ref(branch))
                refs.default_branch = branch;
        } else if (name.starts_with(heads) && detail::is_event_ref(name.substr(heads.size())) && detail::is_event_commit(what)) {
            refs.branches.emplace(name.substr(heads.size()), what);
        }
    }
    return refs;
}

ACRX_DECL net::awaitable<git_refs> git_ls_remote::list(std::string url, std::string token)
{
    auto const shown = without_user_info(url);
    auto const clean = url.starts_with("http") ? shown : url;
    child_command command;
    command.args = {"git",  "-c", "protocol.version=2", "-c", "http.followRedirects=initial", "-c", "http.lowSpeedLimit=1000",
                    "-c",   "http.lowSpeedTime=30",     "-c", "credential.helper=",           "ls-remote",
                    "--symref", "--", clean, "HEAD", "refs/heads/*"};
    command.env = detail::environment_of_ls_remote(protocols_);
    detail::add_token(*command.env, clean, token);
    command.timeout = limit_;
    command.working_dir = "/";
    auto result = co_await run_child(std::move(command));
    if (result.code != 0) {
        auto why = result.err.substr(0, result.err.find('\n'));
        throw error(errc::unavailable, "looking at the branches of " + shown + ": " + why,
                    "Is the URL right, and may the token of the trigger read the repository?");
    }
    co_return parse_ls_remote(result.out);
}
}  // namespace acrx
#endif
