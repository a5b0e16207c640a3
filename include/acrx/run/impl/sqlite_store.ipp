// Bodies of run/sqlite_store.hpp.
#ifndef ACRX_RUN_IMPL_SQLITE_STORE_IPP
#define ACRX_RUN_IMPL_SQLITE_STORE_IPP
#include <acrx/run/detail/sql_ledger.hpp>
#include <acrx/run/detail/sqlite_database.hpp>
#include <acrx/run/sqlite_store.hpp>

#include <utility>

namespace acrx {
ACRX_DECL sqlite_store::sqlite_store(std::filesystem::path const& file, secret_box box, net::any_io_executor pool)
    : database_store(std::make_shared<detail::sql_ledger<detail::sqlite_database>>(box, file), std::move(pool))
{}
}  // namespace acrx
#endif
