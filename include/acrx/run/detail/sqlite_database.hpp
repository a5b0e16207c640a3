// An SQLite database as a medium of the ledger: one connection, one call at a time.
#ifndef ACRX_RUN_DETAIL_SQLITE_DATABASE_HPP
#define ACRX_RUN_DETAIL_SQLITE_DATABASE_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/detail/sqlite_connection.hpp>

#include <filesystem>
#include <mutex>
#include <string_view>

namespace acrx::detail {
/// See `sql_ledger`. A transaction has the whole database for itself, so there is nothing to lock.
class sqlite_database
{
public:
    using transaction = sqlite_transaction;
    static constexpr std::string_view locked = "";
    static constexpr std::string_view locked_or_skipped = "";

    explicit sqlite_database(std::filesystem::path const& file) : connection_(file) {}

    template<class F>
    auto read(F work)
    {
        std::lock_guard const lock(alone_);
        return work(connection_);
    }
    template<class F>
    auto change(F work)
    {
        std::lock_guard const lock(alone_);
        sqlite_transaction whole(connection_);
        return work(whole);
    }
    /// @throws error  for tables of a later version
    ACRX_DECL void make_tables(sqlite_transaction& sql);

private:
    std::mutex alone_;
    sqlite_connection connection_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/sqlite_database.ipp>
#endif
#endif
