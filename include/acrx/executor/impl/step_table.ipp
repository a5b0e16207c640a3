// Bodies of executor/detail/step_table.hpp.
#ifndef ACRX_EXECUTOR_IMPL_STEP_TABLE_IPP
#define ACRX_EXECUTOR_IMPL_STEP_TABLE_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/control_groups.hpp>
#include <acrx/executor/detail/step_table.hpp>
#include <acrx/io/files.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <system_error>
#include <utility>

namespace acrx::detail {
ACRX_DECL step_table::step_table(std::filesystem::path runs) : runs_(std::move(runs))
{
    std::error_code failed;
    std::filesystem::create_directories(runs_, failed);
    if (failed)
        throw_errno(failed.value(), "making the folder " + runs_.string());
}

ACRX_DECL step_table& step_table::operator=(step_table&& other) noexcept
{
    kill_all();
    runs_ = std::move(other.runs_);
    steps_ = std::move(other.steps_);
    return *this;
}

ACRX_DECL step_table::~step_table()
{
    kill_all();
}

inline void step_table::kill_all() noexcept
{
    for (auto const& [key, step] : steps_)
        if (!step->has_ended())
            step->kill();
    steps_.clear();
}

inline std::shared_ptr<followed_step> step_table::find(step_key const& key) const
{
    auto const found = steps_.find(key);
    return found == steps_.end() ? nullptr : found->second;
}

ACRX_DECL std::optional<step_folder> step_table::claim(step_key const& key)
{
    return step_folder::claim(runs_, key);
}

ACRX_DECL void step_table::give_up(std::filesystem::path const& folder) noexcept
{
    try {
        remove_tree(folder);
    } catch (...) {  // it stays as a lost step, which `list` shows
    }
}

ACRX_DECL void step_table::follow(net::any_io_executor const& host, step_key const& key, step_folder folder,
                                  started_step step)
{
    auto followed = std::make_shared<followed_process>(host, std::move(folder), std::move(step));
    adopt(key, followed);
    // Owned by the table: its end kills the step, upon which this ends; it throws nothing.
    net::co_spawn(host, followed_process::follow(std::move(followed)), net::detached);
}

ACRX_DECL void step_table::adopt(step_key const& key, std::shared_ptr<followed_step> step)
{
    steps_[key] = std::move(step);
}

ACRX_DECL net::awaitable<step_state> step_table::observe(step_key key)
{
    if (auto const step = find(key))
        co_return step->state();
    co_return observe_folder(runs_, key);
}

ACRX_DECL net::awaitable<step_output> step_table::log(step_key key, std::uint64_t offset)
{
    auto const step = find(key);
    if (!step) {
        // Of another object or process: nobody tells us when there is more.
        net::steady_timer pause(co_await net::this_coro::executor);
        for (;;) {
            bool const running = observe_folder(runs_, key).now == step_state::phase::running;
            auto bytes = read_log(runs_, key, offset);
            if (!bytes.empty() || !running)
                co_return step_output{bytes, bytes.empty()};
            pause.expires_after(std::chrono::milliseconds(20));
            co_await pause.async_wait(net::use_awaitable);
        }
    }
    while (!step->has_ended() && step->log_length() <= offset)
        co_await step->change();
    step->state();  // rethrows what broke the log
    auto bytes = read_log(step->log(), offset);
    bool const ended = step->has_ended() && offset + bytes.size() >= step->log_length();
    co_return step_output{std::move(bytes), ended};
}

ACRX_DECL net::awaitable<void> step_table::cancel(step_key key, std::chrono::milliseconds grace)
{
    auto const step = find(key);
    if (!step || step->has_ended())
        co_return;
    if (grace.count() > 0) {
        step->ask_to_end();
        followed_step::kill_after(step, grace);
    } else {
        step->kill();
    }
    while (!step->has_ended())
        co_await step->change();
}

ACRX_DECL net::awaitable<std::vector<step_key>> step_table::list(std::string prefix)
{
    co_return list_folders(runs_, prefix);
}

ACRX_DECL net::awaitable<void> step_table::forget(step_key key)
{
    auto const step = find(key);
    bool const running = step ? !step->has_ended() : observe_folder(runs_, key).now == step_state::phase::running;
    if (running)
        throw error(errc::invalid_argument, "forgetting the step " + key + ", which runs");
    steps_.erase(key);
    remove_tree(runs_ / to_folder_name(key));
    co_return;
}

ACRX_DECL net::awaitable<void> step_table::kill_run(std::string run)
{
    std::vector<std::shared_ptr<followed_step>> dying;
    for (auto const& [key, step] : steps_)
        if (key.starts_with(run + "/") && !step->has_ended()) {
            step->kill();
            dying.push_back(step);
        }
    for (auto const& step : dying)
        while (!step->has_ended())
            co_await step->change();
}

ACRX_DECL std::vector<step_key> step_table::reap_lost()
{
    std::vector<std::filesystem::path> abandoned;
    for (auto const& entry : std::filesystem::directory_iterator(runs_))
        if (is_abandoned(entry.path().filename().string()))
            abandoned.push_back(entry.path());
    for (auto const& path : abandoned)
        remove_tree(path);
    std::vector<step_key> lost;
    for (auto const& key : list_folders(runs_, "")) {
        if (find(key) || observe_folder(runs_, key).now != step_state::phase::lost)
            continue;
        auto const folder = runs_ / to_folder_name(key);
        end_control_groups(recorded_groups(folder));
        remove_tree(folder);
        lost.push_back(key);
    }
    return lost;
}
}  // namespace acrx::detail
#endif
