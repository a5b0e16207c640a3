// Bodies of triggered_runner/basic_triggered_runner.hpp that remove what nobody needs any more: logs and uploads.
#ifndef ACRX_TRIGGERED_RUNNER_IMPL_RUNNER_UPKEEP_HPP
#define ACRX_TRIGGERED_RUNNER_IMPL_RUNNER_UPKEEP_HPP
#include <acrx/core/error.hpp>
#include <acrx/triggered_runner/impl/basic_triggered_runner.hpp>

#include <chrono>
#include <exception>
#include <utility>

namespace acrx {
template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::remove_old_logs()
{
    bell never;
    while (options_.log_retention.count() != 0) {
        run_query old{.where = {{run_field::is_archived, comparison::equal, "false"}}, .top = 0};
        old.where.push_back({run_field::finished, comparison::less, to_rfc3339(state().clock.now() - options_.log_retention)});
        auto const page = co_await state().store.runs(std::move(old));
        for (auto const& record : page.runs)
            state().logs.remove(record.id);
        co_await never.wait_past(0, std::chrono::hours(6));
    }
}

template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::remove_old_uploads()
{
    bell never;
    for (;;) {
        co_await service_.remove_old_uploads(options_.upload_retention);
        co_await never.wait_past(0, std::chrono::hours(1));
    }
}

/// The context of a run that is over; one that cannot be removed now goes with the old ones.
template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::remove_upload_of(run_record const& record)
{
    std::exception_ptr failure;
    try {
        co_await service_.remove_upload(record.upload);
    } catch (error const&) {
        failure = std::current_exception();
    }
    if (failure)
        tell_trouble("removing the upload of the run " + record.id, failure);
}
}  // namespace acrx
#endif
