// The run store in a PostgreSQL database, which several runners may share.
#ifndef ACRX_RUN_POSTGRES_STORE_HPP
#define ACRX_RUN_POSTGRES_STORE_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/database_store.hpp>
#include <acrx/run/run_store.hpp>
#include <acrx/run/secret_box.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <string>

namespace acrx {
/// Keeps tasks and runs in a PostgreSQL database (13 or later); what was written is committed, and survives what the
/// server survives.
///
/// Needs libpq: the CMake component is `acrx::postgres`, and `acrx/run.hpp` leaves this header out. Any number of
/// processes may work on one database at once, each runner under a worker name of its own, all with one secret key.
/// A call of which the server loses the connection or undoes the transaction is tried again for some seconds; it never
/// happens twice. Copies share their connections.
/// @par Thread safety  safe
class postgres_store : public database_store
{
public:
    /// Connects, and makes the tables if they are missing: in the first schema of the `search_path`.
    /// @param where        `postgresql://USER:PASSWORD@HOST:PORT/NAME`, or any connection string of libpq, which also
    ///                     reads `$PGPASSWORD` and `~/.pgpass`; no error shows it
    /// @param pool         the executor of a thread pool, where the server is waited for
    /// @param connections  at most so many at once; no more than the pool has threads are of use
    /// @throws error  if the server cannot be reached, the tables are of a later version, or sealed with another key
    ACRX_DECL postgres_store(std::string const& where, secret_box box, net::any_io_executor pool,
                             std::size_t connections = 4);
};
static_assert(run_store<postgres_store>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/postgres_store.ipp>
#endif
#endif
