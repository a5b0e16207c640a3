// Where a runner keeps its state on this machine, and the service on top of it.
#ifndef ACRX_RUNNER_CLI_RUNNER_STATE_HPP
#define ACRX_RUNNER_CLI_RUNNER_STATE_HPP

#include <acrx/build/state_folder.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/io/files.hpp>
#include <acrx/run/database_store.hpp>
#include <acrx/runner_cli/webhook_memory.hpp>
#include <acrx/triggered_runner/runner_service.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace acrx::cli {
/// What `serve` and the commands on the state folder work with.
using standard_runner_service = basic_runner_service<database_store, system_clock>;

/// The runner's part of a state folder.
class runner_state
{
public:
    explicit runner_state(state_folder const& state) : root_(state.runner()), pieces_(state.pieces()) {}

    /// Opens the database.
    /// @param key_file  of the key that secrets are sealed with; empty: `$ACRX_SECRET_KEY`, else a file in the folder,
    ///                  which is made
    /// @param database  URL of a PostgreSQL database; empty: `$ACRX_DATABASE`, else a file in the folder
    /// @throws error
    ACRX_DECL standard_runner_service open(std::filesystem::path const& key_file, std::string const& database,
                                           net::any_io_executor pool) const;
    /// The name under which the server of this folder claims runs, which is made at the first call.
    ACRX_DECL std::string worker_name() const;
    /// The lock of the one server on this folder; nothing if there is one. Its file holds the server's URL.
    ACRX_DECL std::optional<file_lock> try_lock() const;
    ACRX_DECL void announce(std::string const& url) const;
    /// The URL of the server that works on this folder; empty if there is none.
    ACRX_DECL std::string server_url() const;
    /// Where pieces of contexts are kept.
    std::filesystem::path piece_folder() const { return pieces_; }
    /// The key for links, which is made at the first call.
    ACRX_DECL std::string link_key() const;
    /// Where the server keeps which webhooks it has registered. @param key_file  as for `open`
    ACRX_DECL webhook_memory webhooks(std::filesystem::path const& key_file) const;
    /// Since when servers of this folder have had a hook without a break; a server without one breaks it.
    ACRX_DECL time_point hook_since(bool has_hook) const;

private:
    std::filesystem::path root_;
    std::filesystem::path pieces_;
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/runner_state.ipp>
#endif
#endif
