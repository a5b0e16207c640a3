// What is wrong with a value is a mistake on the command line.
#ifndef ACRX_CLI_DETAIL_READ_OPTION_HPP
#define ACRX_CLI_DETAIL_READ_OPTION_HPP

#include <acrx/build/option_values.hpp>
#include <acrx/cli/exit_status.hpp>

namespace acrx::cli::detail {
/// @throws usage_error for the `option_error` that `read` throws
template<class Read>
auto read_option(Read const& read)
{
    try {
        return read();
    } catch (option_error const& e) {
        throw usage_error(e.text(), e.advice());
    }
}
}  // namespace acrx::cli::detail
#endif
