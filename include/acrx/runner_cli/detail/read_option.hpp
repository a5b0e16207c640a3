// Options whose values are read by a function of ours.
#ifndef ACRX_RUNNER_CLI_DETAIL_READ_OPTION_HPP
#define ACRX_RUNNER_CLI_DETAIL_READ_OPTION_HPP
// Only bodies include this: it brings CLI11.
#include <acrx/cli/exit_status.hpp>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::cli::detail {
/// An option that may be given several times.
inline CLI::Option* repeatable(CLI::App& app, std::string const& names, std::vector<std::string>& list, std::string const& text)
{
    return app.add_option(names, list, text)->allow_extra_args(false)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

/// An option whose value is read by `read`, which throws usage_error.
template<class Read>
CLI::Option* read_by(CLI::App& app, std::string const& names, std::string const& text, Read read)
{
    auto const read_all = [read](std::vector<std::string> const& values) {
        for (auto const& value : values)
            read(value);
    };
    return app.add_option_function<std::vector<std::string>>(names, read_all, text)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

/// The value of a word. @throws usage_error listing the words
template<class T>
T one_of(std::string_view option, std::string_view given, std::initializer_list<std::pair<std::string_view, T>> words)
{
    std::string known;
    for (auto const& [word, value] : words) {
        if (word == given)
            return value;
        known += (known.empty() ? "" : ", ") + std::string(word);
    }
    throw usage_error(std::string(option) + ": '" + std::string(given) + "' is not one of " + known);
}
}  // namespace acrx::cli::detail
#endif
