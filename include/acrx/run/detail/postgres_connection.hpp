// One connection to a PostgreSQL server, its statements and their rows.
#ifndef ACRX_RUN_DETAIL_POSTGRES_CONNECTION_HPP
#define ACRX_RUN_DETAIL_POSTGRES_CONNECTION_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>
#include <acrx/run/detail/sql_blob.hpp>

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;

namespace acrx::detail {
/// A failure that left nothing behind of the transaction, and that another try may not meet: the connection is lost, or
/// other transactions were in the way.
class postgres_interruption : public error
{
public:
    using error::error;
};

/// Values of a statement in the binary format. Texts go as bytes: they need not be UTF-8, and sort as bytes.
class postgres_values
{
public:
    ACRX_DECL void add(std::int64_t number);
    ACRX_DECL void add(std::string_view bytes);
    void add(std::string const& text) { add(std::string_view(text)); }
    void add(sql_blob blob) { add(blob.bytes); }
    void add(time_point t) { add(std::int64_t{t.time_since_epoch().count()}); }
    void add(std::integral auto number) { add(static_cast<std::int64_t>(number)); }

private:
    friend class postgres_connection;
    std::vector<unsigned> types_;
    std::vector<std::string> bytes_;
};

/// What a statement gave; stands by itself.
class postgres_rows
{
public:
    explicit postgres_rows(pg_result* result) : result_(result) {}

    /// The next row is there.
    ACRX_DECL bool step();
    // Columns of the row, from 0: `bigint`, and `bytea` or text.
    ACRX_DECL std::int64_t number(int column) const;
    ACRX_DECL std::string text(int column) const;
    ACRX_DECL int changes() const;

private:
    friend class postgres_connection;
    struct closer
    {
        ACRX_DECL void operator()(pg_result* result) const;
    };

    std::unique_ptr<pg_result, closer> result_;
    int row_ = -1;
};

/// For one thread at a time.
class postgres_connection
{
public:
    /// @param where  a connection string of libpq, as URL or `key=value`  @throws error, which does not show it
    explicit ACRX_DECL postgres_connection(std::string const& where);

    template<class... Values>
    postgres_rows ask(std::string const& sql, Values const&... values)
    {
        postgres_values all;
        (all.add(values), ...);
        return execute(sql, all);
    }
    /// @return the number of rows that were changed
    template<class... Values>
    int run(std::string const& sql, Values const&... values)
    {
        return ask(sql, values...).changes();
    }
    /// Runs statements without values.
    ACRX_DECL void script(char const* sql);
    bool is_lost() const { return is_lost_; }
    /// `the database NAME at HOST`
    std::string const& name() const { return name_; }

private:
    struct closer
    {
        ACRX_DECL void operator()(pg_conn* connection) const;
    };

    ACRX_DECL postgres_rows execute(std::string const& sql, postgres_values const& values);
    ACRX_DECL void check(postgres_rows const& rows);
    [[noreturn]] ACRX_DECL void fail(std::string const& state, std::string const& message) const;

    std::string name_;
    std::unique_ptr<pg_conn, closer> connection_;
    bool is_lost_ = false;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/postgres_connection.ipp>
#endif
#endif
