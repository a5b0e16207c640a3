// Bodies of trigger/poll_plan.hpp.
#ifndef ACRX_TRIGGER_IMPL_POLL_PLAN_IPP
#define ACRX_TRIGGER_IMPL_POLL_PLAN_IPP
#include <acrx/trigger/poll_plan.hpp>

#include <algorithm>

namespace acrx {
ACRX_DECL std::chrono::nanoseconds poll_plan::random_time(std::chrono::nanoseconds low, std::chrono::nanoseconds high)
{
    random_ += 0x9e3779b97f4a7c15U;  // splitmix64: the same numbers on every machine
    auto z = random_;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    z ^= z >> 31;
    auto const span = static_cast<std::uint64_t>(std::max<std::int64_t>((high - low).count(), 0)) + 1;
    return low + std::chrono::nanoseconds(static_cast<std::int64_t>(z % span));
}

ACRX_DECL void poll_plan::schedule(std::string const& key, tag& t, time_point due)
{
    auto& queue = hosts_[t.image.domain].queue;
    if (t.due)
        queue.erase({*t.due, key});
    t.due = due;
    queue.emplace(due, key);
}

ACRX_DECL void poll_plan::watch(reference const& image, time_point now)
{
    auto const key = to_string(image);
    auto const [at, is_new] = tags_.try_emplace(key, tag{image, {}, {}});
    if (is_new)
        schedule(key, at->second, now + random_time({}, settings_.shortest));
}

ACRX_DECL void poll_plan::unwatch(reference const& image)
{
    auto const at = tags_.find(to_string(image));
    if (at == tags_.end())
        return;
    if (at->second.due)
        hosts_[image.domain].queue.erase({*at->second.due, at->first});
    tags_.erase(at);
}

ACRX_DECL void poll_plan::hurry(reference const& image, time_point now)
{
    auto const at = tags_.find(to_string(image));
    if (at != tags_.end() && at->second.due)
        schedule(at->first, at->second, std::min(now, *at->second.due));
}

ACRX_DECL std::optional<time_point> poll_plan::next_poll(time_point now) const
{
    std::optional<time_point> next;
    for (auto const& [name, registry] : hosts_)
        if (!registry.queue.empty()) {
            auto const due = std::max({now, registry.queue.begin()->first, registry.rests_until});
            next = next ? std::min(*next, due) : due;
        }
    return next;
}

ACRX_DECL std::vector<poll_batch> poll_plan::take_due(time_point now, std::size_t limit)
{
    std::vector<poll_batch> batches;
    for (auto& [name, registry] : hosts_) {
        poll_batch batch{name, {}};
        // A registry that failed is tried with one tag first.
        auto const most = registry.failures != 0 ? 1 : limit;
        while (now >= registry.rests_until && !registry.queue.empty() && registry.queue.begin()->first <= now
               && (most == 0 || batch.requests.size() < most)) {
            auto& t = tags_.at(registry.queue.begin()->second);
            registry.queue.erase(registry.queue.begin());
            t.due.reset();
            batch.requests.push_back({t.image, t.etag});
        }
        if (registry.failures != 0 && !batch.requests.empty())
            registry.rests_until = now + settings_.first_retry;
        if (!batch.requests.empty())
            batches.push_back(std::move(batch));
    }
    return batches;
}

ACRX_DECL void poll_plan::answered(reference const& image, std::string const& etag, time_point now)
{
    auto const at = tags_.find(to_string(image));
    if (at == tags_.end())
        return;
    auto& registry = hosts_[image.domain];
    if (registry.failures != 0)
        registry.rests_until = now;
    registry.failures = 0;
    if (!etag.empty())
        at->second.etag = etag;
    schedule(at->first, at->second, now + random_time(settings_.shortest, settings_.longest));
}

ACRX_DECL void poll_plan::failed(reference const& image, time_point now, std::chrono::seconds retry_after)
{
    auto const at = tags_.find(to_string(image));
    if (at == tags_.end())
        return;
    auto& registry = hosts_[image.domain];
    // The failures of one batch count as one.
    if (registry.failures == 0 || now - registry.failed_at >= settings_.first_retry) {
        ++registry.failures;
        registry.failed_at = now;
    }
    std::chrono::seconds pause = settings_.first_retry;
    for (unsigned i = 1; i < registry.failures && pause < settings_.last_retry; ++i)
        pause *= 2;
    pause = std::max(std::min(pause, settings_.last_retry), std::min(retry_after, std::chrono::seconds(86400)));
    registry.rests_until = std::max(registry.rests_until, now + pause + random_time({}, pause / 4));
    schedule(at->first, at->second, registry.rests_until);
}
}  // namespace acrx
#endif
