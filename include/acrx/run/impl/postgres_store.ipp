// Bodies of run/postgres_store.hpp.
#ifndef ACRX_RUN_IMPL_POSTGRES_STORE_IPP
#define ACRX_RUN_IMPL_POSTGRES_STORE_IPP
#include <acrx/run/detail/postgres_database.hpp>
#include <acrx/run/detail/sql_ledger.hpp>
#include <acrx/run/postgres_store.hpp>

#include <utility>

namespace acrx {
ACRX_DECL postgres_store::postgres_store(std::string const& where, secret_box box, net::any_io_executor pool,
                                         std::size_t connections)
    : database_store(std::make_shared<detail::sql_ledger<detail::postgres_database>>(box, where, connections),
                     std::move(pool))
{}
}  // namespace acrx
#endif
