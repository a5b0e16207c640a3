// Bodies of trigger/merge.hpp.
#ifndef ACRX_TRIGGER_IMPL_MERGE_HPP
#define ACRX_TRIGGER_IMPL_MERGE_HPP
#include <acrx/core/when_all.hpp>
#include <acrx/trigger/merge.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace acrx {
template<trigger_source... Sources>
merged_source<Sources...>::merged_source(Sources... sources) : sources_(std::move(sources)...)
{}

/// Asks one source, and stops the others once it has told something.
template<trigger_source... Sources>
template<std::size_t I>
net::awaitable<void> merged_source<Sources...>::ask()
{
    auto event = co_await std::get<I>(sources_).next();
    if (!event)
        co_return;
    come_[I] = std::move(event);
    throw one_came{};
}

template<trigger_source... Sources>
net::awaitable<std::optional<trigger_event>> merged_source<Sources...>::next()
{
    constexpr auto count = sizeof...(Sources);
    come_ = {};
    given_ = count;
    std::vector<net::awaitable<void>> questions;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (questions.push_back(ask<I>()), ...);
    }(std::index_sequence_for<Sources...>{});
    std::rotate(questions.begin(), questions.begin() + static_cast<std::ptrdiff_t>(first_), questions.end());
    try {
        co_await when_all(std::move(questions));
    } catch (one_came) {
        // the sources that were stopped, or came late, give their events again
    }
    for (std::size_t i = 0; i < count; ++i) {
        auto const at = (first_ + i) % count;
        if (!come_[at])
            continue;
        given_ = at;
        first_ = (at + 1) % count;
        co_return std::move(come_[at]);
    }
    co_return std::nullopt;
}

template<trigger_source... Sources>
template<std::size_t I>
net::awaitable<void> merged_source<Sources...>::acknowledge_source()
{
    co_await std::get<I>(sources_).acknowledge();
}

template<trigger_source... Sources>
net::awaitable<void> merged_source<Sources...>::acknowledge()
{
    std::vector<net::awaitable<void>> one;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (void) ((I == given_ ? (one.push_back(acknowledge_source<I>()), true) : false) || ...);
    }(std::index_sequence_for<Sources...>{});
    given_ = sizeof...(Sources);
    for (auto& acknowledgement : one)
        co_await std::move(acknowledgement);
}

template<trigger_source... Sources>
template<std::size_t I>
auto& merged_source<Sources...>::get() noexcept
{
    return std::get<I>(sources_);
}

template<trigger_source... Sources>
merged_source<Sources...> merge(Sources... sources)
{
    return merged_source<Sources...>(std::move(sources)...);
}
}  // namespace acrx
#endif
