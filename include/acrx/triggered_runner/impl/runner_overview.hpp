// Bodies of triggered_runner/runner_service.hpp: what people look at.
#ifndef ACRX_TRIGGERED_RUNNER_IMPL_RUNNER_OVERVIEW_HPP
#define ACRX_TRIGGERED_RUNNER_IMPL_RUNNER_OVERVIEW_HPP
#include <acrx/triggered_runner/runner_service.hpp>

namespace acrx {
template<run_store S, clock C>
std::string basic_runner_service<S, C>::steps_of(std::string const& id) const
{
    return state_->logs.steps(id);
}

template<run_store S, clock C>
net::awaitable<trigger_overview> basic_runner_service<S, C>::triggers()
{
    auto const guard = co_await state_->lock.acquire();
    co_await catch_up();
    co_return look_at_triggers(state_->tasks, state_->book, state_->clock.now());
}
}  // namespace acrx
#endif
