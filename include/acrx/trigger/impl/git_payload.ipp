// Bodies of trigger/detail/git_payload.hpp.
#ifndef ACRX_TRIGGER_IMPL_GIT_PAYLOAD_IPP
#define ACRX_TRIGGER_IMPL_GIT_PAYLOAD_IPP
#include <acrx/core/error.hpp>
#include <acrx/trigger/detail/git_payload.hpp>
#include <acrx/trigger/repository_url.hpp>
#include <acrx/trigger/webhook.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace acrx::detail {
ACRX_DECL bool is_event_commit(std::string_view text)
{
    return (text.size() == 40 || text.size() == 64) && text.find_first_not_of("0123456789abcdef") == text.npos;
}

ACRX_DECL bool is_zero_id(std::string_view text)
{
    return is_event_commit(text) && text.find_first_not_of('0') == text.npos;
}

ACRX_DECL bool is_event_ref(std::string_view text)
{
    constexpr std::array<std::string_view, 6> inside = {"..", "//", "/.", "@{", ".lock/", "\x7f"};
    if (text.empty() || text.size() > 1000 || text == "@" || text.find_first_of("~^:?*[\\ ") != text.npos)
        return false;
    if (text.front() == '-' || text.front() == '.' || text.front() == '/')
        return false;
    if (text.back() == '.' || text.back() == '/' || text.ends_with(".lock"))
        return false;
    bool const controls = std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    return !controls && std::ranges::none_of(inside, [text](auto part) { return text.find(part) != text.npos; });
}

ACRX_DECL void add_push(webhook& hook, moved_ref const& ref, git_push common)
{
    constexpr std::string_view heads = "refs/heads/";
    constexpr std::string_view tags = "refs/tags/";
    bool const is_branch = ref.name.starts_with(heads);
    if (!is_branch && !ref.name.starts_with(tags)) {
        hook.ignored.push_back("the push moves neither a branch nor a tag");
        return;
    }
    auto const name = ref.name.substr(is_branch ? heads.size() : tags.size());
    if (!is_event_ref(name))
        throw error(errc::damaged, "reading a push of " + std::string(to_string(hook.host))
                                       + ": the name of the ref is none that git allows");
    if (ref.after.empty() || is_zero_id(ref.after)) {
        hook.ignored.push_back(std::string(is_branch ? "the branch " : "the tag ") + name + " was deleted");
        return;
    }
    common.commit = is_branch || ref.tagged_commit.empty() ? ref.after : ref.tagged_commit;
    if (!is_event_commit(common.commit))
        throw error(errc::damaged, "reading a push of " + std::string(to_string(hook.host))
                                       + ": the commit is not 40 or 64 hexadecimal digits");
    (is_branch ? common.branch : common.tag) = name;
    common.before = is_event_commit(ref.before) && !is_zero_id(ref.before) ? ref.before : std::string{};
    common.repository_url = without_user_info(common.repository_url);
    hook.events.push_back({hook.delivery_id, std::string(to_string(hook.host)), std::move(common)});
}

ACRX_DECL void add_pull_request(webhook& hook, pull_request request)
{
    if (request.action == pull_request_action::other) {
        hook.ignored.push_back("the pull request " + std::to_string(request.number) + " has no new commits");
        return;
    }
    auto const refuse = [&](std::string const& why) {
        throw error(errc::damaged, "reading a pull request of " + std::string(to_string(hook.host)) + ": " + why);
    };
    // Bitbucket Cloud cuts commits to 12 digits.
    bool const is_short = hook.host == git_host::bitbucket && request.commit.size() == 12
                          && request.commit.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!is_event_commit(request.commit) && !is_short)
        refuse("the head commit is not 40 or 64 hexadecimal digits");
    if (!is_event_ref(request.target_branch))
        refuse("the name of the target branch is none that git allows");
    if (!request.source_branch.empty() && !is_event_ref(request.source_branch))
        refuse("the name of the source branch is none that git allows");
    request.repository_url = without_user_info(request.repository_url);
    request.source_repository_url = without_user_info(request.source_repository_url);
    hook.events.push_back({hook.delivery_id, std::string(to_string(hook.host)), std::move(request)});
}

ACRX_DECL std::vector<std::string> changed_paths_of(std::vector<json_reader> const& commits)
{
    std::vector<std::string> paths;
    for (auto const& commit : commits)
        for (std::string_view const kind : {"added", "modified", "removed"})
            std::ranges::move(commit.strings(kind), std::back_inserter(paths));
    std::ranges::sort(paths);
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
    return paths;
}

ACRX_DECL std::string text_at(json_reader const& reader, std::vector<std::string_view> const& names)
{
    std::optional<json_reader> at = reader;
    for (std::size_t i = 0; i + 1 < names.size() && at; ++i)
        at = at->object(names[i]);
    return at ? at->string(names.back()) : std::string{};
}

ACRX_DECL json_reader required_object(json_reader const& reader, std::string_view name)
{
    auto object = reader.object(name);
    if (!object)
        reader.refuse(name, "is missing");
    return *object;
}

ACRX_DECL std::uint64_t required_number(json_reader const& reader, std::string_view name)
{
    if (!reader.has(name))
        reader.refuse(name, "is missing");
    auto const number = reader.integer(name);
    if (number < 0)
        reader.refuse(name, "is negative");
    return static_cast<std::uint64_t>(number);
}
}  // namespace acrx::detail
#endif
