// Bytes as a value of a statement.
#ifndef ACRX_RUN_DETAIL_SQL_BLOB_HPP
#define ACRX_RUN_DETAIL_SQL_BLOB_HPP

#include <string_view>

namespace acrx::detail {
/// Bytes that are no text. They must outlive the statement.
struct sql_blob
{
    std::string_view bytes;
};
}  // namespace acrx::detail
#endif
