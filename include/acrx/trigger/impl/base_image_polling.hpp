// Bodies of trigger/base_image_polling.hpp.
#ifndef ACRX_TRIGGER_IMPL_BASE_IMAGE_POLLING_HPP
#define ACRX_TRIGGER_IMPL_BASE_IMAGE_POLLING_HPP
#include <acrx/core/error.hpp>
#include <acrx/trigger/base_image_polling.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace acrx {
template<image_resolver R, clock C>
base_image_polling<R, C>::base_image_polling(R registry, C clock, poll_plan plan,
                                             std::function<void(std::string const&, std::string const&)> failed)
    : registry_(std::move(registry)), clock_(std::move(clock)), plan_(std::move(plan)), failed_(std::move(failed))
{}

template<image_resolver R, clock C>
void base_image_polling<R, C>::watch(std::string const& image)
{
    plan_.watch(parse_reference(image), clock_.now());
    told_.try_emplace(image);
    waker_.wake();
}

template<image_resolver R, clock C>
void base_image_polling<R, C>::unwatch(std::string const& image)
{
    if (told_.erase(image) != 0)
        plan_.unwatch(parse_reference(image));
}

template<image_resolver R, clock C>
void base_image_polling<R, C>::hurry(reference const& image)
{
    plan_.hurry(image, clock_.now());
    waker_.wake();
}

template<image_resolver R, clock C>
net::awaitable<std::optional<trigger_event>> base_image_polling<R, C>::next()
{
    constexpr std::chrono::nanoseconds longest_sleep = std::chrono::minutes(1);
    for (;;) {
        if (!found_.empty())
            co_return trigger_event{.id = {}, .provider = "polling", .what = image_update{{found_.front()}}};
        auto const now = clock_.now();
        if (due_.empty())
            for (auto const& batch : plan_.take_due(now))
                for (auto const& request : batch.requests)
                    due_.push_back(request.image);
        if (!due_.empty()) {
            auto image = due_.front();
            co_await ask(image);
            due_.pop_front();
        } else {
            auto const due = plan_.next_poll(now);
            auto const time = due ? std::min(longest_sleep, *due - now) : longest_sleep;
            co_await waker_.sleep(time);
        }
    }
}

template<image_resolver R, clock C>
net::awaitable<void> base_image_polling<R, C>::ask(reference image)
{
    std::optional<descriptor> found;
    std::string failure;
    try {
        found = co_await registry_.resolve(image);
    } catch (error const& e) {
        failure = e.text();
    }
    if (!failure.empty()) {
        plan_.failed(image, clock_.now());
        if (failed_)
            failed_(to_string(image), failure);
        co_return;
    }
    plan_.answered(image, {}, clock_.now());
    auto const told = told_.find(to_string(image));
    if (!found || told == told_.end() || told->second == found->digest)
        co_return;
    told->second = found->digest;
    found_.push_back({image.domain, image.path, image.tag, found->digest});
}

template<image_resolver R, clock C>
net::awaitable<void> base_image_polling<R, C>::acknowledge()
{
    if (!found_.empty())
        found_.pop_front();
    co_return;
}
}  // namespace acrx
#endif
