// What a database of tasks and runs does, call by call, whatever database it is.
#ifndef ACRX_RUN_DETAIL_LEDGER_HPP
#define ACRX_RUN_DETAIL_LEDGER_HPP

#include <acrx/run/run_store.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace acrx::detail {
/// Kinds of definitions, as the table names them.
enum class thing_kind
{
    task,
    pool,
    named_run,
};

/// Waits for the medium; from any thread. The calls mean what `run_store` says.
class ledger
{
public:
    ledger() = default;
    ledger(ledger const&) = delete;
    ledger& operator=(ledger const&) = delete;
    virtual ~ledger() = default;

    // Definitions, as texts that only the ledger seals and opens.
    virtual void save(thing_kind kind, std::string const& name, std::string const& text) = 0;
    virtual std::optional<std::string> find(thing_kind kind, std::string const& name) = 0;
    virtual std::vector<std::string> all(thing_kind kind) = 0;
    virtual bool remove(thing_kind kind, std::string const& name) = 0;
    virtual task_edits edits(std::uint64_t after) = 0;

    virtual std::optional<std::vector<run_record>> accept(acceptance const& event) = 0;
    virtual std::optional<claimed_run> claim(run_claim const& claim) = 0;
    virtual bool change(std::string const& id, std::uint64_t fence, run_change const& change) = 0;
    virtual std::vector<std::string> renew(std::string const& worker, time_point until) = 0;
    virtual std::vector<run_record> recover(std::string const& worker, time_point now) = 0;
    virtual std::optional<run_record> cancel(std::string const& id, time_point now) = 0;
    virtual std::optional<run_record> archive(std::string const& id, bool keep) = 0;
    virtual std::optional<run_record> find_run(std::string const& id) = 0;
    virtual run_page runs(run_query const& query) = 0;
    virtual std::size_t count_queued(std::string const& pool) = 0;
    virtual run_marks marks(std::string const& prefix) = 0;
    virtual std::optional<run_record> take_ended(time_point now, time_point until) = 0;
    virtual void set_due(std::string const& id, std::optional<time_point> when) = 0;
};
}  // namespace acrx::detail
#endif
