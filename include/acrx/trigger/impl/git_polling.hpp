// Bodies of trigger/git_polling.hpp.
#ifndef ACRX_TRIGGER_IMPL_GIT_POLLING_HPP
#define ACRX_TRIGGER_IMPL_GIT_POLLING_HPP
#include <acrx/core/error.hpp>
#include <acrx/trigger/git_polling.hpp>
#include <acrx/trigger/glob.hpp>
#include <acrx/trigger/repository_url.hpp>

#include <algorithm>
#include <utility>

namespace acrx {
template<git_ref_lister L, clock C>
git_polling<L, C>::git_polling(L lister, C clock, std::chrono::seconds pause,
                               std::function<void(std::string const&, std::string const&)> failed)
    : lister_(std::move(lister)), clock_(std::move(clock)), pause_(pause), failed_(std::move(failed))
{}

namespace detail {
/// The branches that several want together. Of a default branch no pattern is known: the tasks' own filters tell.
inline std::vector<std::string> united_branches(std::map<std::string, std::vector<std::string>> const& wanted)
{
    std::vector<std::string> all;
    for (auto const& [whom, branches] : wanted) {
        if (branches.empty())
            return wanted.size() == 1 ? branches : std::vector<std::string>{"**"};
        all.insert(all.end(), branches.begin(), branches.end());
    }
    return all;
}
}  // namespace detail

template<git_ref_lister L, clock C>
void git_polling<L, C>::watch(std::string const& whom, std::vector<watched_repository> repositories)
{
    auto const before = std::exchange(watched_[whom], {});
    for (auto const& key : before)
        entries_.at(key).branches.erase(whom);
    for (auto& repository : repositories) {
        auto const key = repository_key(repository.url) + "\n" + repository.token;
        auto& watched = entries_[key];
        auto const [place, is_first] = watched.branches.try_emplace(whom, repository.branches);
        if (!is_first && (place->second.empty() || repository.branches.empty()))
            place->second = {"**"};
        else if (!is_first)
            place->second.insert(place->second.end(), repository.branches.begin(), repository.branches.end());
        for (auto const& [branch, commit] : watched.what.known)
            repository.known[branch] = commit;
        watched.what = std::move(repository);
        watched.what.branches = detail::united_branches(watched.branches);
        watched_[whom].insert(key);
    }
    for (auto const& key : before)
        if (auto const found = entries_.find(key); found->second.branches.empty())
            entries_.erase(found);
        else
            found->second.what.branches = detail::united_branches(found->second.branches);
    if (watched_[whom].empty())
        watched_.erase(whom);
    if (!before.empty() || !repositories.empty())
        waker_.wake();
}

template<git_ref_lister L, clock C>
std::optional<time_point> git_polling<L, C>::next_due() const
{
    std::optional<time_point> due;
    for (auto const& [key, repository] : entries_)
        due = due ? std::min(*due, repository.due) : repository.due;
    return due;
}

template<git_ref_lister L, clock C>
net::awaitable<std::optional<trigger_event>> git_polling<L, C>::next()
{
    constexpr std::chrono::nanoseconds longest_sleep = std::chrono::minutes(1);
    for (;;) {
        if (!found_.empty())
            co_return trigger_event{.id = {}, .provider = std::string(polling_provider), .what = found_.front()};
        auto const now = clock_.now();
        auto const due = next_due();
        if (due && *due <= now) {
            auto const repository = std::ranges::find(entries_, *due, [](auto const& e) { return e.second.due; });
            auto key = repository->first;
            co_await look(std::move(key));
        } else {
            auto const time = due ? std::min(longest_sleep, *due - now) : longest_sleep;
            co_await waker_.sleep(time);
        }
    }
}

template<git_ref_lister L, clock C>
net::awaitable<void> git_polling<L, C>::look(std::string key)
{
    auto const what = entries_.at(key).what;
    git_refs refs;
    std::string failure;
    try {
        refs = co_await lister_.list(what.url, what.token);
    } catch (error const& e) {
        failure = e.text();
    }
    auto const found = entries_.find(key);  // it may be watched no more
    if (found == entries_.end())
        co_return;
    auto& repository = found->second;
    repository.failures = failure.empty() ? 0 : repository.failures + 1;
    auto const pause = pause_ * (1 << std::min(repository.failures, 6U));
    repository.due = clock_.now() + std::min<std::chrono::nanoseconds>(pause, std::max<std::chrono::nanoseconds>(pause_, std::chrono::hours(1)));
    if (failure.empty())
        compare(repository, refs);
    else if (failed_)
        failed_(without_user_info(what.url), failure);
}

template<git_ref_lister L, clock C>
void git_polling<L, C>::compare(entry& repository, git_refs const& refs)
{
    auto& what = repository.what;
    bool const is_first = what.known.empty();
    for (auto const& [branch, commit] : refs.branches) {
        bool const is_watched = what.branches.empty() ? branch == refs.default_branch : fits_globs(what.branches, branch);
        auto const before = std::exchange(what.known[branch], commit);
        if (!is_watched || before == commit)
            continue;
        git_push push;
        push.repository_url = without_user_info(what.url);
        push.branch = branch;
        push.commit = commit;
        push.before = is_first ? commit : before;
        push.default_branch = refs.default_branch;
        found_.push_back(std::move(push));
    }
}

template<git_ref_lister L, clock C>
net::awaitable<void> git_polling<L, C>::acknowledge()
{
    if (!found_.empty())
        found_.pop_front();
    co_return;
}

static_assert(trigger_source<git_polling<git_ls_remote, system_clock>>);
}  // namespace acrx
#endif
