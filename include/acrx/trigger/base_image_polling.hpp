// The trigger source for base images whose registry sends no notifications: asks for their digests now and then.
#ifndef ACRX_TRIGGER_BASE_IMAGE_POLLING_HPP
#define ACRX_TRIGGER_BASE_IMAGE_POLLING_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/registry/image_resolver.hpp>
#include <acrx/trigger/detail/waker.hpp>
#include <acrx/trigger/poll_plan.hpp>
#include <acrx/trigger/trigger_event.hpp>
#include <acrx/trigger/trigger_source.hpp>

#include <boost/asio/awaitable.hpp>

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace acrx {
/// Tells which digest stands behind a tag: after the first look, and when it has changed.
///
/// @tparam Registry  asked by HEAD for the digest of a tag
/// @tparam Clock     when to ask
///
/// What it tells at first is no news to who remembers: whether a run is due is decided behind it.
/// Must stay in place while `next` is awaited.
/// @par Thread safety
/// Shared objects: one strand.
template<image_resolver Registry, clock Clock>
class base_image_polling
{
public:
    /// @param failed  told which tag could not be asked for, and why; may be empty
    explicit base_image_polling(Registry registry, Clock clock = Clock{}, poll_plan plan = poll_plan{},
                                std::function<void(std::string const& image, std::string const& why)> failed = {});

    /// Adds a tag, in the normal form; one that is watched stays as it is.  @throws error if it is no reference
    void watch(std::string const& image);
    void unwatch(std::string const& image);
    /// Asks for a tag at once, if it is watched: a registry told that it was pushed, but not its digest.
    void hurry(reference const& image);

    net::awaitable<std::optional<trigger_event>> next();
    net::awaitable<void> acknowledge();
    /// Lets `next` look at the clock again.
    void wake() { waker_.wake(); }

private:
    net::awaitable<void> ask(reference image);

    Registry registry_;
    Clock clock_;
    poll_plan plan_;
    std::function<void(std::string const&, std::string const&)> failed_;
    std::map<std::string, digest> told_;  ///< by normal form, all that are watched
    std::deque<reference> due_;
    std::deque<updated_image> found_;
    detail::waker waker_;
};
}  // namespace acrx

#include <acrx/trigger/impl/base_image_polling.hpp>
#endif
