// The tables of the SQLite store and what is done to them, call by call.
#ifndef ACRX_RUN_DETAIL_SQLITE_LEDGER_HPP
#define ACRX_RUN_DETAIL_SQLITE_LEDGER_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/detail/sqlite_database.hpp>
#include <acrx/run/run_store.hpp>
#include <acrx/run/secret_box.hpp>

#include <filesystem>
#include <mutex>
#include <string>

namespace acrx::detail {
/// Kinds of definitions, as the table names them.
enum class thing_kind
{
    task,
    pool,
    named_run,
};

/// Waits for the disk; from any thread. The calls mean what `run_store` says.
class sqlite_ledger
{
public:
    ACRX_DECL sqlite_ledger(std::filesystem::path const& file, secret_box box);

    // Definitions, as texts that only this class seals and opens.
    ACRX_DECL void save(thing_kind kind, std::string const& name, std::string const& text);
    ACRX_DECL std::optional<std::string> find(thing_kind kind, std::string const& name);
    ACRX_DECL std::vector<std::string> all(thing_kind kind);
    ACRX_DECL bool remove(thing_kind kind, std::string const& name);

    ACRX_DECL std::optional<std::vector<run_record>> accept(acceptance event);
    ACRX_DECL std::optional<claimed_run> claim(run_claim const& claim);
    ACRX_DECL bool change(std::string const& id, std::uint64_t fence, run_change const& change);
    ACRX_DECL std::vector<std::string> renew(std::string const& worker, time_point until);
    ACRX_DECL std::vector<run_record> recover(std::string const& worker, time_point now);
    ACRX_DECL std::optional<run_record> cancel(std::string const& id, time_point now);
    ACRX_DECL std::optional<run_record> archive(std::string const& id, bool keep);
    ACRX_DECL std::optional<run_record> find_run(std::string const& id);
    ACRX_DECL run_page runs(run_query const& query);
    ACRX_DECL std::size_t count_queued(std::string const& pool);
    ACRX_DECL run_marks marks(std::string const& prefix);

private:
    ACRX_DECL void make_tables();
    ACRX_DECL void check_key();
    ACRX_DECL bool is_known(acceptance const& event);
    ACRX_DECL run_record insert(new_run run);
    ACRX_DECL void update(run_record const& record);
    ACRX_DECL std::optional<run_record> load(std::string const& id);
    ACRX_DECL void write(run_marks const& changes);
    ACRX_DECL void put(thing_kind kind, std::string const& name, std::string const& text);

    std::mutex alone_;
    sqlite_database database_;
    secret_box box_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/sqlite_ledger.ipp>
#endif
#endif
