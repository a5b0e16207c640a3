// The variables of a process, as a value that tests can make.
#ifndef ACRX_CLI_ENVIRONMENT_HPP
#define ACRX_CLI_ENVIRONMENT_HPP

#include <functional>
#include <optional>
#include <string>

namespace acrx::cli {
/// Looks up a variable of the environment.
using environment = std::function<std::optional<std::string>(std::string const& name)>;
}  // namespace acrx::cli
#endif
