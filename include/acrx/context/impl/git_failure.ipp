// Bodies of context/detail/git_failure.hpp.
#ifndef ACRX_CONTEXT_IMPL_GIT_FAILURE_IPP
#define ACRX_CONTEXT_IMPL_GIT_FAILURE_IPP
#include <acrx/context/detail/git_failure.hpp>
#include <acrx/context/location.hpp>

#include <array>
#include <utility>

namespace acrx::detail {
ACRX_DECL git_failure classify_git_failure(std::string_view output)
{
    // The first that fits counts: what git says last often only repeats that something failed.
    using enum git_failure;
    constexpr std::array<std::pair<std::string_view, git_failure>, 37> words{{
        {"couldn't find remote ref", no_such_ref},
        {"not our ref", no_such_commit},
        {"unadvertised object", no_commit_by_id},
        {"does not support shallow", no_shallow},
        {"server does not support --depth", no_shallow},
        {"could not read Username", unauthorized},
        {"could not read Password", unauthorized},
        {"Authentication failed", unauthorized},
        {"returned error: 401", unauthorized},
        {"returned error: 403", unauthorized},
        {"Permission denied (", unauthorized},
        {"Host key verification failed", unknown_host_key},
        {"returned error: 404", no_such_repository},
        {"' not found", no_such_repository},
        {"Repository not found", no_such_repository},
        {"not exported", no_such_repository},
        {"does not appear to be a git repository", no_such_repository},
        {"is this a git repository?", no_such_repository},
        {"no such repository", no_such_repository},
        {"returned error: 5", server_trouble},
        {"returned error: 429", server_trouble},
        {"RPC failed", server_trouble},
        {"early EOF", server_trouble},
        {"hung up unexpectedly", server_trouble},
        {"unexpected disconnect", server_trouble},
        {"Empty reply from server", server_trouble},
        {"Operation too slow", server_trouble},
        {"ould not resolve host", unreachable},
        {"unable to look up", unreachable},
        {"Failed to connect", unreachable},
        {"onnection refused", unreachable},
        {"No route to host", unreachable},
        {"Network is unreachable", unreachable},
        {"imed out", unreachable},
        {"unable to connect", unreachable},
        {"unable to access", unreachable},
        {"' not allowed", not_allowed},
    }};
    for (auto const& [text, meaning] : words)
        if (output.find(text) != std::string_view::npos)
            return meaning;
    return other;
}

ACRX_DECL std::string git_words_of_failure(std::string_view output)
{
    std::string_view best;
    while (!output.empty()) {
        auto const end = std::min(output.find_first_of("\r\n"), output.size());
        auto line = output.substr(0, end);
        output.remove_prefix(std::min(end + 1, output.size()));
        for (std::string_view prefix : {"fatal: ", "error: ", "remote: ", "ssh: "})
            if (line.starts_with(prefix))
                line.remove_prefix(prefix.size());
        bool const repeats = line.starts_with("Could not read from remote repository")
                             || line.starts_with("Please make sure") || line.starts_with("and the repository exists")
                             || line.starts_with("the remote end hung up") || line.starts_with("hint:");
        if (line.find_first_not_of(" \t") != std::string_view::npos && !repeats)
            best = line;
    }
    std::string text(best.substr(0, 500));
    for (auto& c : text)
        c = static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    return hide_user_info(text);
}

ACRX_DECL error git_error(std::string_view output, std::string const& doing, std::string const& ref)
{
    auto const said = git_words_of_failure(output);
    switch (classify_git_failure(output)) {
    case git_failure::no_such_ref:
        if (ref.empty())
            return {errc::not_found, doing + ": it has no default branch", "Name a branch after #: ...#BRANCH"};
        [[fallthrough]];
    case git_failure::no_such_commit:
    case git_failure::no_commit_by_id:
        return {errc::not_found, doing + ": it has no branch, tag or commit \"" + ref + "\"",
                "Name one that exists after #: ...#REF:FOLDER"};
    case git_failure::unauthorized:
        return {errc::unauthorized, doing + ": " + said,
                "It is private, or does not exist, or the credentials do not fit. Give a token with "
                "--git-access-token-file or in the URL, set up a git credential helper, or a key for ssh."};
    case git_failure::unknown_host_key:
        return {errc::unauthorized, doing + ": " + said,
                "Connect once with ssh, or add the server's key to known_hosts."};
    case git_failure::no_such_repository:
        return {errc::not_found, doing + ": there is no such repository (" + said + ")", "Check the address."};
    case git_failure::unreachable:
    case git_failure::server_trouble:
        return {errc::unavailable, doing + ": " + said, "Check the address and the network."};
    case git_failure::not_allowed:
        return {errc::not_supported, doing + ": " + said,
                "Repositories are fetched by https, http, ssh and git; submodules never from files of this machine."};
    default:
        return {errc::protocol, doing + ": " + (said.empty() ? "git failed without a word" : said)};
    }
}
}  // namespace acrx::detail
#endif
