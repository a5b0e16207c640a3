// What the payloads of all git hosts have in common: refs, commits, paths, texts of errors.
#ifndef ACRX_TRIGGER_DETAIL_GIT_PAYLOAD_HPP
#define ACRX_TRIGGER_DETAIL_GIT_PAYLOAD_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/message.hpp>
#include <acrx/image/json_reader.hpp>
#include <acrx/trigger/trigger_event.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
struct webhook;
}

namespace acrx::detail {
/// 40 or 64 lower-case hexadecimal digits.
ACRX_DECL bool is_event_commit(std::string_view text);
/// The rules of `git check-ref-format` for what follows `refs/heads/`, and no `-` at its start.
ACRX_DECL bool is_event_ref(std::string_view text);
/// The commit of "does not exist".
ACRX_DECL bool is_zero_id(std::string_view text);

/// A branch or a tag at a commit, as a push tells it.
struct moved_ref
{
    std::string name;  ///< in full: `refs/heads/main`
    std::string before;
    std::string after;
    std::string tagged_commit;  ///< of an annotated tag, whose `after` is the tag's own object; may be empty
};

/// Adds the commit that a push made, or the reason why it starts no run.
/// @param common  what all refs of the push share
ACRX_DECL void add_push(webhook& hook, moved_ref const& ref, git_push common);
/// Adds a pull request, or the reason why it starts no run. @throws error (`errc::damaged`)
ACRX_DECL void add_pull_request(webhook& hook, pull_request request);

/// The paths of `commits[].added`, `.modified` and `.removed`, sorted, each once.
ACRX_DECL std::vector<std::string> changed_paths_of(std::vector<json_reader> const& commits);

/// A member of a member, `""` where any is absent: `text_at(body, {"sender", "login"})`.
ACRX_DECL std::string text_at(json_reader const& reader, std::vector<std::string_view> const& names);
/// The object there. @throws error (`errc::damaged`) if it is absent
ACRX_DECL json_reader required_object(json_reader const& reader, std::string_view name);
/// A number that is not negative. @throws error (`errc::damaged`)
ACRX_DECL std::uint64_t required_number(json_reader const& reader, std::string_view name);

// One a host; each fills `hook.events`, `hook.ignored` and `hook.is_ping`.
ACRX_DECL void read_github_like(webhook& hook, http_headers const& headers, json_reader const& body);
ACRX_DECL void read_gitlab(webhook& hook, json_reader const& body);
ACRX_DECL void read_bitbucket(webhook& hook, json_reader const& body);
ACRX_DECL void read_azure_devops(webhook& hook, json_reader const& body);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/azure_devops_webhook.ipp>
#include <acrx/trigger/impl/bitbucket_webhook.ipp>
#include <acrx/trigger/impl/git_payload.ipp>
#include <acrx/trigger/impl/github_webhook.ipp>
#include <acrx/trigger/impl/gitlab_webhook.ipp>
#endif
#endif
