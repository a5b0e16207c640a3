// Bodies of triggered_runner/basic_triggered_runner.hpp.
#ifndef ACRX_TRIGGERED_RUNNER_IMPL_BASIC_TRIGGERED_RUNNER_HPP
#define ACRX_TRIGGERED_RUNNER_IMPL_BASIC_TRIGGERED_RUNNER_HPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/deadline.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/when_all.hpp>
#include <acrx/triggered_runner/basic_triggered_runner.hpp>
#include <acrx/triggered_runner/detail/run_words.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

namespace acrx {
template<trigger_source T, run_store S, run_engine E, clock C>
basic_triggered_runner<T, S, E, C>::basic_triggered_runner(T triggers, basic_runner_service<S, C> service, E engine,
                                                           runner_options options)
    : triggers_(std::move(triggers)), service_(std::move(service)), engine_(std::move(engine)), options_(std::move(options))
{}

template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::run()
{
    std::exception_ptr failure;
    try {
        co_await retrying(&basic_triggered_runner::recover, "taking over what was left");
        co_await retrying(&basic_triggered_runner::follow_edits, "reading the tasks");
        std::vector<net::awaitable<void>> parts;
        parts.push_back(retrying(&basic_triggered_runner::watch_triggers, "waiting for events"));
        parts.push_back(retrying(&basic_triggered_runner::dispatch, "starting runs"));
        parts.push_back(retrying(&basic_triggered_runner::renew_leases, "renewing leases"));
        parts.push_back(retrying(&basic_triggered_runner::remove_old_logs, "removing old logs"));
        parts.push_back(retrying(&basic_triggered_runner::remove_old_uploads, "removing old uploads"));
        co_await when_all(std::move(parts));
    } catch (...) {
        failure = std::current_exception();
    }
    // The end of a run is recorded, even when all else is to end at once; the callers get their setting back.
    co_await net::this_coro::reset_cancellation_state(net::disable_cancellation());
    co_await stop_all();
    co_await net::this_coro::reset_cancellation_state();
    if (failure)
        std::rethrow_exception(failure);
}

/// Runs a part of the work again and again: a store that fails and a source that throws do not end the runner.
template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::retrying(
    net::awaitable<void> (basic_triggered_runner::*work)(), std::string doing)
{
    constexpr auto longest = std::chrono::milliseconds(30000);
    bell never;
    for (auto pause = std::chrono::milliseconds(100);; pause = std::min(2 * pause, longest)) {
        std::exception_ptr failure;
        auto const begun = std::chrono::steady_clock::now();
        try {
            co_await (this->*work)();
        } catch (...) {
            failure = std::current_exception();
        }
        if (!failure)
            co_return;
        auto const cancellation = co_await net::this_coro::cancellation_state;
        if (cancellation.cancelled() != net::cancellation_type::none)
            std::rethrow_exception(failure);
        tell_trouble(doing, failure);
        if (std::chrono::steady_clock::now() - begun > longest)
            pause = std::chrono::milliseconds(100);
        co_await never.wait_past(0, pause);
    }
}

template<trigger_source T, run_store S, run_engine E, clock C>
void basic_triggered_runner<T, S, E, C>::tell_trouble(std::string const& doing, std::exception_ptr failure)
{
    if (options_.on_trouble)
        options_.on_trouble(doing + ": " + detail::failure_text(failure));
}

template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::recover()
{
    auto const now = state().clock.now();
    auto const recovered = co_await state().store.recover(options_.worker, now);
    for (auto const& record : recovered) {
        auto log = state().logs.open(record.id);
        if (is_final(record.status))
            log.append(detail::end_line(record));
        if (options_.on_change)
            options_.on_change(record);
        if (is_final(record.status))
            co_await remove_upload_of(record);
    }
}

/// Each event is recorded before it is acknowledged.
template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::watch_triggers()
{
    for (;;) {
        auto event = co_await triggers_.next();
        if (!event)
            co_return;
        co_await service_.accept(std::move(*event));
        co_await triggers_.acknowledge();
    }
}

template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::follow_edits()
{
    auto const changes = co_await service_.changes(!has_followed_);
    if (has_followed_ && changes.is_empty())
        co_return;
    has_followed_ = false;  // should a source throw, all of them are told everything again
    follow_tasks(triggers_, changes);
    has_followed_ = true;
    if (options_.on_tasks)
        options_.on_tasks(changes);
}

/// Starts runs where there is room, each time that something changed.
template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::dispatch()
{
    for (;;) {
        auto const seen = state().changes.count();
        for (auto const& id : std::exchange(state().to_cancel, {}))
            if (auto const found = active_.find(id); found != active_.end())
                stop(found->second, stop_reason::canceled);
        co_await follow_edits();
        auto const pools = co_await state().store.pools();
        co_await fill_pool(std::string(), options_.concurrency);
        for (auto const& pool : pools)
            co_await fill_pool(pool.name, pool.count);
        co_await state().changes.wait_past(seen, options_.lease / 3);
    }
}

template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::fill_pool(std::string pool, unsigned limit)
{
    auto const executor = co_await net::this_coro::executor;
    while (!is_draining_ && count_active(pool) < limit) {
        auto const now = state().clock.now();
        run_claim claim{options_.worker, pool, now, now + options_.lease};
        auto claimed = co_await state().store.claim(std::move(claim));
        if (!claimed)
            co_return;
        start(executor, std::move(*claimed));
    }
}

/// Leases of others that ran out are ended here, too: their runs must not look alive for ever.
template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::renew_leases()
{
    bell never;
    for (;;) {
        co_await never.wait_past(0, options_.lease / 3);
        auto const now = state().clock.now();
        auto const to_end = co_await state().store.renew(options_.worker, now + options_.lease);
        for (auto const& id : to_end)
            if (auto const found = active_.find(id); found != active_.end())
                stop(found->second, stop_reason::canceled);
        auto const recovered = co_await state().store.recover(std::string(), now);
        for (auto const& record : recovered)
            if (auto const found = active_.find(record.id); found != active_.end())
                stop(found->second, stop_reason::lost);
        if (!recovered.empty())
            state().changes.ring();
    }
}

template<trigger_source T, run_store S, run_engine E, clock C>
std::size_t basic_triggered_runner<T, S, E, C>::count_active(std::string const& pool) const
{
    return static_cast<std::size_t>(std::ranges::count_if(active_, [&](auto const& run) {
        return ascii_lower(run.second.claimed.record.agent_pool) == ascii_lower(pool);
    }));
}

template<trigger_source T, run_store S, run_engine E, clock C>
void basic_triggered_runner<T, S, E, C>::start(net::any_io_executor executor, claimed_run claimed)
{
    auto const id = claimed.record.id;
    auto const [place, is_new] = active_.try_emplace(id);
    place->second.claimed = std::move(claimed);
    auto ended = [this, id](std::exception_ptr failure) {
        if (failure)
            tell_trouble("carrying out the run " + id, failure);
        active_.erase(id);
        state().changes.ring();
        state().output.ring();
    };
    net::co_spawn(executor, carry_out(place->second), std::move(ended));
}

template<trigger_source T, run_store S, run_engine E, clock C>
void basic_triggered_runner<T, S, E, C>::stop(active_run& run, stop_reason reason)
{
    if (run.reason != stop_reason::none)
        return;
    run.reason = reason;
    run.stop.emit(net::cancellation_type::terminal);
}

template<trigger_source T, run_store S, run_engine E, clock C>
run_order basic_triggered_runner<T, S, E, C>::order_of(claimed_run const& claimed) const
{
    auto const upload = service_.find_upload(claimed.request.context);
    return {claimed.record, claimed.request, upload.value_or(std::filesystem::path())};
}

/// A run from the moment that it is this worker's, to its last record. Only the engine is ever cancelled.
template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::carry_out(active_run& run)
{
    auto& record = run.claimed.record;
    std::optional<run_output> output;
    run_change end{.status = run_status::error};
    try {
        output.emplace(state().logs.open(record.id), state().output, secrets_of(run.claimed.request));
    } catch (error const& e) {
        end.error = e.text();
    }
    if (output) {
        run_change begun{.status = run_status::running, .at = state().clock.now()};
        bool const is_ours = co_await write(run, std::move(begun));
        if (!is_ours)
            co_return;
        record.status = run_status::running;
        if (options_.on_change)
            options_.on_change(record);
        end = co_await await_engine(run, *output);
        end.error = output->redact(end.error);
    }
    end.at = state().clock.now();
    detail::set_end(record, end);
    if (output) {
        output->finish();
        output->write(detail::end_line(record));
        output->finish();
    }
    co_await finish(run, std::move(end));
}

template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<run_change> basic_triggered_runner<T, S, E, C>::await_engine(active_run& run, run_output output)
{
    using namespace net::experimental::awaitable_operators;
    auto const executor = co_await net::this_coro::executor;
    run_change change;
    std::exception_ptr failure;
    if (run.reason == stop_reason::none) {
        try {
            auto work = net::co_spawn(executor, engine_.run(order_of(run.claimed), output),
                                      net::bind_cancellation_slot(run.stop.slot(), net::use_awaitable));
            auto ended = co_await (detail::settle(std::move(work)) || keep_time(run));
            auto& outcome = std::get<0>(ended);
            if (outcome.failure)
                std::rethrow_exception(outcome.failure);
            detail::take_outcome(change, std::move(*outcome.value));
        } catch (...) {
            failure = std::current_exception();
        }
    }
    if (failure) {
        change.status = run_status::error;
        change.error = detail::failure_text(failure);
    }
    if (change.status != run_status::succeeded)
        switch (run.reason) {
        case stop_reason::none: break;
        case stop_reason::canceled: change.status = run_status::canceled, change.error = "canceled"; break;
        case stop_reason::timeout:
            change.status = run_status::timeout;
            change.error = "the run took longer than " + std::to_string(run.claimed.request.timeout.count()) + " s";
            break;
        case stop_reason::shutdown:
        case stop_reason::lost:
            change.status = run_status::error;
            change.error = "the runner was stopped while the run was going on";
        }
    co_return change;
}

/// Stops the run when its time is up; ends only by being cancelled.
template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::keep_time(active_run& run)
{
    bell never;
    co_await never.wait_past(0, run.claimed.request.timeout);
    stop(run, stop_reason::timeout);
    for (;;)
        co_await never.wait_past(0, std::chrono::hours(1));
}

/// Writes a change, however long the store fails: a run must not look alive for ever. Who is to stop gives up soon; the
/// next runner takes over then.
/// @return whether the run was this worker's
template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<bool> basic_triggered_runner<T, S, E, C>::write(active_run& run, run_change change)
{
    auto const& record = run.claimed.record;
    bell never;
    for (int tries = 0; run.reason != stop_reason::shutdown || tries < 3; ++tries) {
        std::exception_ptr failure;
        bool is_ours = false;
        try {
            is_ours = co_await state().store.change(record.id, run.claimed.fence, change);
        } catch (...) {
            failure = std::current_exception();
        }
        if (!failure)
            co_return is_ours;
        tell_trouble("recording that the run " + record.id + " is " + std::string(to_string(change.status)), failure);
        co_await never.wait_past(0, std::chrono::seconds(1));
    }
    co_return false;
}

/// The mark of what a run used and pushed, if it counts. Should it not be known, the run counts all the same, and its base
/// images are those of the run before.
template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<shared_marks> basic_triggered_runner<T, S, E, C>::base_images_of(run_record const& record,
                                                                                run_change const& change)
{
    shared_marks shared;
    if (change.status == run_status::succeeded && !record.task.empty())
        try {
            auto const guard = co_await state().lock.acquire();
            co_await service_.catch_up();
            co_await service_.take_mark(base_image_book::mark_name(record.task));
            shared = state().book.record(record.task, change.dependencies, change.outputs);
        } catch (error const& e) {
            tell_trouble("taking note of the base images of " + record.task, std::make_exception_ptr(e));
        }
    co_return shared;
}

/// Records the end of a run; what it pushed may start others.
template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::finish(active_run& run, run_change change)
{
    auto const& record = run.claimed.record;
    std::optional<shared_marks> refused;
    for (bool is_written = false; !is_written;) {
        auto shared = co_await base_images_of(record, change);
        if (refused == shared)  // then the run is not this worker's any more
            co_return;
        change.shared = std::move(shared);
        is_written = co_await write(run, change);
        refused = change.shared;
    }
    co_await remove_upload_of(record);
    if (options_.on_change)
        options_.on_change(record);
    if (change.outputs.empty())
        co_return;
    trigger_event pushed{.id = record.id, .provider = "acrx", .what = image_update{change.outputs}};
    co_await service_.accept(std::move(pushed));
}

template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::drain(std::chrono::milliseconds longest)
{
    is_draining_ = true;
    auto const end = std::chrono::steady_clock::now() + longest;
    while (!active_.empty() && std::chrono::steady_clock::now() < end) {
        auto const seen = state().changes.count();
        co_await state().changes.wait_past(seen, end - std::chrono::steady_clock::now());
    }
}

template<trigger_source T, run_store S, run_engine E, clock C>
net::awaitable<void> basic_triggered_runner<T, S, E, C>::stop_all()
{
    for (auto& [id, run] : active_)
        stop(run, stop_reason::shutdown);
    while (!active_.empty()) {
        auto const seen = state().changes.count();
        co_await state().changes.wait_past(seen, std::chrono::seconds(1));
    }
}
}  // namespace acrx
#endif
