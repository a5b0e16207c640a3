// Bodies of runner_cli/runner_state.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_RUNNER_STATE_IPP
#define ACRX_RUNNER_CLI_IMPL_RUNNER_STATE_IPP
#include <acrx/core/error.hpp>
#include <acrx/run/postgres_store.hpp>
#include <acrx/run/secret_box.hpp>
#include <acrx/run/sqlite_store.hpp>
#include <acrx/runner_cli/runner_state.hpp>
#include <acrx/server/signed_link.hpp>

#include <cstdlib>
#include <utility>

namespace acrx::cli {
namespace detail {
inline void make_private_folder(std::filesystem::path const& folder)
{
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (!failed)
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
    if (failed)
        throw_errno(failed.value(), "making the folder " + folder.string());
}

inline secret_key key_of_runner(std::filesystem::path const& key_file, std::filesystem::path const& root)
{
    if (!key_file.empty())
        return key_of_file(key_file);
    if (auto const* text = std::getenv("ACRX_SECRET_KEY"); text && *text != '\0')
        return parse_secret_key(text);
    return key_of_file(root / "secret.key");
}

/// What a file says; what it is to say is written at the first call.
inline std::string made_once(std::filesystem::path const& file, std::string const& text)
{
    make_private_folder(file.parent_path());
    if (auto known = read_file_if_exists(file); known && !known->empty())
        return *known;
    write_file(file, text, durability::synced, 0600);
    return text;
}
}  // namespace detail

ACRX_DECL standard_runner_service runner_state::open(std::filesystem::path const& key_file, std::string const& database,
                                                     net::any_io_executor pool) const
{
    detail::make_private_folder(root_);
    secret_box const box(detail::key_of_runner(key_file, root_));
    auto const* const named = std::getenv("ACRX_DATABASE");
    std::string const where = database.empty() && named ? named : database;
    auto store = where.empty() ? database_store(sqlite_store(root_ / "runner.db", box, std::move(pool)))
                               : database_store(postgres_store(where, box, std::move(pool)));
    return standard_runner_service(std::move(store), {root_ / "logs", root_ / "uploads"});
}

ACRX_DECL std::string runner_state::worker_name() const
{
    return detail::made_once(root_ / "worker.name", "runner-" + make_link_key().substr(0, 16));
}

ACRX_DECL std::optional<file_lock> runner_state::try_lock() const
{
    detail::make_private_folder(root_);
    return file_lock::try_lock(root_ / "server.lock");
}

ACRX_DECL void runner_state::announce(std::string const& url) const
{
    write_file(root_ / "server.url", url + "\n", durability::cached, 0600);
}

ACRX_DECL std::string runner_state::server_url() const
{
    std::error_code missing;
    if (!std::filesystem::exists(root_ / "server.lock", missing) || file_lock::try_lock(root_ / "server.lock"))
        return {};
    auto url = read_file_if_exists(root_ / "server.url").value_or("");
    return url.substr(0, url.find('\n'));
}

ACRX_DECL std::string runner_state::link_key() const
{
    return detail::made_once(root_ / "link.key", make_link_key());
}

ACRX_DECL webhook_memory runner_state::webhooks(std::filesystem::path const& key_file) const
{
    return {root_ / "webhooks", secret_box(detail::key_of_runner(key_file, root_))};
}

ACRX_DECL time_point runner_state::hook_since(bool has_hook) const
{
    auto const file = root_ / "finished-hook.since";
    auto const now = system_clock().now();
    std::error_code failed;
    if (has_hook)
        return parse_rfc3339(detail::made_once(file, to_rfc3339(now)));
    std::filesystem::remove(file, failed);
    if (failed)
        throw_errno(failed.value(), "removing " + file.string());
    return now;
}
}  // namespace acrx::cli
#endif
