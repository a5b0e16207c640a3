// A runner whose clock is turned by hand and whose engine does what the test says.
#ifndef ACRX_TESTS_TRIGGERED_RUNNER_SCRIPTED_RUNNER_HPP
#define ACRX_TESTS_TRIGGERED_RUNNER_SCRIPTED_RUNNER_HPP

#include <acrx/core/error.hpp>
#include <acrx/run/memory_store.hpp>
#include <acrx/triggered_runner.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <support/scratch_folder.hpp>

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace acrx::testing {
/// What the engine is to do with the runs of a task; by default it succeeds at once.
struct engine_script
{
    std::map<std::string, run_outcome> outcomes = {};
    std::vector<std::string> waiting = {};  ///< tasks whose runs go on until they are stopped or let go
    std::vector<std::string> failing = {};  ///< tasks whose runs throw
    std::string prints = {};
    std::vector<run_order> begun = {};
    std::size_t most_at_once = 0;
    std::size_t at_once = 0;
    bell released = {};
};

class scripted_engine
{
public:
    explicit scripted_engine(engine_script& script) : script_(&script) {}

    net::awaitable<run_outcome> run(run_order order, run_output output)
    {
        auto const task = order.record.task;
        script_->begun.push_back(order);
        script_->most_at_once = std::max(script_->most_at_once, ++script_->at_once);
        counted const here{script_};
        output.write(script_->prints.empty() ? "hello from " + order.record.id + "\n" : script_->prints);
        if (std::ranges::count(script_->failing, task) != 0)
            throw error(errc::unavailable, "asking the registry");
        while (std::ranges::count(script_->waiting, task) != 0)
            co_await script_->released.wait_past(script_->released.count(), std::chrono::hours(1));
        auto const outcome = script_->outcomes.find(task);
        co_return outcome == script_->outcomes.end() ? run_outcome{.succeeded = true} : outcome->second;
    }

private:
    struct counted
    {
        engine_script* script;
        ~counted() { --script->at_once; }
    };
    engine_script* script_;
};

/// Gives the events that the test puts in.
class scripted_source
{
public:
    net::awaitable<std::optional<trigger_event>> next()
    {
        while (state_->events.empty())
            co_await state_->more.wait_past(state_->more.count(), std::chrono::hours(1));
        co_return state_->events.front();
    }
    net::awaitable<void> acknowledge()
    {
        state_->events.pop_front();
        co_return;
    }
    void tell(trigger_event event)
    {
        state_->events.push_back(std::move(event));
        state_->more.ring();
    }

private:
    struct shared
    {
        std::deque<trigger_event> events;
        bell more;
    };
    std::shared_ptr<shared> state_ = std::make_shared<shared>();
};

/// A task file task that is fit to be saved.
inline task_definition task_of(std::string name)
{
    task_definition task;
    task.name = std::move(name);
    text_step step;
    step.task = "steps: []";
    task.step = step_definition{step, "https://example.com/o/r.git#main:sub", {}};
    return task;
}

template<class Triggers = merged_source<timer_source<manual_clock>, scripted_source>>
class scripted_runner
{
public:
    using service_type = basic_runner_service<memory_store, manual_clock>;
    using runner_type = basic_triggered_runner<Triggers, memory_store, scripted_engine, manual_clock>;

    explicit scripted_runner(runner_options options = {}, memory_store store = {})
        : service(std::move(store), {folder / "logs", folder / "uploads"}, clock),
          runner(merge(timer_source<manual_clock>(clock), source), service, scripted_engine(script), with_trouble(std::move(options)))
    {}
    ~scripted_runner() { stop(); }

    void start()
    {
        ended_ = net::co_spawn(host, runner.run(), net::bind_cancellation_slot(end_.slot(), net::use_future));
        settle();
    }
    /// Lets all that can go on go on.
    void settle()
    {
        host.restart();
        host.poll();
    }
    void stop()
    {
        if (!ended_.valid())
            return;
        end_.emit(net::cancellation_type::terminal);
        host.restart();
        host.run();
        BOOST_CHECK_THROW(ended_.get(), std::exception);
    }
    template<class T>
    T wait(net::awaitable<T> operation)
    {
        auto result = net::co_spawn(host, std::move(operation), net::use_future);
        host.restart();
        while (result.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
            host.run_one();
        settle();
        return result.get();
    }
    run_record record(std::string const& id) { return *wait(service.find_run(id)); }
    std::vector<run_record> records() { return wait(service.runs({.top = 0})).runs; }
    std::string log(std::string const& id) { return wait(service.read_log(id, 0)).bytes; }
    run_record schedule(std::string task)
    {
        run_request request;
        request.what = stored_task{std::move(task), {}};
        return wait(service.schedule(std::move(request), "me"));
    }

    scratch_folder folder;
    net::io_context host{1};
    manual_clock clock{parse_rfc3339("2026-01-01T00:00:00Z")};
    engine_script script;
    scripted_source source;
    service_type service;
    std::vector<std::string> trouble;
    runner_type runner;

private:
    runner_options with_trouble(runner_options options)
    {
        options.on_trouble = [this](std::string const& text) { trouble.push_back(text); };
        return options;
    }

    net::cancellation_signal end_;
    std::future<void> ended_;
};
}  // namespace acrx::testing
#endif
