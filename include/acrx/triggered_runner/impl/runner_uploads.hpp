// Bodies of triggered_runner/runner_service.hpp that concern uploads.
#ifndef ACRX_TRIGGERED_RUNNER_IMPL_RUNNER_UPLOADS_HPP
#define ACRX_TRIGGERED_RUNNER_IMPL_RUNNER_UPLOADS_HPP
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/triggered_runner/detail/upload_names.hpp>
#include <acrx/triggered_runner/impl/runner_service.hpp>

#include <filesystem>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

namespace acrx {
template<run_store S, clock C>
upload_slot basic_runner_service<S, C>::reserve_upload()
{
    auto name = detail::new_upload_name();
    std::error_code failed;
    std::filesystem::create_directories(state_->folders.uploads, failed);
    if (failed)
        throw_errno(failed.value(), "making the folder " + state_->folders.uploads.string());
    return {"source/" + name, state_->folders.uploads / name};
}

template<run_store S, clock C>
std::optional<std::filesystem::path> basic_runner_service<S, C>::find_upload(std::string const& relative_path) const
{
    auto const name = detail::upload_name_of(relative_path);
    return name.empty() ? std::nullopt : std::optional(state_->folders.uploads / name);
}

/// @throws error (`errc::not_found`) for an upload that is not there
template<run_store S, clock C>
void basic_runner_service<S, C>::check_upload(std::string const& context) const
{
    if (auto const file = find_upload(context); file && !std::filesystem::exists(*file))
        throw error(errc::not_found, "scheduling a run: nothing was uploaded to " + context);
}

/// The uploads that somebody may still read; the lock must be held.
template<run_store S, clock C>
net::awaitable<std::set<std::string>> basic_runner_service<S, C>::used_uploads()
{
    run_query going_on{.is_going_on = true, .top = 0};
    auto const page = co_await state_->store.runs(std::move(going_on));
    co_await catch_up();
    auto const named = co_await state_->store.named_runs();
    std::set<std::string> used;
    for (auto const& run : page.runs)
        used.insert(run.upload);
    for (auto const& [name, task] : state_->tasks.all())
        if (task->step)
            used.insert(task->step->context);
    for (auto const& run : named)
        used.insert(run.request.context);
    co_return used;
}

template<run_store S, clock C>
net::awaitable<void> basic_runner_service<S, C>::remove_upload(std::string relative_path)
{
    auto const file = find_upload(relative_path);
    if (!file || !std::filesystem::exists(*file))
        co_return;
    auto const guard = co_await state_->lock.acquire();
    auto const used = co_await used_uploads();
    if (used.contains(relative_path))
        co_return;
    remove_tree(*file);
}

template<run_store S, clock C>
net::awaitable<void> basic_runner_service<S, C>::remove_old_uploads(std::chrono::seconds age)
{
    auto const limit = std::filesystem::file_time_type::clock::now() - age;
    std::vector<std::filesystem::path> old;
    std::error_code gone;
    for (auto const& each : std::filesystem::directory_iterator(state_->folders.uploads, gone)) {
        std::error_code vanished;
        bool const is_old = each.last_write_time(vanished) < limit && !vanished;
        if (is_old)
            old.push_back(each.path());
    }
    if (old.empty())
        co_return;
    auto const guard = co_await state_->lock.acquire();
    auto const used = co_await used_uploads();
    for (auto const& each : old)
        if (!used.contains("source/" + each.filename().string()))
            remove_tree(each);
}
}  // namespace acrx
#endif
