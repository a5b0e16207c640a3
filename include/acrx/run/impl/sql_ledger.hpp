// Template bodies of run/detail/sql_ledger.hpp.
#ifndef ACRX_RUN_IMPL_SQL_LEDGER_HPP
#define ACRX_RUN_IMPL_SQL_LEDGER_HPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/run/detail/change_record.hpp>
#include <acrx/run/detail/sql_blob.hpp>
#include <acrx/run/detail/sql_ledger.hpp>
#include <acrx/run/detail/stored_text.hpp>
#include <acrx/task/run_id.hpp>

#include <algorithm>
#include <set>
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

/// Remembers the keys of an event. @return whether all of them were new
template<class Sql>
bool remember(Sql& sql, acceptance const& event)
{
    sql.run("DELETE FROM events WHERE at < $1", event.at - event_memory);
    std::set<std::string> const keys(event.keys.begin(), event.keys.end());  // in one order, so that nobody waits in a circle
    return std::ranges::all_of(keys, [&](std::string const& key) {
        return key.empty() || sql.run("INSERT INTO events VALUES ($1, $2) ON CONFLICT (key) DO NOTHING", key, event.at) == 1;
    });
}

template<class Sql>
void write(Sql& sql, run_marks const& changes)
{
    for (auto const& [name, value] : changes)
        if (value.empty())
            sql.run("DELETE FROM marks WHERE name = $1", name);
        else
            sql.run("INSERT INTO marks VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name,
                    value);
}

/// Numbers an edit of a task or a shared mark. The row without a name has the last number; whoever writes it waits for the
/// others, so that edits become visible in the order of their numbers.
template<class Sql>
void count_edit(Sql& sql, std::string const& key)
{
    std::int64_t number = 0;
    {
        auto row = sql.ask("INSERT INTO edits VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET number = edits.number + 1 "
                           "RETURNING number", std::string());
        row.step();
        number = row.number(0);
    }
    sql.run("INSERT INTO edits VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET number = excluded.number", key, number);
}

/// @return false, and all is to be undone, if one is not what the writer knows
template<class Sql>
bool write(Sql& sql, shared_marks const& changes)
{
    for (auto const& [name, change] : changes) {
        auto const changed =
            change.before.empty()
                ? sql.run("INSERT INTO marks VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", name, change.now)
                : sql.run("UPDATE marks SET value = $1 WHERE name = $2 AND value = $3", change.now, name, change.before);
        if (changed != 1)
            return false;
    }
    for (auto const& [name, change] : changes)
        count_edit(sql, std::string(edit_of_mark) + name);
    return true;
}

/// Writes a record and what follows from it; a run that is over has no request any more, and its end is to be told.
template<class Sql>
void update(Sql& sql, run_record const& record)
{
    sql.run("UPDATE runs SET status = $1, record = $2 WHERE number = $3", number_of(record.status), to_stored_text(record),
            record.number);
    if (is_final(record.status))
        sql.run("UPDATE runs SET request = NULL, notice = $1 WHERE number = $2 AND request IS NOT NULL",
                record.finished.value_or(record.created), record.number);
}

template<class Database>
template<class... Where>
sql_ledger<Database>::sql_ledger(secret_box const& box, Where const&... where) : database_(where...), box_(box)
{
    database_.change([&](transaction& sql) {
        database_.make_tables(sql);
        check_key(sql);
        sql.commit();
    });
}

/// A word that was sealed when the database was made tells whether the key is the same.
template<class Database>
void sql_ledger<Database>::check_key(transaction& sql)
{
    auto row = sql.ask("SELECT body FROM things WHERE kind = -1 AND name = $1", std::string("key"));
    if (row.step())
        box_.open(row.text(0), "key");
    else
        sql.run("INSERT INTO things VALUES (-1, $1, $2)", std::string("key"), sql_blob{box_.seal("acrx", "key")});
}

template<class Database>
void sql_ledger<Database>::put(transaction& sql, thing_kind kind, std::string const& name, std::string const& text)
{
    auto const key = ascii_lower(name);
    auto const sealed = box_.seal(text, place_of(kind, key));
    sql.run("INSERT INTO things VALUES ($1, $2, $3) ON CONFLICT (kind, name) DO UPDATE SET body = excluded.body",
            static_cast<int>(kind), key, sql_blob{sealed});
}

template<class Database>
void sql_ledger<Database>::save(thing_kind kind, std::string const& name, std::string const& text)
{
    database_.change([&](transaction& sql) {
        if (kind == thing_kind::task)
            count_edit(sql, ascii_lower(name));
        put(sql, kind, name, text);
        sql.commit();
    });
}

template<class Database>
std::optional<std::string> sql_ledger<Database>::find(thing_kind kind, std::string const& name)
{
    return database_.read([&](auto& sql) -> std::optional<std::string> {
        auto const key = ascii_lower(name);
        auto row = sql.ask("SELECT body FROM things WHERE kind = $1 AND name = $2", static_cast<int>(kind), key);
        if (!row.step())
            return std::nullopt;
        return box_.open(row.text(0), place_of(kind, key));
    });
}

template<class Database>
std::vector<std::string> sql_ledger<Database>::all(thing_kind kind)
{
    return database_.read([&](auto& sql) {
        std::vector<std::string> texts;
        auto row = sql.ask("SELECT name, body FROM things WHERE kind = $1 ORDER BY name", static_cast<int>(kind));
        while (row.step())
            texts.push_back(box_.open(row.text(1), place_of(kind, row.text(0))));
        return texts;
    });
}

template<class Database>
bool sql_ledger<Database>::remove(thing_kind kind, std::string const& name)
{
    return database_.change([&](transaction& sql) {
        auto const key = ascii_lower(name);
        if (kind == thing_kind::task)
            count_edit(sql, key);
        auto const removed = sql.run("DELETE FROM things WHERE kind = $1 AND name = $2", static_cast<int>(kind), key);
        sql.commit();
        return removed != 0;
    });
}

template<class Database>
task_edits sql_ledger<Database>::edits(std::uint64_t after)
{
    return database_.read([&](auto& sql) {
        task_edits found{.last = after};
        auto row = sql.ask("SELECT name, number FROM edits WHERE number > $1 ORDER BY number", after);
        while (row.step()) {
            found.last = static_cast<std::uint64_t>(row.number(1));
            if (auto const name = row.text(0); !name.empty())
                add_edit(found, name);
        }
        return found;
    });
}

template<class Database>
run_record sql_ledger<Database>::insert(transaction& sql, new_run const& run)
{
    auto record = run.record;
    {
        auto row = sql.ask("INSERT INTO runs (status, task, pool, priority, worker, until, fence) "
                           "VALUES ($1, $2, $3, $4, $5, 0, 0) RETURNING number",
                           number_of(record.status), ascii_lower(record.task), ascii_lower(record.agent_pool),
                           record.priority, std::string());
        row.step();
        record.number = static_cast<std::uint64_t>(row.number(0));
    }
    record.id = run_id_of(record.number);
    auto const sealed = box_.seal(to_stored_text(run.request), "run/" + record.id);
    sql.run("UPDATE runs SET id = $1, record = $2, request = $3 WHERE number = $4", record.id, to_stored_text(record),
            sql_blob{sealed}, record.number);
    return record;
}

template<class Database>
std::optional<std::vector<run_record>> sql_ledger<Database>::accept(acceptance const& event)
{
    return database_.change([&](transaction& sql) -> std::optional<std::vector<run_record>> {
        if (!remember(sql, event))
            return std::nullopt;
        std::vector<run_record> added;
        for (auto const& run : event.runs)
            added.push_back(insert(sql, run));
        write(sql, event.marks);
        if (!write(sql, event.shared))
            return std::nullopt;
        if (auto named = event.named) {
            if (!added.empty())
                named->run = added.front().id;
            put(sql, thing_kind::named_run, named->name, to_stored_text(*named));
        }
        sql.commit();
        return added;
    });
}

template<class Database>
std::optional<claimed_run> sql_ledger<Database>::claim(run_claim const& claim)
{
    static std::string const next = "SELECT record, request, fence FROM runs WHERE status = 0 AND pool = $1 "
                                    "ORDER BY priority DESC, number LIMIT 1" + std::string(Database::locked_or_skipped);
    return database_.change([&](transaction& sql) -> std::optional<claimed_run> {
        claimed_run claimed;
        {
            auto row = sql.ask(next, ascii_lower(claim.pool));
            if (!row.step())
                return std::nullopt;
            claimed.record = from_stored_text<run_record>(row.text(0));
            claimed.request = from_stored_text<run_request>(box_.open(row.text(1), "run/" + claimed.record.id));
            claimed.fence = static_cast<std::uint64_t>(row.number(2)) + 1;
        }
        set_status(claimed.record, run_status::started, claim.at);
        update(sql, claimed.record);
        sql.run("UPDATE runs SET worker = $1, until = $2, fence = $3 WHERE number = $4", claim.worker, claim.until,
                claimed.fence, claimed.record.number);
        sql.commit();
        return claimed;
    });
}

template<class Database>
bool sql_ledger<Database>::change(std::string const& id, std::uint64_t fence, run_change const& change)
{
    static std::string const held = "SELECT record FROM runs WHERE id = $1 AND fence = $2" + std::string(Database::locked);
    return database_.change([&](transaction& sql) {
        run_record record;
        {
            auto row = sql.ask(held, id, fence);
            if (!row.step())
                return false;
            record = from_stored_text<run_record>(row.text(0));
        }
        if (!apply(record, change) || !write(sql, change.shared))
            return false;
        update(sql, record);
        sql.commit();
        return true;
    });
}

template<class Database>
std::vector<std::string> sql_ledger<Database>::renew(std::string const& worker, time_point until)
{
    return database_.change([&](transaction& sql) {
        sql.run("UPDATE runs SET until = $1 WHERE worker = $2 AND status IN (1, 2)", until, worker);
        std::vector<std::string> to_end;
        {
            auto row = sql.ask("SELECT record FROM runs WHERE worker = $1 AND status IN (1, 2) ORDER BY number", worker);
            while (row.step())
                if (auto const record = from_stored_text<run_record>(row.text(0)); record.is_cancel_requested)
                    to_end.push_back(record.id);
        }
        sql.commit();
        return to_end;
    });
}

template<class Database>
std::vector<run_record> sql_ledger<Database>::recover(std::string const& worker, time_point now)
{
    static std::string const left = "SELECT record FROM runs WHERE status IN (1, 2) AND (worker = $1 OR until <= $2) "
                                    "ORDER BY number" + std::string(Database::locked);
    return database_.change([&](transaction& sql) {
        std::vector<run_record> lost;
        {
            auto row = sql.ask(left, worker, now);
            while (row.step())
                lost.push_back(from_stored_text<run_record>(row.text(0)));
        }
        for (auto& record : lost) {
            detail::recover(record, now);
            update(sql, record);
            sql.run("UPDATE runs SET fence = fence + 1 WHERE number = $1", record.number);
        }
        sql.commit();
        return lost;
    });
}

/// @return the record as it is now; nothing if there is none
template<class Database>
template<class Change>
std::optional<run_record> sql_ledger<Database>::edit(std::string const& id, Change change)
{
    static std::string const one = "SELECT record FROM runs WHERE id = $1" + std::string(Database::locked);
    return database_.change([&](transaction& sql) -> std::optional<run_record> {
        run_record record;
        {
            auto row = sql.ask(one, id);
            if (!row.step())
                return std::nullopt;
            record = from_stored_text<run_record>(row.text(0));
        }
        change(record);
        update(sql, record);
        sql.commit();
        return record;
    });
}

template<class Database>
std::optional<run_record> sql_ledger<Database>::cancel(std::string const& id, time_point now)
{
    return edit(id, [&](run_record& record) { detail::cancel(record, now); });
}

template<class Database>
std::optional<run_record> sql_ledger<Database>::archive(std::string const& id, bool keep)
{
    return edit(id, [&](run_record& record) { record.is_archived = keep; });
}
}  // namespace acrx::detail
#endif
