// Bodies of build/detail/accounts.hpp.
#ifndef ACRX_BUILD_IMPL_ACCOUNTS_IPP
#define ACRX_BUILD_IMPL_ACCOUNTS_IPP
#include <acrx/build/detail/accounts.hpp>
#include <acrx/core/error.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace acrx::detail {
using account_line = std::vector<std::string_view>;

/// The lines of a passwd or group file, split at colons; comments and short lines are left out.
inline std::vector<account_line> split_lines(std::string_view text, std::size_t fields)
{
    std::vector<account_line> lines;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with('#'))
            continue;
        account_line words;
        for (;;) {
            auto const colon = line.find(':');
            words.push_back(line.substr(0, colon));
            if (colon == std::string_view::npos)
                break;
            line.remove_prefix(colon + 1);
        }
        if (words.size() >= fields)
            lines.push_back(std::move(words));
    }
    return lines;
}

inline std::optional<std::uint32_t> to_id(std::string_view text)
{
    std::uint32_t id = 0;
    auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (text.empty() || failure != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return id;
}

/// The two files, kept alive while lines refer to them.
struct account_files
{
    explicit account_files(root_view const& root)
        : passwd_text(root.content("etc/passwd").value_or(std::string())),
          group_text(root.content("etc/group").value_or(std::string())), users(split_lines(passwd_text, 6)),
          groups(split_lines(group_text, 4))
    {}

    account_line const* user(std::string_view name) const { return find(users, 0, name); }
    account_line const* user_by_id(std::uint32_t id) const { return find(users, 2, std::to_string(id)); }
    std::optional<std::uint32_t> group(std::string_view name) const
    {
        auto const* line = find(groups, 0, name);
        return line != nullptr ? to_id((*line)[2]) : std::nullopt;
    }
    /// The groups that list `name` as a member.
    std::vector<std::uint32_t> memberships(std::string_view name) const
    {
        std::vector<std::uint32_t> ids;
        for (auto const& line : groups) {
            std::string_view members = line[3];
            while (!members.empty()) {
                auto const comma = std::min(members.find(','), members.size());
                if (members.substr(0, comma) == name)
                    if (auto const id = to_id(line[2]))
                        ids.push_back(*id);
                members.remove_prefix(std::min(comma + 1, members.size()));
            }
        }
        return ids;
    }

    static account_line const* find(std::vector<account_line> const& lines, std::size_t field, std::string_view text)
    {
        auto const found = std::find_if(lines.begin(), lines.end(), [&](auto const& l) { return l[field] == text; });
        return found == lines.end() ? nullptr : &*found;
    }

    std::string passwd_text;
    std::string group_text;
    std::vector<account_line> users;
    std::vector<account_line> groups;
};

inline std::pair<std::string_view, std::string_view> split_owner(std::string_view text)
{
    auto const colon = text.find(':');
    if (colon == std::string_view::npos)
        return {text, {}};
    return {text.substr(0, colon), text.substr(colon + 1)};
}

inline std::uint32_t group_in(account_files const& files, std::string_view group)
{
    auto const id = to_id(group) ? to_id(group) : files.group(group);
    if (!id)
        throw error(errc::invalid_instruction,
                    "unable to find group " + std::string(group) + ": no matching entries in group file",
                    "Create the group in an earlier RUN, or give its number.");
    return *id;
}

ACRX_DECL std::uint32_t find_group(root_view const& root, std::string_view group)
{
    return group_in(account_files(root), group);
}

ACRX_DECL account find_account(root_view const& root, std::string_view user)
{
    account_files const files(root);
    auto [name, group] = split_owner(user);
    account who;
    account_line const* line = nullptr;
    if (auto const id = to_id(name.empty() ? "0" : name)) {
        who.uid = *id;
        line = files.user_by_id(*id);
    } else {
        line = files.user(name);
        if (line == nullptr)
            throw error(errc::invalid_instruction,
                        "unable to find user " + std::string(name) + ": no matching entries in passwd file",
                        "Create the user in an earlier RUN, or give its number.");
        who.uid = to_id((*line)[2]).value_or(0);
    }
    if (line != nullptr) {
        who.gid = to_id((*line)[3]).value_or(0);
        who.home = (*line)[5].empty() ? "/" : std::string((*line)[5]);
        who.groups = files.memberships((*line)[0]);
    }
    if (!group.empty()) {
        who.gid = group_in(files, group);
        who.groups.clear();
    }
    who.groups.insert(who.groups.begin(), who.gid);
    std::sort(who.groups.begin(), who.groups.end());
    who.groups.erase(std::unique(who.groups.begin(), who.groups.end()), who.groups.end());
    return who;
}

ACRX_DECL owner find_owner(root_view const& root, std::string_view text, unknown_name unknown)
{
    account_files const files(root);
    auto const [name, group] = split_owner(text);
    auto const missing = [&](std::string_view what) -> std::uint32_t {
        if (unknown == unknown_name::needs_layers && root.size() == 0 && what != "root")
            throw error(errc::invalid_instruction, "looking up \"" + std::string(what) + "\": invalid user index: -1",
                        "The root is empty and has no passwd file; give numbers.");
        return 0;
    };
    owner who;
    if (auto const id = to_id(name)) {
        who.uid = *id;
        who.gid = *id;
    } else if (auto const* line = files.user(name)) {
        who.uid = to_id((*line)[2]).value_or(0);
        who.gid = to_id((*line)[3]).value_or(0);
    } else if (!name.empty()) {
        who.uid = who.gid = missing(name);
    }
    if (auto const id = to_id(group))
        who.gid = *id;
    else if (!group.empty())
        who.gid = files.group(group) ? *files.group(group) : missing(group);
    return who;
}
}  // namespace acrx::detail
#endif
