// Bodies of context/location.hpp.
#ifndef ACRX_CONTEXT_IMPL_LOCATION_IPP
#define ACRX_CONTEXT_IMPL_LOCATION_IPP
#include <acrx/context/detail/location_words.hpp>
#include <acrx/context/location.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/url.hpp>

#include <algorithm>
#include <utility>

namespace acrx {
namespace detail {
/// The parts of `PATH?QUERY#REF:FOLDER`.
struct git_words
{
    std::string_view path;
    std::optional<std::string_view> query;
    std::optional<std::string_view> fragment;
};

inline git_words split_git_words(std::string_view text)
{
    git_words words;
    if (auto const hash = text.find('#'); hash != std::string_view::npos) {
        words.fragment = text.substr(hash + 1);
        text = text.substr(0, hash);
    }
    if (auto const mark = text.find('?'); mark != std::string_view::npos) {
        words.query = text.substr(mark + 1);
        text = text.substr(0, mark);
    }
    words.path = text;
    return words;
}

/// Everything up to the last `@` of the authority, where a password with a slash in it counts as part of it.
inline std::size_t user_info_size(std::string_view after_scheme)
{
    auto const slash = std::min(after_scheme.find_first_of("/?#"), after_scheme.size());
    auto const authority = after_scheme.substr(0, slash);
    if (auto const at = authority.rfind('@'); at != std::string_view::npos)
        return at;
    auto const colon = authority.rfind(':');
    bool const is_host = colon == std::string_view::npos || authority.ends_with(']')
                         || authority.find_first_not_of("0123456789", colon + 1) == std::string_view::npos
                         || authority[colon + 1] == '$';
    return is_host ? std::string_view::npos : after_scheme.find('@');
}

/// Tells whether what follows `SCHEME://` is the name of an image, in which `@` begins a digest.
inline bool names_an_image(std::string_view before_mark)
{
    return before_mark.ends_with("docker-image") || before_mark.ends_with("oci-layout") || before_mark.ends_with("oci");
}

/// Sets the remote, the user info of http taken out of it.
inline void set_remote(git_location& git, std::string_view remote)
{
    git.remote = remote;
    if (!is_web(ascii_lower(remote.substr(0, 8))))
        return;
    auto const start = remote.find("://") + 3;
    auto const size = user_info_size(remote.substr(start));
    if (size == std::string_view::npos)
        return;
    git.user_info = remote.substr(start, size);
    git.remote.erase(start, size + 1);
}

/// The query of a git URL, word by word.
class git_query
{
public:
    explicit git_query(git_location& git) : git_(git) {}

    static bool knows(std::string_view name)
    {
        constexpr std::string_view names[] = {"ref",        "branch",       "tag",   "commit",         "checksum", "subdir",
                                              "submodules", "keep-git-dir", "mtime", "fetch-by-commit"};
        return std::find(std::begin(names), std::end(names), name) != std::end(names);
    }
    /// Calls `each(name, value)` for the words of a query, decoded; `value` is nothing without `=`.
    template<class F>
    static void split(std::string_view query, F each)
    {
        while (!query.empty()) {
            auto const end = std::min(query.find('&'), query.size());
            auto const word = query.substr(0, end);
            query.remove_prefix(std::min(end + 1, query.size()));
            auto const equals = std::min(word.find('='), word.size());
            if (!word.empty())
                each(percent_decode(word.substr(0, equals)),
                     percent_decode(word.substr(std::min(equals + 1, word.size()))));
        }
    }

    void read(std::string_view query)
    {
        split(query, [this](std::string const& name, std::string const& value) { set(name, value); });
        if (!tag_.empty() && !branch_.empty())
            fail("branch conflicts with tag");
        if (!tag_.empty())
            agree("ref", git_.ref, "refs/tags/" + tag_);
        if (!branch_.empty())
            agree("ref", git_.ref, "refs/heads/" + branch_);
        if (git_.fetch_by_commit && git_.commit.empty())
            fail("fetch-by-commit needs a commit");
    }

private:
    void set(std::string const& name, std::string const& value)
    {
        if (!knows(name))
            fail("unexpected query \"" + name + "\"");
        if (name == "submodules")
            git_.submodules = flag(name, value);
        else if (name == "keep-git-dir")
            git_.keep_git_folder = flag(name, value);
        else if (name == "fetch-by-commit")
            git_.fetch_by_commit = flag(name, value);
        else if (value.empty())
            fail("query \"" + name + "\" has no value");
        else if (name == "ref")
            agree("ref", git_.ref, value);
        else if (name == "subdir")
            agree("subdir", git_.folder, value);
        else if (name == "commit" || name == "checksum")
            agree("checksum", git_.commit, value);
        else if (name == "tag")
            agree("tag", tag_, value);
        else if (name == "branch")
            agree("branch", branch_, value);
        else if (value == "commit" || value == "checkout")
            git_.commit_times = value == "commit";
        else
            fail("invalid mtime value: \"" + value + "\" (must be \"checkout\" or \"commit\")");
    }
    void agree(std::string_view name, std::string& known, std::string const& value) const
    {
        if (!known.empty() && known != value)
            fail(std::string(name) + " conflicts: \"" + known + "\" vs \"" + value + "\"");
        known = value;
    }
    bool flag(std::string const& name, std::string const& value) const
    {
        auto const word = ascii_lower(value);
        if (word.empty() || word == "true" || word == "1" || word == "t")
            return true;
        if (word != "false" && word != "0" && word != "f")
            fail("invalid " + name + " value: \"" + value + "\"");
        return false;
    }
    [[noreturn]] void fail(std::string const& why) const
    {
        throw error(errc::syntax, "reading the git URL " + git_.remote + ": " + why);
    }

    git_location& git_;
    std::string tag_;
    std::string branch_;
};

inline git_location read_git(git_words const& words, std::string_view scheme = {})
{
    git_location git;
    set_remote(git, std::string(scheme) + std::string(words.path));
    auto const fragment = words.fragment.value_or(std::string_view());
    auto const colon = fragment.find(':');
    git.ref = fragment.substr(0, colon);
    if (colon != std::string_view::npos)
        git.folder = fragment.substr(colon + 1);
    if (words.query)
        git_query(git).read(*words.query);
    return git;
}

/// Whether a query asks for a part of a repository, and not for a download that happens to be called `.git`.
inline bool is_git_query(std::string_view query)
{
    bool known = true;
    git_query::split(query, [&](std::string const& name, std::string const&) { known = known && git_query::knows(name); });
    return known && !query.empty();
}

/// `https://dev.azure.com/ORG/PROJECT/_git/REPOSITORY` and its older hosts.
inline bool is_azure_repository(std::string_view text)
{
    auto const lower = ascii_lower(text.substr(0, text.find('#')));
    if (!lower.starts_with("https://") || lower.find('?') != std::string::npos)
        return false;
    auto rest = std::string_view(lower).substr(8);
    auto const slash = rest.find('/');
    if (slash == std::string_view::npos || rest.find("/_git/", slash) == std::string_view::npos)
        return false;
    auto host = rest.substr(0, slash);
    if (auto const at = host.rfind('@'); at != std::string_view::npos)
        host.remove_prefix(at + 1);
    host = host.substr(0, host.find(':'));
    return host == "dev.azure.com" || host.ends_with(".visualstudio.com");
}

/// `...git`, or `...git#` and at least one character.
inline bool ends_like_repository(std::string_view text)
{
    if (text.ends_with(".git"))
        return true;
    auto const mark = text.find(".git#");
    return mark != std::string_view::npos && mark + 5 < text.size();
}
}  // namespace detail

ACRX_DECL location parse_location(std::string_view text)
{
    if (text == "-")
        return input_location{};
    if (text == "/dev/null")
        return empty_location{};
    auto const words = detail::split_git_words(text);
    if (text.starts_with("github.com/"))
        return detail::read_git(words, "https://");
    for (auto const* start : {"git://", "git@", "ssh://", "file://"})
        if (text.starts_with(start))
            return detail::read_git(words);
    if (detail::is_web(text)) {
        bool const has_git_query = words.query && words.path.ends_with(".git") && detail::is_git_query(*words.query);
        if (detail::ends_like_repository(text) || has_git_query)
            return detail::read_git(words);
    }
    if (detail::is_azure_repository(text))
        return detail::read_git(words);
    if (detail::is_web(text))
        return web_location{std::string(text)};
    if (ascii_lower(text.substr(0, 6)) == "oci://")
        return oci_location{std::string(text.substr(6))};
    return local_location{std::filesystem::path(text)};
}

ACRX_DECL std::optional<git_location> parse_git_source(std::string_view word)
{
    auto const words = detail::split_git_words(word);
    bool const is_git = word.starts_with("git://") || word.starts_with("ssh://") || word.starts_with("git@")
                        || (detail::is_web(word) && words.path.ends_with(".git"));
    if (!is_git)
        return std::nullopt;
    return detail::read_git(words);
}

ACRX_DECL std::string hide_user_info(std::string_view text)
{
    std::string shown;
    while (!text.empty()) {
        auto const mark = text.find("://");
        if (mark == std::string_view::npos)
            break;
        auto const scheme = text.substr(0, mark);
        bool const is_web = scheme.ends_with("http") || scheme.ends_with("https");
        shown += text.substr(0, mark + 3);
        text.remove_prefix(mark + 3);
        auto const word = text.substr(0, text.find_first_of(" \t\r\n'\"<>"));
        auto const size = detail::names_an_image(scheme) ? std::string_view::npos : detail::user_info_size(word);
        if (size == std::string_view::npos)
            continue;
        auto const colon = word.substr(0, size).find(':');
        if (is_web)
            shown += "<REDACTED>";
        else
            shown += colon == std::string_view::npos ? std::string(word.substr(0, size))
                                                     : std::string(word.substr(0, colon)) + ":<REDACTED>";
        text.remove_prefix(size);
    }
    return shown + std::string(text);
}

ACRX_DECL std::string redacted(location const& where)
{
    if (auto const* local = std::get_if<local_location>(&where))
        return local->path.string();
    if (auto const* web = std::get_if<web_location>(&where))
        return hide_user_info(web->url.substr(0, web->url.find_first_of("?#")));
    if (auto const* artifact = std::get_if<oci_location>(&where))
        return "oci://" + artifact->reference;
    if (std::holds_alternative<input_location>(where))
        return "-";
    if (std::holds_alternative<empty_location>(where))
        return "/dev/null";
    auto const& git = std::get<git_location>(where);
    auto shown = hide_user_info(git.remote);
    if (shown.starts_with("https://github.com/") && !shown.ends_with(".git"))  // one only as people write it
        shown.erase(0, shown.find("github.com"));
    if (!git.user_info.empty())
        shown.insert(shown.find("://") + 3, "<REDACTED>@");
    if (!git.ref.empty() || !git.folder.empty())
        shown += "#" + git.ref + (git.folder.empty() ? "" : ":" + git.folder);
    return shown;
}
}  // namespace acrx
#endif
