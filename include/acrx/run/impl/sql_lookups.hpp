// Template bodies of run/detail/sql_ledger.hpp that look up runs and marks, and the ends of runs that are to be told.
#ifndef ACRX_RUN_IMPL_SQL_LOOKUPS_HPP
#define ACRX_RUN_IMPL_SQL_LOOKUPS_HPP
#include <acrx/core/ascii.hpp>
#include <acrx/run/detail/sql_ledger.hpp>
#include <acrx/run/detail/stored_text.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace acrx::detail {
/// Rows that are fetched at once where nobody knows how many are needed.
inline constexpr std::size_t rows_at_once = 256;

/// The first text behind all that begin with the prefix; empty if there is none.
inline std::string end_of(std::string prefix)
{
    while (prefix.ends_with('\xff'))
        prefix.pop_back();
    if (!prefix.empty())
        ++prefix.back();
    return prefix;
}

template<class Database>
std::optional<run_record> sql_ledger<Database>::find_run(std::string const& id)
{
    return database_.read([&](auto& sql) {
        auto row = sql.ask("SELECT record FROM runs WHERE id = $1", id);
        return row.step() ? std::optional(from_stored_text<run_record>(row.text(0))) : std::nullopt;
    });
}

template<class Database>
run_page sql_ledger<Database>::runs(run_query const& query)
{
    auto const of_task = std::ranges::find_if(query.where, [](run_condition const& condition) {
        return condition.field == run_field::task && condition.how == comparison::equal;
    });
    auto const rows_before = [&](auto& sql, std::int64_t before) {
        if (query.is_going_on)
            return sql.ask("SELECT record FROM (SELECT number, record FROM runs WHERE status = 0 UNION ALL "
                           "SELECT number, record FROM runs WHERE status IN (1, 2)) AS going_on "
                           "WHERE number < $1 ORDER BY number DESC LIMIT $2", before, rows_at_once);
        if (of_task == query.where.end())
            return sql.ask("SELECT record FROM runs WHERE number < $1 ORDER BY number DESC LIMIT $2", before, rows_at_once);
        return sql.ask("SELECT record FROM runs WHERE number < $1 AND task = $2 ORDER BY number DESC LIMIT $3", before,
                       ascii_lower(of_task->text), rows_at_once);
    };
    return database_.read([&](auto& sql) {
        run_page page;
        auto before = query.before == 0 ? std::numeric_limits<std::int64_t>::max() : static_cast<std::int64_t>(query.before);
        for (auto fetched = rows_at_once; fetched == rows_at_once;) {
            fetched = 0;
            auto row = rows_before(sql, before);
            for (; row.step(); ++fetched) {
                auto record = from_stored_text<run_record>(row.text(0));
                before = static_cast<std::int64_t>(record.number);
                if (!meets(record, query.where))
                    continue;
                if (query.top != 0 && page.runs.size() == query.top) {
                    page.next = page.runs.back().number;
                    return page;
                }
                page.runs.push_back(std::move(record));
            }
        }
        return page;
    });
}

template<class Database>
std::size_t sql_ledger<Database>::count_queued(std::string const& pool)
{
    return database_.read([&](auto& sql) {
        auto row = sql.ask("SELECT count(*) FROM runs WHERE status = 0 AND pool = $1", ascii_lower(pool));
        return row.step() ? static_cast<std::size_t>(row.number(0)) : 0;
    });
}

template<class Database>
run_marks sql_ledger<Database>::marks(std::string const& prefix)
{
    return database_.read([&](auto& sql) {
        run_marks found;
        auto const end = end_of(prefix);
        auto row = end.empty() ? sql.ask("SELECT name, value FROM marks WHERE name >= $1", prefix)
                               : sql.ask("SELECT name, value FROM marks WHERE name >= $1 AND name < $2", prefix, end);
        while (row.step())
            found.emplace(row.text(0), row.text(1));
        return found;
    });
}

template<class Database>
std::optional<run_record> sql_ledger<Database>::take_ended(time_point now, time_point until)
{
    static std::string const next = "SELECT record FROM runs WHERE notice <= $1 ORDER BY notice LIMIT 1"
                                    + std::string(Database::locked_or_skipped);
    return database_.change([&](transaction& sql) -> std::optional<run_record> {
        run_record record;
        {
            auto row = sql.ask(next, now);
            if (!row.step())
                return std::nullopt;
            record = from_stored_text<run_record>(row.text(0));
        }
        sql.run("UPDATE runs SET notice = $1 WHERE number = $2", until, record.number);
        sql.commit();
        return record;
    });
}

template<class Database>
void sql_ledger<Database>::set_due(std::string const& id, std::optional<time_point> when)
{
    database_.change([&](transaction& sql) {
        if (when)
            sql.run("UPDATE runs SET notice = $1 WHERE id = $2 AND notice IS NOT NULL", *when, id);
        else
            sql.run("UPDATE runs SET notice = NULL WHERE id = $1", id);
        sql.commit();
    });
}
}  // namespace acrx::detail
#endif
