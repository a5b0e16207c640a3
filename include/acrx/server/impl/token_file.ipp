// Bodies of server/token_file.hpp.
#ifndef ACRX_SERVER_IMPL_TOKEN_FILE_IPP
#define ACRX_SERVER_IMPL_TOKEN_FILE_IPP
#include <acrx/core/error.hpp>
#include <acrx/core/secret_text.hpp>
#include <acrx/io/files.hpp>
#include <acrx/server/token_file.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <sstream>
#include <utility>

namespace acrx {
ACRX_DECL token_file::token_file(std::filesystem::path file)
    : file_(std::move(file)), entries_(std::make_shared<std::vector<entry>>(read(file_)))
{}

ACRX_DECL void token_file::reload()
{
    *entries_ = read(file_);
}

ACRX_DECL net::awaitable<std::optional<caller>> token_file::find(std::string token)
{
    std::optional<caller> found;
    if (token.empty())
        co_return found;
    auto const digest = digest_of(token);
    for (auto const& each : *entries_)
        if (is_equal_secret(each.token.str(), digest.str()))
            found = each.who;
    co_return found;
}

ACRX_DECL std::vector<token_file::entry> token_file::read(std::filesystem::path const& file)
{
    struct ::stat about{};
    if (::stat(file.c_str(), &about) == 0 && (about.st_mode & (S_IWGRP | S_IWOTH | S_IROTH)) != 0)
        throw error(errc::no_permission, "reading the tokens in " + file.string() + ", which others may read or write",
                    "Take that right away: chmod 600 " + file.string());
    std::istringstream lines(read_file(file, std::uint64_t{1} << 20));
    std::vector<entry> entries;
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
        std::string_view text(line);
        text = text.substr(0, text.find('#'));
        if (text.find_first_not_of(" \t\r") != text.npos)
            entries.push_back(read_line(text, file.string() + ":" + std::to_string(number)));
    }
    return entries;
}

ACRX_DECL token_file::entry token_file::read_line(std::string_view line, std::string const& place)
{
    constexpr std::size_t shortest = 16;
    constexpr std::string_view hashed = "sha256:";
    std::istringstream words{std::string(line)};
    std::string token;
    std::string word;
    std::string name;
    words >> token >> word >> name;
    auto const known = parse_role(word);
    if (!known)
        throw error(errc::syntax, place + ": the role of a token must be reader, runner or owner");
    if (name.empty())
        name = place.substr(place.rfind('/') + 1);
    if (std::string rest; words >> rest)
        throw error(errc::syntax, place + ": a line holds a token, a role and a name without spaces");
    if (token.starts_with(hashed))
        return {digest::parse(token), {name, *known}};
    if (token.size() < shortest)
        throw error(errc::syntax, place + ": a token must have at least 16 characters", "Make one with: openssl rand -hex 24");
    return {digest_of(token), {name, *known}};
}
}  // namespace acrx
#endif
