// Declares options of both programs: lists, and values that a function of ours reads. It brings CLI11.
#ifndef ACRX_CLI_ADD_OPTION_HPP
#define ACRX_CLI_ADD_OPTION_HPP

#include <acrx/cli/detail/read_option.hpp>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <string>
#include <vector>

namespace acrx::cli {
/// An option that may be given several times.
inline CLI::Option* add_list(CLI::App& app, std::string const& names, std::vector<std::string>& list,
                             std::string const& text)
{
    return app.add_option(names, list, text)->allow_extra_args(false)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

/// An option whose values are read by `read`, one after the other; it throws option_error or usage_error.
template<class Read>
CLI::Option* add_read(CLI::App& app, std::string const& name, std::string const& text, Read read)
{
    return app.add_option_function<std::vector<std::string>>(
                  name,
                  [read](std::vector<std::string> const& values) {
                      for (auto const& value : values)
                          detail::read_option([&] { read(value); });
                  },
                  text)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}
}  // namespace acrx::cli
#endif
