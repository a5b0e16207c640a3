// Bodies of task_runner/detail/task_run.hpp: the order of steps, their attempts, and what is cleaned up.
#ifndef ACRX_TASK_RUNNER_IMPL_TASK_RUN_HPP
#define ACRX_TASK_RUNNER_IMPL_TASK_RUN_HPP
#include <acrx/build/redactor.hpp>
#include <acrx/core/deadline.hpp>
#include <acrx/io/files.hpp>
#include <acrx/task_runner/detail/task_run.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace acrx::detail {
/// The text of what ended a step, for people.
inline std::string text_of(std::exception_ptr const& failure)
{
    try {
        std::rethrow_exception(failure);
    } catch (error const& e) {
        return e.advice().empty() ? e.text() : e.text() + ". " + e.advice();
    } catch (std::exception const& e) {
        return e.what();
    }
}

/// Whether the step was told to stop; a time that is up is a failure.
inline bool is_interruption(std::exception_ptr const& failure)
{
    try {
        std::rethrow_exception(failure);
    } catch (boost::system::system_error const& e) {
        return e.code() == condition::interrupted && e.code() != errc::timed_out;
    } catch (...) {
        return false;
    }
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
task_run<B, E, R, S>::task_run(task_parts<B, E, R, S> parts, task_request const& request, prepared_task const& ready,
                               shared_folders shared, std::string id)
    : parts_(std::move(parts)), request_(request), task_(ready.task), hidden_(ready.hidden), shared_(std::move(shared)),
      id_(std::move(id)), schedule_(task_.steps, task_.file),
      layers_(parts_.registry, parts_.store, parts_.state.indexes(), parts_.pool, {}, next_id_),
      unpacker_(layers_, parts_.snapshots, parts_.pool)
{
    result_.commit = commit_of(ready.context.revision);
    for (auto const& step : task_.steps)
        result_.steps.push_back({.id = step.id, .kind = step.kind, .started = {}, .ended = {}, .error = {}});
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<task_result> task_run<B, E, R, S>::run()
{
    task_planned planned;
    for (auto const& step : task_.steps)
        planned.ids.push_back(step.id);
    planned.graph = schedule_.graph();
    parts_.log(planned);
    for (auto const& warning : task_.warnings)
        note(task_.file + ":" + std::to_string(warning.where.line) + ": " + to_string(warning), build_note::severity::warning);
    make_folders();
    std::exception_ptr failure;
    try {
        co_await make_networks();
        co_await carry_out();
    } catch (...) {
        failure = std::current_exception();
    }
    co_await clean_up();
    if (failure)
        std::rethrow_exception(failure);
    for (auto& [step, found] : dependencies_)
        std::move(found.begin(), found.end(), std::back_inserter(result_.dependencies));
    result_.succeeded = schedule_.succeeded();
    result_.is_canceled = schedule_.is_canceled();
    for (std::size_t i = 0; i < result_.steps.size(); ++i)
        result_.steps[i].status = schedule_.status(i);
    co_return std::move(result_);
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
void task_run<B, E, R, S>::make_folders() const
{
    std::filesystem::create_directories(shared_.workspace);
    std::filesystem::create_directories(shared_.volumes);
    auto home = request_.home_files;
    home.attach(shared_.home);
    for (auto const& volume : task_.volumes) {
        std::filesystem::create_directories(shared_.volumes / volume.name);
        for (auto const& [name, content] : volume.files)
            write_file(shared_.volumes / volume.name / name, content);
    }
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::make_networks()
{
    network_spec const usual{.name = "bridge"};
    co_await parts_.executor.make_network(id_, usual);
    for (auto const& network : task_.networks) {
        if (network.skip_creation || network.name == "host" || network.name == "none" || network.name == "bridge")
            continue;
        network_spec spec{.name = network.name, .ipv6 = network.ipv6};
        if (!network.driver.empty())
            spec.driver = network.driver;
        co_await parts_.executor.make_network(id_, spec);
    }
}

/// Whatever happens, this returns only when nothing runs any more.
template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::carry_out()
{
    auto const executor = co_await net::this_coro::executor;
    changed_ = std::make_unique<net::steady_timer>(executor, net::steady_timer::time_point::max());
    // The setting belongs to the whole chain of callers: they get it back.
    bool const throws = co_await net::this_coro::throw_if_cancelled();
    co_await net::this_coro::throw_if_cancelled(false);
    while (!schedule_.is_done()) {
        for (auto step : schedule_.start())
            launch(step, executor);
        for (auto step : schedule_.stop())
            signals_[step].emit(net::cancellation_type::terminal);
        boost::system::error_code ignored;  // the timer only ever ends by being cancelled
        if (ended_.empty())
            co_await changed_->async_wait(net::redirect_error(net::use_awaitable, ignored));
        for (auto& [step, failure] : std::exchange(ended_, {}))
            settle(step, failure);
        auto const state = co_await net::this_coro::cancellation_state;
        if (state.cancelled() != net::cancellation_type::none)
            schedule_.cancel();
    }
    co_await net::this_coro::throw_if_cancelled(throws);
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
void task_run<B, E, R, S>::launch(std::size_t step, net::any_io_executor const& executor)
{
    result_.steps[step].started = parts_.now();
    auto ended = [this, step](std::exception_ptr failure) {
        ended_.emplace_back(step, failure);
        changed_->cancel();
    };
    net::co_spawn(executor, perform(step), net::bind_cancellation_slot(signals_[step].slot(), ended));
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
void task_run<B, E, R, S>::settle(std::size_t step, std::exception_ptr failure)
{
    auto& report = result_.steps[step];
    report.ended = parts_.now();
    bool const stopped = failure && is_interruption(failure);
    if (failure && !stopped)
        report.error = hide(text_of(failure));
    schedule_.finished(step, stopped ? step_outcome::canceled : failure ? step_outcome::failed : step_outcome::succeeded);
    parts_.log(step_ended{step, schedule_.status(step), report.error});
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::perform(std::size_t step)
{
    auto const& what = step_at(step);
    if (what.start_delay.count() > 0) {
        net::steady_timer delay(co_await net::this_coro::executor, what.start_delay);
        co_await delay.async_wait(net::use_awaitable);
    }
    auto work = repeat(step);
    co_await with_deadline(std::move(work), what.timeout,
                           "the step took longer than " + std::to_string(what.timeout.count() / 1000) + " s");
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::repeat(std::size_t step)
{
    std::string failures;
    auto const& what = step_at(step);
    unsigned const more = what.kind == step_kind::push ? 0 : what.repeat;
    for (unsigned i = 0; i <= more; ++i) {
        std::exception_ptr failure;
        try {
            co_await try_often(step);
        } catch (...) {
            failure = std::current_exception();
        }
        if (failure && (more == 0 || is_interruption(failure)))
            std::rethrow_exception(failure);
        if (failure)
            failures += (failures.empty() ? "" : ", ") + text_of(failure);
    }
    if (!failures.empty())
        throw error(errc::step_failed, failures);
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::try_often(std::size_t step)
{
    auto const& what = step_at(step);
    for (unsigned left = what.kind == step_kind::push ? 0 : what.retries;; --left) {
        attempt now{.step = step, .number = ++result_.steps[step].attempts, .printed = {}};
        parts_.log(step_began{step, now.number});
        std::exception_ptr failure;
        try {
            co_await try_once(now);
        } catch (...) {
            failure = std::current_exception();
        }
        if (!failure)
            co_return;
        auto const text = now.printed + text_of(failure);
        bool const matches = what.retry_on_errors.empty()
                             || std::any_of(what.retry_on_errors.begin(), what.retry_on_errors.end(),
                                            [&](auto const& wanted) { return text.find(wanted) != std::string::npos; });
        if (left == 0 || !matches || is_interruption(failure))
            std::rethrow_exception(failure);
        note("step " + what.id + ": " + hide(text_of(failure)) + "; trying again in "
             + std::to_string(what.retry_delay.count() / 1000) + " s");
        net::steady_timer delay(co_await net::this_coro::executor, what.retry_delay);
        co_await delay.async_wait(net::use_awaitable);
    }
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::try_once(attempt& now)
{
    switch (step_at(now.step).kind) {
    case step_kind::cmd: co_await run_container(now); break;
    case step_kind::build: co_await build_image(now); break;
    case step_kind::push: co_await push_images(now); break;
    }
}

/// Ends detached containers and takes networks away, also when the run was cancelled.
template<image_builder B, container_executor E, registry_client R, snapshotter S>
net::awaitable<void> task_run<B, E, R, S>::clean_up()
{
    bool const throws = co_await net::this_coro::throw_if_cancelled();
    co_await net::this_coro::throw_if_cancelled(false);
    auto home = request_.home_files;
    home.detach();
    co_await parts_.executor.end_run(id_);
    while (following_ > 0) {
        boost::system::error_code ignored;
        co_await changed_->async_wait(net::redirect_error(net::use_awaitable, ignored));
    }
    std::string const prefix = id_ + "/";
    auto const keys = co_await parts_.executor.list(prefix);
    for (auto const& key : keys)
        co_await parts_.executor.forget(key);
    kept_roots_.clear();
    co_await net::this_coro::throw_if_cancelled(throws);
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
step_key task_run<B, E, R, S>::key_of(attempt const& now) const
{
    auto name = step_at(now.step).id;
    for (auto& c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
            c = '_';
    return id_ + "/" + std::to_string(now.step) + "-" + name + "/" + std::to_string(now.number);
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
std::string task_run<B, E, R, S>::hide(std::string const& text) const
{
    redactor redact(hidden_);
    auto shown = redact.feed(text);
    return shown + redact.finish();
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
void task_run<B, E, R, S>::print(std::size_t step, std::string bytes)
{
    if (!bytes.empty())
        parts_.log(step_printed{step, std::move(bytes)});
}

template<image_builder B, container_executor E, registry_client R, snapshotter S>
void task_run<B, E, R, S>::note(std::string text, build_note::severity level)
{
    parts_.log(task_note{level, std::move(text)});
}
}  // namespace acrx::detail
#endif
