// Bodies of run/detail/postgres_database.hpp.
#ifndef ACRX_RUN_IMPL_POSTGRES_DATABASE_IPP
#define ACRX_RUN_IMPL_POSTGRES_DATABASE_IPP
#include <acrx/core/error.hpp>
#include <acrx/run/detail/postgres_database.hpp>

#include <algorithm>
#include <thread>
#include <utility>

namespace acrx::detail {
ACRX_DECL postgres_loan::postgres_loan(postgres_database& database) : database_(database), connection_(database.lend()) {}

ACRX_DECL postgres_loan::~postgres_loan()
{
    give_back();
}

ACRX_DECL void postgres_loan::give_back() noexcept
{
    if (std::exchange(is_out_, false))
        database_.take_back(std::move(connection_));
}

ACRX_DECL postgres_transaction::postgres_transaction(postgres_database& database) : loan_(database)
{
    loan_->script("BEGIN");
}

ACRX_DECL postgres_transaction::~postgres_transaction()
{
    if (!is_open_ || loan_->is_lost())
        return;
    try {
        loan_->script("ROLLBACK");
    } catch (std::exception const&) {  // lost, so the server rolls back by itself
        return;
    }
}

ACRX_DECL void postgres_transaction::commit()
{
    std::optional<std::int64_t> number;  // none if nothing was written
    {
        auto row = loan_->ask("SELECT id::text::bigint FROM pg_current_xact_id_if_assigned() id WHERE id IS NOT NULL");
        if (row.step())
            number = row.number(0);
    }
    try {
        loan_->script("COMMIT");
    } catch (postgres_interruption const&) {
        if (!number || !loan_->is_lost())
            throw;
        is_open_ = false;
        loan_.give_back();  // so that there is one to ask on
        if (!loan_.database().is_committed(*number))
            throw;
    }
    is_open_ = false;
}

ACRX_DECL bool postgres_patience::wait()
{
    auto const now = std::chrono::steady_clock::now();
    if (!end_)
        end_ = now + std::chrono::seconds(5);
    if (now >= *end_)
        return false;
    std::this_thread::sleep_for(std::min<std::chrono::steady_clock::duration>(pause_, *end_ - now));
    pause_ = std::clamp(pause_ * 2, std::chrono::milliseconds(10), std::chrono::milliseconds(500));
    return true;
}

ACRX_DECL postgres_database::postgres_database(std::string const& where, std::size_t connections)
    : where_(where), free_(std::max<std::size_t>(connections, 1))
{
    open_.push_back(std::make_unique<postgres_connection>(where_));
}

ACRX_DECL std::unique_ptr<postgres_connection> postgres_database::lend()
{
    std::unique_ptr<postgres_connection> connection;
    {
        std::unique_lock lock(alone_);
        came_back_.wait(lock, [&] { return free_ != 0; });
        --free_;
        if (!open_.empty()) {
            connection = std::move(open_.back());
            open_.pop_back();
            return connection;
        }
    }
    try {
        return std::make_unique<postgres_connection>(where_);
    } catch (...) {
        take_back(nullptr);
        throw;
    }
}

ACRX_DECL void postgres_database::take_back(std::unique_ptr<postgres_connection> connection) noexcept
{
    {
        std::lock_guard const lock(alone_);
        ++free_;
        if (connection && connection->is_lost())
            open_.clear();  // the others are likely lost, too
        else if (connection)
            open_.push_back(std::move(connection));
    }
    came_back_.notify_one();
}

ACRX_DECL bool postgres_database::is_committed(std::int64_t number)
{
    auto const doing = [](std::string const& why) {
        return "asking what became of a change when the connection was lost: " + why;
    };
    try {
        return persist([&] {
            postgres_loan const loan(*this);
            auto row = loan->ask("SELECT status FROM pg_xact_status($1::text::xid8) status WHERE status IS NOT NULL",
                                 number);
            auto const status = row.step() ? row.text(0) : "";
            if (status == "in progress")
                throw postgres_interruption(errc::unavailable, loan->name() + ": it goes on");
            if (status.empty())
                throw error(errc::unavailable, doing("the server does not know any more"));
            return status == "committed";
        });
    } catch (postgres_interruption const& e) {
        throw error(errc::unavailable, doing(e.doing()), e.advice());  // no interruption: another try could do it twice
    }
}

ACRX_DECL void postgres_database::make_tables(postgres_transaction& sql)
{
    constexpr std::int64_t known = 2;
    sql.ask("SELECT pg_advisory_xact_lock($1)", std::int64_t{0x61637278});
    std::int64_t version = 0;
    {
        auto there = sql.ask("SELECT count(*) FROM pg_class WHERE oid = to_regclass('acrx_version')");
        if (there.step() && there.number(0) != 0) {
            auto row = sql.ask("SELECT version FROM acrx_version");
            version = row.step() ? row.number(0) : 0;
        }
    }
    if (version > known)
        throw error(errc::not_supported, "opening a database that a later version of acrx made: its tables are of version "
                                             + std::to_string(version) + ", this one knows " + std::to_string(known),
                    "Use that version of acrx, or another database.");
    if (version == 0)
        sql.script(R"(
            CREATE TABLE things (kind BIGINT, name BYTEA, body BYTEA, PRIMARY KEY (kind, name));
            CREATE TABLE runs (
                number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id BYTEA UNIQUE, status BIGINT, task BYTEA,
                pool BYTEA, priority BIGINT, worker BYTEA, until BIGINT, fence BIGINT, record BYTEA, request BYTEA);
            CREATE INDEX runs_queue ON runs (pool, priority DESC, number) WHERE status = 0;
            CREATE INDEX runs_claimed ON runs (worker) WHERE status IN (1, 2);
            CREATE INDEX runs_task ON runs (task, number);
            CREATE TABLE events (key BYTEA PRIMARY KEY, at BIGINT);
            CREATE INDEX events_at ON events (at);
            CREATE TABLE marks (name BYTEA PRIMARY KEY, value BYTEA);
            CREATE TABLE acrx_version (version BIGINT);
            INSERT INTO acrx_version VALUES (1);
        )");
    if (version < 2)
        sql.script(R"(
            CREATE TABLE edits (name BYTEA PRIMARY KEY, number BIGINT);
            CREATE INDEX edits_number ON edits (number);
            ALTER TABLE runs ADD COLUMN notice BIGINT;
            CREATE INDEX runs_notice ON runs (notice) WHERE notice IS NOT NULL;
            UPDATE acrx_version SET version = 2;
        )");
}
}  // namespace acrx::detail
#endif
