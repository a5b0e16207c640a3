// Bodies of run/detail/postgres_connection.hpp.
#ifndef ACRX_RUN_IMPL_POSTGRES_CONNECTION_IPP
#define ACRX_RUN_IMPL_POSTGRES_CONNECTION_IPP
#include <acrx/core/error.hpp>
#include <acrx/run/detail/postgres_connection.hpp>

#include <boost/endian/conversion.hpp>
#include <libpq-fe.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace acrx::detail {
/// Numbers of types, as every PostgreSQL server has them.
enum postgres_type : unsigned
{
    postgres_bytea = 17,
    postgres_bigint = 20,
};

ACRX_DECL void postgres_values::add(std::int64_t number)
{
    boost::endian::native_to_big_inplace(number);
    types_.push_back(postgres_bigint);
    bytes_.emplace_back(reinterpret_cast<char const*>(&number), sizeof number);
}

ACRX_DECL void postgres_values::add(std::string_view bytes)
{
    types_.push_back(postgres_bytea);
    bytes_.emplace_back(bytes);
}

ACRX_DECL void postgres_rows::closer::operator()(pg_result* result) const
{
    PQclear(result);
}

ACRX_DECL bool postgres_rows::step()
{
    return ++row_ < PQntuples(result_.get());
}

ACRX_DECL std::int64_t postgres_rows::number(int column) const
{
    std::int64_t number = 0;
    if (PQgetlength(result_.get(), row_, column) != sizeof number)
        throw error(errc::damaged, "reading a number of the database");
    std::memcpy(&number, PQgetvalue(result_.get(), row_, column), sizeof number);
    return boost::endian::big_to_native(number);
}

ACRX_DECL std::string postgres_rows::text(int column) const
{
    auto const size = PQgetlength(result_.get(), row_, column);
    return {PQgetvalue(result_.get(), row_, column), static_cast<std::size_t>(size)};
}

ACRX_DECL int postgres_rows::changes() const
{
    return std::atoi(PQcmdTuples(result_.get()));
}

/// Refuses what libpq misreads with parts of a password in its messages, such as one with `@` or `/` in a URL.
inline void check_postgres_place(std::string const& where)
{
    auto const refuse = [](std::string const& what) {
        throw error(errc::invalid_argument, "reading the URL of the database: " + what,
                    "It reads postgresql://USER:PASSWORD@HOST:PORT/NAME; other characters than letters and digits of a "
                    "password are written as %XX.");
    };
    std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> const options(PQconninfoParse(where.c_str(), nullptr),
                                                                               PQconninfoFree);
    if (!options)
        refuse("it is not well formed");
    for (auto const* each = options.get(); each->keyword != nullptr; ++each) {
        std::string const keyword = each->keyword;
        std::string const value = each->val == nullptr ? "" : each->val;
        if (keyword == "port" && value.find_first_not_of("0123456789,") != value.npos)
            refuse("its port is no number");
        if ((keyword == "host" || keyword == "dbname") && value.find('@') != value.npos)
            refuse("an @ stands in its " + std::string(keyword == "host" ? "host" : "name"));
    }
}

/// One line of a message of several.
inline std::string postgres_message(char const* text)
{
    std::string line = text == nullptr ? "" : text;
    line.erase(line.find_last_not_of(" \t\r\n") + 1);
    for (auto end = line.find('\n'); end != line.npos; end = line.find('\n', end))
        line.replace(end, line.find_first_not_of(" \t\n", end) - end, "; ");
    return line;
}

inline std::string postgres_name(PGconn const* connection)
{
    auto const word = [](char const* text) { return std::string(text == nullptr ? "" : text); };
    std::string const host = word(PQhost(connection));
    return "the database " + word(PQdb(connection)) + " at " + host
           + (host.starts_with('/') ? "" : ":" + word(PQport(connection)));
}

ACRX_DECL void postgres_connection::closer::operator()(pg_conn* connection) const
{
    PQfinish(connection);
}

ACRX_DECL postgres_connection::postgres_connection(std::string const& where)
{
    check_postgres_place(where);
    // What stands in `where` wins over what stands before it. A server that is gone must not be waited for endlessly.
    std::array const keys{"connect_timeout", "keepalives_idle", "tcp_user_timeout", "fallback_application_name", "dbname",
                          "client_encoding", static_cast<char const*>(nullptr)};
    std::array const values{"10", "30", "30000", "acrx", where.c_str(), "UTF8", static_cast<char const*>(nullptr)};
    connection_.reset(PQconnectdbParams(keys.data(), values.data(), 1));
    if (!connection_)
        throw std::bad_alloc();
    name_ = postgres_name(connection_.get());
    if (PQstatus(connection_.get()) != CONNECTION_OK)
        throw postgres_interruption(errc::unavailable, name_ + ": " + postgres_message(PQerrorMessage(connection_.get())),
                                    "The server must be up and reachable from here, and let this user in.");
    PQsetNoticeProcessor(connection_.get(), [](void*, char const*) {}, nullptr);
    script("SET default_transaction_isolation = 'read committed'; SET lock_timeout = '10s';"
           "SET idle_in_transaction_session_timeout = '60s';"
           "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'");
}

ACRX_DECL void postgres_connection::script(char const* sql)
{
    check(postgres_rows(PQexec(connection_.get(), sql)));
}

ACRX_DECL postgres_rows postgres_connection::execute(std::string const& sql, postgres_values const& values)
{
    std::vector<char const*> bytes;
    std::vector<int> sizes;
    for (auto const& each : values.bytes_) {
        bytes.push_back(each.data());
        sizes.push_back(static_cast<int>(each.size()));
    }
    std::vector<int> const formats(bytes.size(), 1);
    postgres_rows rows(PQexecParams(connection_.get(), sql.c_str(), static_cast<int>(bytes.size()), values.types_.data(),
                                    bytes.data(), sizes.data(), formats.data(), 1));
    check(rows);
    return rows;
}

ACRX_DECL void postgres_connection::check(postgres_rows const& rows)
{
    auto const* const result = rows.result_.get();
    auto const status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return;
    auto const field = [&](int code) {
        auto const* const text = PQresultErrorField(result, code);
        return std::string(text == nullptr ? "" : text);
    };
    auto const severity = field(PG_DIAG_SEVERITY_NONLOCALIZED);
    is_lost_ = PQstatus(connection_.get()) != CONNECTION_OK || severity == "FATAL" || severity == "PANIC";
    auto const message = field(PG_DIAG_MESSAGE_PRIMARY);
    fail(field(PG_DIAG_SQLSTATE), message.empty() ? postgres_message(PQerrorMessage(connection_.get())) : message);
}

ACRX_DECL void postgres_connection::fail(std::string const& state, std::string const& message) const
{
    auto const what = name_ + ": " + message;
    if (is_lost_)
        throw postgres_interruption(errc::unavailable, what, "The server ended the connection.");
    if (state == "40001" || state == "40P01")  // serialization failure, deadlock
        throw postgres_interruption(errc::unavailable, what, "Others work on the same runs; try again.");
    if (state == "55P03" || state == "57014")
        throw error(errc::unavailable, what, "Another process holds what this one needs for long.");
    if (state == "53100")
        throw error(error_code(ENOSPC, boost::system::system_category()), what,
                    "Free some space on the disk of the server.");
    if (state == "42501" || state == "25006")
        throw error(errc::no_permission, what, "The user must make tables there, and write to them.");
    if (state == "42P07")
        throw error(errc::unavailable, what, "Others keep tables there: give acrx a database or a schema of its own.");
    if (state.starts_with("XX"))
        throw error(errc::damaged, what, "Look at the log of the server.");
    throw error(errc::unavailable, what);
}
}  // namespace acrx::detail
#endif
