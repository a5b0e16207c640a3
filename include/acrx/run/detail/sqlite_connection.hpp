// One connection to an SQLite database, its statements and transactions.
#ifndef ACRX_RUN_DETAIL_SQLITE_CONNECTION_HPP
#define ACRX_RUN_DETAIL_SQLITE_CONNECTION_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/run/detail/sql_blob.hpp>

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace acrx::detail {
class sqlite_connection;

/// A statement with its values; goes back to the connection when it is over.
class sqlite_statement
{
public:
    template<class... Values>
    sqlite_statement(sqlite_connection& connection, sqlite3_stmt* statement, Values const&... values)
        : connection_(connection), statement_(statement)
    {
        int place = 0;
        (bind(++place, values), ...);
    }
    sqlite_statement(sqlite_statement const&) = delete;
    sqlite_statement& operator=(sqlite_statement const&) = delete;
    ACRX_DECL ~sqlite_statement();

    /// The next row is there. @throws error
    ACRX_DECL bool step();
    // Columns of the row, from 0.
    ACRX_DECL std::int64_t number(int column) const;
    ACRX_DECL std::string text(int column) const;

private:
    ACRX_DECL void bind(int place, std::int64_t number);
    ACRX_DECL void bind(int place, std::string const& text);
    ACRX_DECL void bind(int place, sql_blob blob);
    void bind(int place, time_point t) { bind(place, t.time_since_epoch().count()); }
    void bind(int place, std::integral auto number) { bind(place, static_cast<std::int64_t>(number)); }

    sqlite_connection& connection_;
    sqlite3_stmt* statement_;
};

/// For one thread at a time.
class sqlite_connection
{
public:
    /// Opens the file, or makes it, for its owner alone; what is committed is on the disk.
    explicit ACRX_DECL sqlite_connection(std::filesystem::path const& file);

    /// Prepares a statement once and for all.
    template<class... Values>
    sqlite_statement ask(std::string const& sql, Values const&... values)
    {
        return sqlite_statement(*this, prepare(sql), values...);
    }
    /// @return the number of rows that were changed
    template<class... Values>
    int run(std::string const& sql, Values const&... values)
    {
        ask(sql, values...).step();
        return changes();
    }
    /// Runs a script of statements without values.
    ACRX_DECL void script(char const* sql);
    [[noreturn]] ACRX_DECL void fail(int code) const;

private:
    friend class sqlite_statement;
    struct closer
    {
        ACRX_DECL void operator()(sqlite3* connection) const;
    };
    struct finalizer
    {
        ACRX_DECL void operator()(sqlite3_stmt* statement) const;
    };

    ACRX_DECL sqlite3_stmt* prepare(std::string const& sql);
    ACRX_DECL int changes() const;

    std::string name_;
    std::unique_ptr<sqlite3, closer> connection_;
    std::map<std::string, std::unique_ptr<sqlite3_stmt, finalizer>> statements_;
};

/// Begins at once; what is not committed is undone.
class sqlite_transaction
{
public:
    explicit ACRX_DECL sqlite_transaction(sqlite_connection& connection);
    sqlite_transaction(sqlite_transaction const&) = delete;
    sqlite_transaction& operator=(sqlite_transaction const&) = delete;
    ACRX_DECL ~sqlite_transaction();
    ACRX_DECL void commit();

    template<class... Values>
    sqlite_statement ask(std::string const& sql, Values const&... values)
    {
        return connection_.ask(sql, values...);
    }
    template<class... Values>
    int run(std::string const& sql, Values const&... values)
    {
        return connection_.run(sql, values...);
    }
    void script(char const* sql) { connection_.script(sql); }

private:
    sqlite_connection& connection_;
    bool is_open_ = true;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/sqlite_connection.ipp>
#endif
#endif
