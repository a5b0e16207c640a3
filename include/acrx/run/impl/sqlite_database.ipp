// Bodies of run/detail/sqlite_database.hpp.
#ifndef ACRX_RUN_IMPL_SQLITE_DATABASE_IPP
#define ACRX_RUN_IMPL_SQLITE_DATABASE_IPP
#include <acrx/core/error.hpp>
#include <acrx/run/detail/sqlite_database.hpp>

namespace acrx::detail {
ACRX_DECL void sqlite_database::make_tables(sqlite_transaction& sql)
{
    std::int64_t version = 0;
    {
        auto row = sql.ask("PRAGMA user_version");
        version = row.step() ? row.number(0) : 0;
    }
    if (version > 2)
        throw error(errc::not_supported, "opening a database that a later version of acrx made");
    if (version == 0)
        sql.script(R"(
            CREATE TABLE things (kind INTEGER, name TEXT, body BLOB, PRIMARY KEY (kind, name)) WITHOUT ROWID;
            CREATE TABLE runs (
                number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, status INTEGER, task TEXT, pool TEXT,
                priority INTEGER, worker TEXT, until INTEGER, fence INTEGER, record TEXT, request BLOB);
            CREATE INDEX runs_queue ON runs (pool, priority DESC, number) WHERE status = 0;
            CREATE INDEX runs_claimed ON runs (worker) WHERE status IN (1, 2);
            CREATE INDEX runs_task ON runs (task, number);
            CREATE TABLE events (key TEXT PRIMARY KEY, at INTEGER) WITHOUT ROWID;
            CREATE INDEX events_at ON events (at);
            CREATE TABLE marks (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
        )");
    if (version < 2)
        sql.script(R"(
            CREATE TABLE edits (name TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
            CREATE INDEX edits_number ON edits (number);
            ALTER TABLE runs ADD COLUMN notice INTEGER;
            CREATE INDEX runs_notice ON runs (notice) WHERE notice IS NOT NULL;
            PRAGMA user_version = 2;
        )");
}
}  // namespace acrx::detail
#endif
