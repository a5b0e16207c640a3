// The one set of SQL statements that all databases of tasks and runs understand.
#ifndef ACRX_RUN_DETAIL_SQL_LEDGER_HPP
#define ACRX_RUN_DETAIL_SQL_LEDGER_HPP

#include <acrx/run/detail/ledger.hpp>
#include <acrx/run/secret_box.hpp>

#include <string>

namespace acrx::detail {
/// Keeps a ledger in a database. Statements write their values as `$1`, `$2`, in the order of their first use.
///
/// | for `Database database`        | means                                                                      |
/// |--------------------------------|----------------------------------------------------------------------------|
/// | `database.read(work)`          | `work(sql)`, with a connection; may be called again if it was lost         |
/// | `database.change(work)`        | `work(sql)`, with a transaction, which is undone unless it was committed; likewise |
/// | `database.make_tables(sql)`    | makes the tables in this transaction, unless they are there                |
/// | `Database::locked`             | ends a `SELECT` whose rows the transaction is to change                    |
/// | `Database::locked_or_skipped`  | the same, without rows that another transaction changes                    |
/// | `sql.ask(statement, values…)`  | its rows: `step()`, then `number(column)`, `text(column)`                  |
/// | `sql.run(statement, values…)`  | the number of rows that it changed                                         |
/// | `sql.commit()`                 | in a transaction, once and at its end                                      |
template<class Database>
class sql_ledger final : public ledger
{
public:
    /// @param where  what the database is opened with
    template<class... Where>
    explicit sql_ledger(secret_box const& box, Where const&... where);

    void save(thing_kind kind, std::string const& name, std::string const& text) override;
    std::optional<std::string> find(thing_kind kind, std::string const& name) override;
    std::vector<std::string> all(thing_kind kind) override;
    bool remove(thing_kind kind, std::string const& name) override;
    task_edits edits(std::uint64_t after) override;

    std::optional<std::vector<run_record>> accept(acceptance const& event) override;
    std::optional<claimed_run> claim(run_claim const& claim) override;
    bool change(std::string const& id, std::uint64_t fence, run_change const& change) override;
    std::vector<std::string> renew(std::string const& worker, time_point until) override;
    std::vector<run_record> recover(std::string const& worker, time_point now) override;
    std::optional<run_record> cancel(std::string const& id, time_point now) override;
    std::optional<run_record> archive(std::string const& id, bool keep) override;
    std::optional<run_record> find_run(std::string const& id) override;
    run_page runs(run_query const& query) override;
    std::size_t count_queued(std::string const& pool) override;
    run_marks marks(std::string const& prefix) override;
    std::optional<run_record> take_ended(time_point now, time_point until) override;
    void set_due(std::string const& id, std::optional<time_point> when) override;

private:
    using transaction = typename Database::transaction;

    void check_key(transaction& sql);
    void put(transaction& sql, thing_kind kind, std::string const& name, std::string const& text);
    run_record insert(transaction& sql, new_run const& run);
    template<class Change>
    std::optional<run_record> edit(std::string const& id, Change change);

    Database database_;
    secret_box box_;
};
}  // namespace acrx::detail

#include <acrx/run/impl/sql_ledger.hpp>
#include <acrx/run/impl/sql_lookups.hpp>
#endif
