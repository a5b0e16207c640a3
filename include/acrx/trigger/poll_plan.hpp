// When to ask registries for the digests of tags, and what their answers mean.
#ifndef ACRX_TRIGGER_POLL_PLAN_HPP
#define ACRX_TRIGGER_POLL_PLAN_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/image/reference.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
/// How often to ask.
struct poll_settings
{
    std::chrono::seconds shortest = std::chrono::minutes(10);    ///< between two looks at one tag, at least
    std::chrono::seconds longest = std::chrono::minutes(60);     ///< and at most; a random time between the two
    std::chrono::seconds first_retry = std::chrono::minutes(1);  ///< after a failure; doubles with each further one
    std::chrono::seconds last_retry = std::chrono::hours(6);     ///< and grows no more
};

/// One tag to look at, as a HEAD of its manifest with `If-None-Match`.
struct poll_request
{
    acrx::reference image;
    std::string etag;  ///< of the last answer; empty: ask without a condition

    bool operator==(poll_request const&) const = default;
};

/// What to ask one registry now.
struct poll_batch
{
    std::string registry;
    std::vector<poll_request> requests;
};

/// Plans the looks at tags: each at random times, those of one registry together, a registry that fails ever later.
///
/// A pure value; times come from outside. A tag that is handed out by `take_due` is not handed out again before
/// `answered` or `failed`. Costs O(log tags) a tag. Not for several threads at once.
class poll_plan
{
public:
    /// @param seed  of the random times: the same one gives the same plan
    explicit poll_plan(poll_settings settings = {}, std::uint64_t seed = 1) : settings_(settings), random_(seed) {}

    /// Adds a tag, due at a random time within `shortest` from now; one that is there stays as it is.
    ACRX_DECL void watch(reference const& image, time_point now);
    ACRX_DECL void unwatch(reference const& image);
    /// Makes a tag due at once, say because a notification told no digest.
    ACRX_DECL void hurry(reference const& image, time_point now);

    /// When to call `take_due` next; not before `now`. Nothing if there is nothing to wait for.
    ACRX_DECL std::optional<time_point> next_poll(time_point now) const;
    /// Hands out the tags that are due, grouped by registry. @param limit  of tags a registry; 0 means no limit
    ACRX_DECL std::vector<poll_batch> take_due(time_point now, std::size_t limit = 0);

    /// The registry answered, be it "not modified". @param etag  empty keeps the one that is known
    ACRX_DECL void answered(reference const& image, std::string const& etag, time_point now);
    /// The registry did not, or asked for patience: none of its tags is due before the back-off has passed.
    /// @param retry_after  what it asked for; 0 if nothing. It never shortens the back-off
    ACRX_DECL void failed(reference const& image, time_point now, std::chrono::seconds retry_after = {});

    std::size_t size() const noexcept { return tags_.size(); }

private:
    struct tag
    {
        acrx::reference image;
        std::string etag;
        std::optional<time_point> due;  ///< nothing while it is handed out
    };
    struct host
    {
        std::set<std::pair<time_point, std::string>> queue;  ///< due, key
        time_point rests_until{};
        unsigned failures = 0;
        time_point failed_at{};  ///< the last failure that counted
    };

    ACRX_DECL std::chrono::nanoseconds random_time(std::chrono::nanoseconds low, std::chrono::nanoseconds high);
    ACRX_DECL void schedule(std::string const& key, tag& t, time_point due);

    poll_settings settings_;
    std::uint64_t random_;
    std::map<std::string, tag> tags_;
    std::map<std::string, host> hosts_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/poll_plan.ipp>
#endif
#endif
