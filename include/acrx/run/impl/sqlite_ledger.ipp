// Bodies of run/detail/sqlite_ledger.hpp.
#ifndef ACRX_RUN_IMPL_SQLITE_LEDGER_IPP
#define ACRX_RUN_IMPL_SQLITE_LEDGER_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/run/detail/change_record.hpp>
#include <acrx/run/detail/sqlite_ledger.hpp>
#include <acrx/run/detail/stored_text.hpp>
#include <acrx/task/run_id.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace acrx::detail {
/// The number that the tables have for a status.
inline int number_of(run_status status)
{
    return static_cast<int>(status);
}

inline std::string place_of(thing_kind kind, std::string const& key)
{
    return "thing/" + std::to_string(static_cast<int>(kind)) + "/" + key;
}

ACRX_DECL sqlite_ledger::sqlite_ledger(std::filesystem::path const& file, secret_box box) : database_(file), box_(box)
{
    make_tables();
    check_key();
}

ACRX_DECL void sqlite_ledger::make_tables()
{
    sqlite_transaction all(database_);
    std::int64_t version = 0;
    {
        auto row = database_.ask("PRAGMA user_version");
        version = row.step() ? row.number(0) : 0;
    }
    if (version > 1)
        throw error(errc::not_supported, "opening a database that a later version of acrx made");
    if (version == 0)
        database_.script(R"(
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
            PRAGMA user_version = 1;
        )");
    all.commit();
}

/// A word that was sealed when the database was made tells whether the key is the same.
ACRX_DECL void sqlite_ledger::check_key()
{
    sqlite_transaction all(database_);
    auto const found = [&] {
        auto row = database_.ask("SELECT body FROM things WHERE kind = -1 AND name = 'key'");
        return row.step() ? std::optional(row.text(0)) : std::nullopt;
    }();
    if (found)
        box_.open(*found, "key");
    else
        database_.run("INSERT INTO things VALUES (-1, 'key', ?)", sqlite_bytes{box_.seal("acrx", "key")});
    all.commit();
}

ACRX_DECL void sqlite_ledger::put(thing_kind kind, std::string const& name, std::string const& text)
{
    auto const key = ascii_lower(name);
    auto const sealed = box_.seal(text, place_of(kind, key));
    database_.run("INSERT OR REPLACE INTO things VALUES (?, ?, ?)", static_cast<int>(kind), key, sqlite_bytes{sealed});
}

ACRX_DECL void sqlite_ledger::save(thing_kind kind, std::string const& name, std::string const& text)
{
    std::lock_guard const lock(alone_);
    put(kind, name, text);
}

ACRX_DECL std::optional<std::string> sqlite_ledger::find(thing_kind kind, std::string const& name)
{
    std::lock_guard const lock(alone_);
    auto const key = ascii_lower(name);
    auto row = database_.ask("SELECT body FROM things WHERE kind = ? AND name = ?", static_cast<int>(kind), key);
    if (!row.step())
        return std::nullopt;
    return box_.open(row.text(0), place_of(kind, key));
}

ACRX_DECL std::vector<std::string> sqlite_ledger::all(thing_kind kind)
{
    std::lock_guard const lock(alone_);
    std::vector<std::string> texts;
    auto row = database_.ask("SELECT name, body FROM things WHERE kind = ? ORDER BY name", static_cast<int>(kind));
    while (row.step())
        texts.push_back(box_.open(row.text(1), place_of(kind, row.text(0))));
    return texts;
}

ACRX_DECL bool sqlite_ledger::remove(thing_kind kind, std::string const& name)
{
    std::lock_guard const lock(alone_);
    database_.run("DELETE FROM things WHERE kind = ? AND name = ?", static_cast<int>(kind), ascii_lower(name));
    return database_.changes() != 0;
}

ACRX_DECL bool sqlite_ledger::is_known(acceptance const& event)
{
    database_.run("DELETE FROM events WHERE at < ?", event.at - event_memory);
    return std::ranges::any_of(event.keys, [&](std::string const& key) {
        return database_.ask("SELECT 1 FROM events WHERE key = ?", key).step();
    });
}

ACRX_DECL run_record sqlite_ledger::insert(new_run run)
{
    auto& record = run.record;
    database_.run("INSERT INTO runs (status, task, pool, priority, worker, until, fence) VALUES (?, ?, ?, ?, '', 0, 0)",
                  number_of(record.status), ascii_lower(record.task), ascii_lower(record.agent_pool), record.priority);
    record.number = static_cast<std::uint64_t>(database_.last_row());
    record.id = run_id_of(record.number);
    auto const sealed = box_.seal(to_stored_text(run.request), "run/" + record.id);
    database_.run("UPDATE runs SET id = ?, record = ?, request = ? WHERE number = ?", record.id, to_stored_text(record),
                  sqlite_bytes{sealed}, record.number);
    return std::move(record);
}

ACRX_DECL void sqlite_ledger::write(run_marks const& changes)
{
    for (auto const& [name, value] : changes)
        if (value.empty())
            database_.run("DELETE FROM marks WHERE name = ?", name);
        else
            database_.run("INSERT OR REPLACE INTO marks VALUES (?, ?)", name, value);
}

ACRX_DECL std::optional<std::vector<run_record>> sqlite_ledger::accept(acceptance event)
{
    std::lock_guard const lock(alone_);
    sqlite_transaction whole(database_);
    if (is_known(event))
        return std::nullopt;
    for (auto const& key : event.keys)
        if (!key.empty())
            database_.run("INSERT OR REPLACE INTO events VALUES (?, ?)", key, event.at);
    std::vector<run_record> added;
    for (auto& run : event.runs)
        added.push_back(insert(std::move(run)));
    write(event.marks);
    if (event.named) {
        if (!added.empty())
            event.named->run = added.front().id;
        put(thing_kind::named_run, event.named->name, to_stored_text(*event.named));
    }
    whole.commit();
    return added;
}

/// Writes a record and what follows from it; a run that is over has no request any more.
ACRX_DECL void sqlite_ledger::update(run_record const& record)
{
    database_.run("UPDATE runs SET status = ?, record = ? WHERE number = ?", number_of(record.status),
                  to_stored_text(record), record.number);
    if (is_final(record.status))
        database_.run("UPDATE runs SET request = NULL WHERE number = ?", record.number);
}

ACRX_DECL std::optional<run_record> sqlite_ledger::load(std::string const& id)
{
    auto row = database_.ask("SELECT record FROM runs WHERE id = ?", id);
    return row.step() ? std::optional(from_stored_text<run_record>(row.text(0))) : std::nullopt;
}

ACRX_DECL std::optional<claimed_run> sqlite_ledger::claim(run_claim const& claim)
{
    std::lock_guard const lock(alone_);
    sqlite_transaction whole(database_);
    claimed_run claimed;
    {
        auto row = database_.ask("SELECT record, request, fence FROM runs WHERE status = 0 AND pool = ? "
                                 "ORDER BY priority DESC, number LIMIT 1", ascii_lower(claim.pool));
        if (!row.step())
            return std::nullopt;
        claimed.record = from_stored_text<run_record>(row.text(0));
        claimed.request = from_stored_text<run_request>(box_.open(row.text(1), "run/" + claimed.record.id));
        claimed.fence = static_cast<std::uint64_t>(row.number(2)) + 1;
    }
    set_status(claimed.record, run_status::started, claim.at);
    update(claimed.record);
    database_.run("UPDATE runs SET worker = ?, until = ?, fence = ? WHERE number = ?", claim.worker, claim.until,
                  claimed.fence, claimed.record.number);
    whole.commit();
    return claimed;
}

ACRX_DECL bool sqlite_ledger::change(std::string const& id, std::uint64_t fence, run_change const& change)
{
    std::lock_guard const lock(alone_);
    sqlite_transaction whole(database_);
    if (!database_.ask("SELECT 1 FROM runs WHERE id = ? AND fence = ?", id, fence).step())
        return false;
    auto record = load(id);
    if (!apply(*record, change))
        return false;
    update(*record);
    write(change.marks);
    whole.commit();
    return true;
}

ACRX_DECL std::vector<std::string> sqlite_ledger::renew(std::string const& worker, time_point until)
{
    std::lock_guard const lock(alone_);
    sqlite_transaction whole(database_);
    database_.run("UPDATE runs SET until = ? WHERE worker = ? AND status IN (1, 2)", until, worker);
    std::vector<std::string> to_end;
    {
        auto row = database_.ask("SELECT record FROM runs WHERE worker = ? AND status IN (1, 2)", worker);
        while (row.step())
            if (auto const record = from_stored_text<run_record>(row.text(0)); record.is_cancel_requested)
                to_end.push_back(record.id);
    }
    whole.commit();
    return to_end;
}

ACRX_DECL std::vector<run_record> sqlite_ledger::recover(std::string const& worker, time_point now)
{
    std::lock_guard const lock(alone_);
    sqlite_transaction whole(database_);
    std::vector<run_record> lost;
    {
        auto row = database_.ask("SELECT record FROM runs WHERE status IN (1, 2) AND (worker = ? OR until <= ?)", worker, now);
        while (row.step())
            lost.push_back(from_stored_text<run_record>(row.text(0)));
    }
    for (auto& record : lost) {
        detail::recover(record, now);
        update(record);
        database_.run("UPDATE runs SET fence = fence + 1 WHERE number = ?", record.number);
    }
    whole.commit();
    return lost;
}

ACRX_DECL std::optional<run_record> sqlite_ledger::cancel(std::string const& id, time_point now)
{
    std::lock_guard const lock(alone_);
    sqlite_transaction whole(database_);
    auto record = load(id);
    if (!record)
        return std::nullopt;
    detail::cancel(*record, now);
    update(*record);
    whole.commit();
    return record;
}

ACRX_DECL std::optional<run_record> sqlite_ledger::archive(std::string const& id, bool keep)
{
    std::lock_guard const lock(alone_);
    sqlite_transaction whole(database_);
    auto record = load(id);
    if (!record)
        return std::nullopt;
    record->is_archived = keep;
    update(*record);
    whole.commit();
    return record;
}

ACRX_DECL std::optional<run_record> sqlite_ledger::find_run(std::string const& id)
{
    std::lock_guard const lock(alone_);
    return load(id);
}

ACRX_DECL run_page sqlite_ledger::runs(run_query const& query)
{
    std::lock_guard const lock(alone_);
    auto const before = query.before == 0 ? std::numeric_limits<std::int64_t>::max() : static_cast<std::int64_t>(query.before);
    auto const of_task = std::ranges::find_if(query.where, [](run_condition const& condition) {
        return condition.field == run_field::task && condition.how == comparison::equal;
    });
    auto const ask = [&] {
        if (query.is_going_on)
            return database_.ask("SELECT record FROM (SELECT number, record FROM runs WHERE status = 0 UNION ALL "
                                 "SELECT number, record FROM runs WHERE status IN (1, 2)) WHERE number < ? ORDER BY number DESC", before);
        if (of_task == query.where.end())
            return database_.ask("SELECT record FROM runs WHERE number < ? ORDER BY number DESC", before);
        return database_.ask("SELECT record FROM runs WHERE number < ? AND task = ? ORDER BY number DESC", before,
                             ascii_lower(of_task->text));
    };
    auto row = ask();
    run_page page;
    while (row.step()) {
        auto record = from_stored_text<run_record>(row.text(0));
        if (!meets(record, query.where))
            continue;
        if (query.top != 0 && page.runs.size() == query.top) {
            page.next = page.runs.back().number;
            break;
        }
        page.runs.push_back(std::move(record));
    }
    return page;
}

ACRX_DECL std::size_t sqlite_ledger::count_queued(std::string const& pool)
{
    std::lock_guard const lock(alone_);
    auto row = database_.ask("SELECT count(*) FROM runs WHERE status = 0 AND pool = ?", ascii_lower(pool));
    return row.step() ? static_cast<std::size_t>(row.number(0)) : 0;
}

ACRX_DECL run_marks sqlite_ledger::marks(std::string const& prefix)
{
    std::lock_guard const lock(alone_);
    run_marks found;
    auto row = database_.ask("SELECT name, value FROM marks WHERE substr(name, 1, length(?1)) = ?1", prefix);
    while (row.step())
        found.emplace(row.text(0), row.text(1));
    return found;
}
}  // namespace acrx::detail
#endif
