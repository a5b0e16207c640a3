// Bodies of build/detail/stage_state.hpp that are about ADD.
#ifndef ACRX_BUILD_IMPL_STAGE_ADD_IPP
#define ACRX_BUILD_IMPL_STAGE_ADD_IPP
#include <acrx/build/detail/locations.hpp>
#include <acrx/build/detail/stage_state.hpp>
#include <acrx/context/fetch_url.hpp>
#include <acrx/context/location.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace acrx::detail {
/// What a download is called in a folder: the last element of its path, slashes at its end left out.
inline std::string name_of_download(std::string_view url)
{
    auto path = url.substr(0, url.find_first_of("?#"));
    path = path.substr(0, path.find_last_not_of('/') + 1);
    return file_name_of_url(path).value_or("__unnamed__");
}

inline digest parse_checksum(std::string const& text)
{
    try {
        return digest::parse(text);
    } catch (error const&) {
        throw dockerfile::parse_error(errc::invalid_instruction, {}, "invalid checksum \"" + text + "\"",
                                      "Write sha256: and the 64 hexadecimal digits that sha256sum prints.");
    }
}

/// The commit that a flag names, or the beginning of its id.
inline std::string parse_commit(std::string const& text)
{
    auto id = ascii_lower(text);
    bool const is_id = !id.empty() && id.size() <= 64 && id.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!is_id)
        throw dockerfile::parse_error(errc::invalid_instruction, {}, "invalid checksum \"" + text + "\"",
                                      "For a repository it is the id of the commit.");
    return id;
}

/// A repository with what the flags of ADD say of it.
inline git_location pinned(git_location where, std::string const& checksum, std::optional<bool> keep_git_dir)
{
    auto const refuse = [](std::string const& why) {
        throw dockerfile::parse_error(errc::invalid_instruction, {}, why, "Say it once: in the URL, or by a flag.");
    };
    if (keep_git_dir && where.keep_git_folder && *where.keep_git_folder != *keep_git_dir)
        refuse("inconsistent keep-git-dir configuration");
    if (keep_git_dir)
        where.keep_git_folder = keep_git_dir;
    if (checksum.empty())
        return where;
    auto const commit = parse_commit(checksum);
    if (!where.commit.empty() && where.commit != commit)
        refuse("checksum mismatch \"" + where.commit + "\" != \"" + commit + "\"");
    where.commit = commit;
    return where;
}

/// What a source word of ADD makes it fetch; nothing for a path.
inline std::optional<remote_source> read_remote(std::string const& word, std::string const& checksum,
                                                std::optional<bool> keep_git_dir)
{
    try {
        if (auto where = parse_git_source(word))
            return pinned(std::move(*where), checksum, keep_git_dir);
    } catch (dockerfile::parse_error const&) {
        throw;
    } catch (error const& e) {
        throw dockerfile::parse_error(errc::invalid_instruction, {}, hide_user_info(e.text()), e.advice());
    }
    if (!is_url(word))
        return std::nullopt;
    return web_file{word, name_of_download(word), checksum.empty() ? digest() : parse_checksum(checksum)};
}

ACRX_DECL void stage_state::apply(dockerfile::add const& what, dockerfile::instruction const& line)
{
    std::string history;
    auto step = transfer(what.files, "ADD", history);
    auto const checksum = expand(what.checksum);
    if (!checksum.empty() && step.sources.size() != 1)
        throw dockerfile::parse_error(errc::invalid_instruction, line.where,
                                      "checksum can't be specified for multiple sources");
    for (std::size_t i = 0; i < step.sources.size(); ++i)
        if (auto remote = read_remote(step.sources[i], checksum, what.keep_git_dir))
            step.remotes.emplace(i, std::move(*remote));
    if (!checksum.empty() && step.remotes.empty())
        throw dockerfile::parse_error(errc::invalid_instruction, line.where,
                                      "checksum requires HTTP(S) or Git sources");
    step.unpack = what.unpack.value_or(true);
    step.unpack_downloads = what.unpack.value_or(false);
    add_step(std::move(step), line, std::move(history));
}
}  // namespace acrx::detail
#endif
