// A PostgreSQL database as a medium of the ledger: a few connections, transactions that outlive a lost one.
#ifndef ACRX_RUN_DETAIL_POSTGRES_DATABASE_HPP
#define ACRX_RUN_DETAIL_POSTGRES_DATABASE_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/detail/postgres_connection.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
class postgres_database;

/// A connection for one call; goes back to the others at its end, unless it was lost.
class postgres_loan
{
public:
    explicit ACRX_DECL postgres_loan(postgres_database& database);
    postgres_loan(postgres_loan const&) = delete;
    postgres_loan& operator=(postgres_loan const&) = delete;
    ACRX_DECL ~postgres_loan();

    postgres_connection& operator*() const { return *connection_; }
    postgres_connection* operator->() const { return connection_.get(); }
    postgres_database& database() const { return database_; }
    ACRX_DECL void give_back() noexcept;

private:
    postgres_database& database_;
    std::unique_ptr<postgres_connection> connection_;
    bool is_out_ = true;
};

/// What is not committed is undone.
class postgres_transaction
{
public:
    explicit ACRX_DECL postgres_transaction(postgres_database& database);
    postgres_transaction(postgres_transaction const&) = delete;
    postgres_transaction& operator=(postgres_transaction const&) = delete;
    ACRX_DECL ~postgres_transaction();

    template<class... Values>
    postgres_rows ask(std::string const& sql, Values const&... values)
    {
        return loan_->ask(sql, values...);
    }
    template<class... Values>
    int run(std::string const& sql, Values const&... values)
    {
        return loan_->run(sql, values...);
    }
    void script(char const* sql) { loan_->script(sql); }
    /// Where the connection is lost before the server has answered, asks it on another one what it did.
    /// @throws postgres_interruption  if nothing was committed
    ACRX_DECL void commit();

private:
    postgres_loan loan_;
    bool is_open_ = true;
};

/// Waits between attempts, longer each time, for some seconds from the first failure.
class postgres_patience
{
public:
    /// @return false if it has come to its end
    ACRX_DECL bool wait();

private:
    std::optional<std::chrono::steady_clock::time_point> end_;
    std::chrono::milliseconds pause_{0};
};

/// See `sql_ledger`. Several threads may call at once; those for which no connection is left wait.
class postgres_database
{
public:
    using transaction = postgres_transaction;
    static constexpr std::string_view locked = " FOR UPDATE";
    static constexpr std::string_view locked_or_skipped = " FOR UPDATE SKIP LOCKED";

    /// @param connections  at most so many at once  @throws error  if the server cannot be reached now
    ACRX_DECL postgres_database(std::string const& where, std::size_t connections);

    template<class F>
    auto read(F work)
    {
        return persist([&] {
            postgres_loan const loan(*this);
            return work(*loan);
        });
    }
    template<class F>
    auto change(F work)
    {
        return persist([&] {
            postgres_transaction whole(*this);
            return work(whole);
        });
    }
    /// Waits for another process that does the same. @throws error  for tables of a later version
    ACRX_DECL void make_tables(postgres_transaction& sql);
    /// Whether the transaction of this number was committed. @throws error  if nobody knows
    ACRX_DECL bool is_committed(std::int64_t number);

private:
    friend class postgres_loan;

    template<class F>
    auto persist(F attempt)
    {
        for (postgres_patience patience;;)
            try {
                return attempt();
            } catch (postgres_interruption const&) {
                if (!patience.wait())
                    throw;
            }
    }
    ACRX_DECL std::unique_ptr<postgres_connection> lend();
    ACRX_DECL void take_back(std::unique_ptr<postgres_connection> connection) noexcept;

    std::string where_;
    std::mutex alone_;
    std::condition_variable came_back_;
    std::size_t free_;  ///< that may be lent, open or not yet
    std::vector<std::unique_ptr<postgres_connection>> open_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/postgres_database.ipp>
#endif
#endif
