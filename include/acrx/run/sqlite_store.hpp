// The run store in one file of this machine.
#ifndef ACRX_RUN_SQLITE_STORE_HPP
#define ACRX_RUN_SQLITE_STORE_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/database_store.hpp>
#include <acrx/run/run_store.hpp>
#include <acrx/run/secret_box.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <filesystem>

namespace acrx {
/// Keeps tasks and runs in an SQLite database; what was written survives a power failure.
///
/// Copies share one connection; any number of processes may work on one file at once.
/// @par Thread safety  safe
class sqlite_store : public database_store
{
public:
    /// Opens the database, and makes it if it is missing.
    /// @param pool  the executor of a thread pool, where the disk is waited for
    /// @throws error  if it cannot be opened, is of a later version, or was sealed with another key
    ACRX_DECL sqlite_store(std::filesystem::path const& file, secret_box box, net::any_io_executor pool);
};
static_assert(run_store<sqlite_store>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/sqlite_store.ipp>
#endif
#endif
