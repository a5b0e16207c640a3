// Bodies of run/detail/sqlite_connection.hpp.
#ifndef ACRX_RUN_IMPL_SQLITE_CONNECTION_IPP
#define ACRX_RUN_IMPL_SQLITE_CONNECTION_IPP
#include <acrx/core/error.hpp>
#include <acrx/run/detail/sqlite_connection.hpp>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace acrx::detail {
ACRX_DECL void sqlite_connection::closer::operator()(sqlite3* connection) const
{
    sqlite3_close_v2(connection);
}

ACRX_DECL void sqlite_connection::finalizer::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

ACRX_DECL sqlite_connection::sqlite_connection(std::filesystem::path const& file) : name_(file.string())
{
    // SQLite gives its other files the mode of this one.
    if (int const made = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600); made >= 0)
        ::close(made);
    sqlite3* connection = nullptr;
    auto const code = sqlite3_open_v2(file.c_str(), &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    connection_.reset(connection);
    if (code != SQLITE_OK)
        fail(code);
    sqlite3_busy_timeout(connection_.get(), 10000);
    script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000;");
}

ACRX_DECL void sqlite_connection::script(char const* sql)
{
    if (auto const code = sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr); code != SQLITE_OK)
        fail(code);
}

ACRX_DECL sqlite3_stmt* sqlite_connection::prepare(std::string const& sql)
{
    auto& known = statements_[sql];
    if (!known) {
        sqlite3_stmt* made = nullptr;
        if (auto const code = sqlite3_prepare_v3(connection_.get(), sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr);
            code != SQLITE_OK)
            fail(code);
        known.reset(made);
    }
    return known.get();
}

ACRX_DECL int sqlite_connection::changes() const
{
    return sqlite3_changes(connection_.get());
}

ACRX_DECL void sqlite_connection::fail(int code) const
{
    auto const what = "the database " + name_ + ": " + (connection_ ? sqlite3_errmsg(connection_.get()) : sqlite3_errstr(code));
    switch (code & 0xff) {
    case SQLITE_FULL: throw error(error_code(ENOSPC, boost::system::system_category()), what, "Free some space on its disk.");
    case SQLITE_BUSY:
    case SQLITE_LOCKED: throw error(errc::unavailable, what, "Another process writes to it for long.");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: throw error(errc::damaged, what, "Put back a copy of it, or move it away to begin anew.");
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN: throw error(errc::no_permission, what, "Its folder must be there, and this user must write to it.");
    default: throw error(errc::unavailable, what);
    }
}

ACRX_DECL sqlite_statement::~sqlite_statement()
{
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

ACRX_DECL bool sqlite_statement::step()
{
    auto const code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        connection_.fail(code);
    return code == SQLITE_ROW;
}

ACRX_DECL std::int64_t sqlite_statement::number(int column) const
{
    return sqlite3_column_int64(statement_, column);
}

ACRX_DECL std::string sqlite_statement::text(int column) const
{
    auto const* const bytes = static_cast<char const*>(sqlite3_column_blob(statement_, column));
    auto const size = sqlite3_column_bytes(statement_, column);
    return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(size));
}

ACRX_DECL void sqlite_statement::bind(int place, std::int64_t number)
{
    sqlite3_bind_int64(statement_, place, number);
}

ACRX_DECL void sqlite_statement::bind(int place, std::string const& text)
{
    sqlite3_bind_text64(statement_, place, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

ACRX_DECL void sqlite_statement::bind(int place, sql_blob blob)
{
    sqlite3_bind_blob64(statement_, place, blob.bytes.data(), blob.bytes.size(), SQLITE_TRANSIENT);
}

ACRX_DECL sqlite_transaction::sqlite_transaction(sqlite_connection& connection) : connection_(connection)
{
    connection_.script("BEGIN IMMEDIATE");
}

ACRX_DECL sqlite_transaction::~sqlite_transaction()
{
    if (!is_open_)
        return;
    try {
        connection_.script("ROLLBACK");
    } catch (std::exception const&) {  // SQLite rolled back by itself: a full disk, say
        return;
    }
}

ACRX_DECL void sqlite_transaction::commit()
{
    connection_.script("COMMIT");
    is_open_ = false;
}
}  // namespace acrx::detail
#endif
