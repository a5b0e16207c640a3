// Bodies of runner_cli/runner_state.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_RUNNER_STATE_IPP
#define ACRX_RUNNER_CLI_IMPL_RUNNER_STATE_IPP
#include <acrx/core/error.hpp>
#include <acrx/run/secret_box.hpp>
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
}  // namespace detail

ACRX_DECL standard_runner_service runner_state::open(std::filesystem::path const& key_file, net::any_io_executor pool) const
{
    detail::make_private_folder(root_);
    secret_box box(detail::key_of_runner(key_file, root_));
    sqlite_store store(root_ / "runner.db", std::move(box), std::move(pool));
    return standard_runner_service(std::move(store), {root_ / "logs", root_ / "uploads"});
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
    detail::make_private_folder(root_);
    auto const file = root_ / "link.key";
    if (auto known = read_file_if_exists(file); known && !known->empty())
        return *known;
    auto key = make_link_key();
    write_file(file, key, durability::synced, 0600);
    return key;
}
}  // namespace acrx::cli
#endif
