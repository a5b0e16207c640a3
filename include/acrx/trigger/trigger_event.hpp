// What fired: commits, pull requests, image updates, timers and people, as values.
#ifndef ACRX_TRIGGER_TRIGGER_EVENT_HPP
#define ACRX_TRIGGER_TRIGGER_EVENT_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace acrx {
/// A branch or a tag of a git repository stands at a new commit.
struct git_push
{
    std::string repository_url;  ///< for cloning over HTTP, without user info; selects tasks, is never fetched from
    std::string branch;          ///< without `refs/heads/`; empty for a tag
    std::string tag;             ///< without `refs/tags/`; empty for a branch
    std::string commit;          ///< 40 or 64 digits of lower-case hex: what the run builds
    std::string before;          ///< where the ref stood; empty if it is new
    std::string default_branch;  ///< of the repository; empty if the host does not tell
    /// Paths that the push added, changed or removed, sorted; nothing if the host does not tell them all.
    std::optional<std::vector<std::string>> changed_paths;
    std::string author;  ///< of the newest commit: free text that anyone can set; for display alone
    std::string sender;  ///< the account that the host vouches for; decides trust

    bool operator==(git_push const&) const = default;
};

/// What became of a pull request; `other` starts no run.
enum class pull_request_action
{
    opened,
    reopened,
    synchronized,  ///< its head has new commits
    other,         ///< labels, reviews, title, closing and the like
};

/// Something happened to a pull request (GitLab: merge request).
struct pull_request
{
    std::string repository_url;  ///< of the target; as in `git_push`
    std::uint64_t number = 0;    ///< GitLab: the number within its project
    pull_request_action action = pull_request_action::other;
    std::string commit;          ///< head of the source branch; Bitbucket Cloud gives 12 digits of it
    std::string source_branch;
    std::string target_branch;
    std::string source_repository_url;  ///< empty if the host does not tell, or it was deleted
    std::string default_branch;         ///< of the target; empty if the host does not tell
    bool from_fork = false;             ///< the commit is a stranger's
    std::string sender;                 ///< the account that the host vouches for

    bool operator==(pull_request const&) const = default;
};

/// One tag of one registry and what stands behind it now.
struct updated_image
{
    std::string registry;    ///< host, or host:port; Docker Hub is `docker.io`
    std::string repository;
    std::string tag;
    acrx::digest digest;     ///< empty if the registry did not tell: look it up

    bool operator==(updated_image const&) const = default;
};

/// Base images that were pushed anew.
struct image_update
{
    std::vector<updated_image> images;  ///< at least one

    bool operator==(image_update const&) const = default;
};

/// A timer of a task reached an instant of its schedule.
struct timer_tick
{
    std::string task;
    std::string timer;
    time_point occurrence{};  ///< as scheduled, not when it was noticed

    bool operator==(timer_tick const&) const = default;
};

/// Somebody asked for a run.
struct manual_request
{
    std::string task;
    std::string requester;

    bool operator==(manual_request const&) const = default;
};

/// One reason to start runs, with what the run's record keeps of it.
struct trigger_event
{
    std::string id;        ///< the delivery's, as the sender gives it again when it repeats itself; may be empty
    std::string provider;  ///< `GitHub`, `GitLab`, `distribution` and the like; empty for timers and people
    std::variant<git_push, pull_request, image_update, timer_tick, manual_request> what;

    bool operator==(trigger_event const&) const = default;
};

/// The word of run lists: `Commit`, `Pull Request`, `Image Update`, `Timer` or `Manual`.
ACRX_DECL std::string_view kind_name(trigger_event const& event);
/// A text that two events share if they tell the same, whatever their ids: of a push its repository, ref and commit, of
/// a pull request its repository, number and head, of a timer its task, name and instant. Empty for a manual request,
/// which never repeats another.
ACRX_DECL std::string content_key(trigger_event const& event);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/trigger_event.ipp>
#endif
#endif
