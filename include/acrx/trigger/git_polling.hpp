// The trigger source for repositories whose host sends no webhooks: looks at their branches now and then.
#ifndef ACRX_TRIGGER_GIT_POLLING_HPP
#define ACRX_TRIGGER_GIT_POLLING_HPP

#include <acrx/core/clock.hpp>
#include <acrx/trigger/detail/waker.hpp>
#include <acrx/trigger/git_refs.hpp>
#include <acrx/trigger/trigger_event.hpp>
#include <acrx/trigger/trigger_source.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// A repository to look at.
struct watched_repository
{
    std::string url;
    std::string token = {};                    ///< a secret; may be empty
    std::vector<std::string> branches = {};    ///< patterns as `fits_globs` reads them; empty: the default branch
    std::map<std::string, std::string> known = {};  ///< where branches stood when they were last told
};

/// The provider of events that come from looking at a repository, not from its host.
inline constexpr std::string_view polling_provider = "polling";

/// Tells branches that have moved; several commits between two looks are one event, of the newest.
///
/// @tparam Lister  tells the branches
/// @tparam Clock   when to look
///
/// The branches of the first look are told with `before` equal to `commit`: that is where changes count from, and starts
/// no run. A branch that is new later is told without `before`; one that is gone stays where it was. Tags and pull
/// requests are not looked at. A repository that cannot be asked is left alone ever longer, up to an hour.
/// Must stay in place while `next` is awaited.
/// @par Thread safety
/// Shared objects: one strand.
template<git_ref_lister Lister, clock Clock>
class git_polling
{
public:
    /// @param pause   between two looks at one repository
    /// @param failed  told which repository could not be asked, and why; may be empty
    explicit git_polling(Lister lister = Lister{}, Clock clock = Clock{}, std::chrono::seconds pause = std::chrono::seconds(60),
                         std::function<void(std::string const& url, std::string const& why)> failed = {});

    /// Replaces what is watched for somebody, say a task; what is known of a repository that stays, stays.
    void watch(std::string const& whom, std::vector<watched_repository> repositories);

    net::awaitable<std::optional<trigger_event>> next();
    net::awaitable<void> acknowledge();
    /// Lets `next` look at the clock again.
    void wake() { waker_.wake(); }

private:
    struct entry
    {
        watched_repository what;  ///< its branches are those of all whom it is watched for
        std::map<std::string, std::vector<std::string>> branches = {};  ///< by whom; empty for the default branch
        time_point due{};
        unsigned failures = 0;
    };

    net::awaitable<void> look(std::string key);
    void compare(entry& repository, git_refs const& refs);
    std::optional<time_point> next_due() const;

    Lister lister_;
    Clock clock_;
    std::chrono::seconds pause_;
    std::function<void(std::string const&, std::string const&)> failed_;
    std::map<std::string, entry> entries_;                ///< by repository and token
    std::map<std::string, std::set<std::string>> watched_;  ///< keys of entries, by whom
    std::deque<git_push> found_;
    detail::waker waker_;
};
}  // namespace acrx

#include <acrx/trigger/impl/git_polling.hpp>
#endif
