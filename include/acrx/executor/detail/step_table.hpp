// What all executors share: the table of their steps, followed from start to completion record.
#ifndef ACRX_EXECUTOR_DETAIL_STEP_TABLE_HPP
#define ACRX_EXECUTOR_DETAIL_STEP_TABLE_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/detail/followed_process.hpp>
#include <acrx/executor/detail/step_folder.hpp>
#include <acrx/executor/step_executor.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace acrx::detail {
/// The steps that one executor object started, and those that others left in the same folder.
///
/// For one strand. Its end kills what still runs.
class step_table
{
public:
    /// @param runs  the folder of logs and records; made if missing
    explicit ACRX_DECL step_table(std::filesystem::path runs);
    step_table(step_table&&) = default;
    ACRX_DECL step_table& operator=(step_table&&) noexcept;
    ACRX_DECL ~step_table();

    /// The folder of a new step; nothing if the key was submitted before.
    ACRX_DECL std::optional<step_folder> claim(step_key const& key);
    /// Takes back a claim whose step could not be started.
    /// @param folder  the path of the claim
    ACRX_DECL void give_up(std::filesystem::path const& folder) noexcept;
    /// Follows a process on `host` until its record is written.
    ACRX_DECL void follow(net::any_io_executor const& host, step_key const& key, step_folder folder, started_step step);
    /// Takes a step that is followed already.
    ACRX_DECL void adopt(step_key const& key, std::shared_ptr<followed_step> step);

    ACRX_DECL net::awaitable<step_state> observe(step_key key);
    ACRX_DECL net::awaitable<step_output> log(step_key key, std::uint64_t offset);
    ACRX_DECL net::awaitable<void> cancel(step_key key, std::chrono::milliseconds grace);
    ACRX_DECL net::awaitable<std::vector<step_key>> list(std::string prefix);
    ACRX_DECL net::awaitable<void> forget(step_key key);
    /// Kills the steps of a run that this object started.
    ACRX_DECL net::awaitable<void> kill_run(std::string run);
    /// Removes what processes that live no more left of running steps: folders and control groups. @return their keys
    ACRX_DECL std::vector<step_key> reap_lost();

private:
    std::shared_ptr<followed_step> find(step_key const& key) const;
    void kill_all() noexcept;

    std::filesystem::path runs_;
    std::map<step_key, std::shared_ptr<followed_step>> steps_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/step_table.ipp>
#endif
#endif
