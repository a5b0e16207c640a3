// Finds the Dockerfile that messages of a build point into.
#ifndef ACRX_CLI_DETAIL_SHOWN_DOCKERFILE_OF_HPP
#define ACRX_CLI_DETAIL_SHOWN_DOCKERFILE_OF_HPP

#include <acrx/cli/build_options.hpp>
#include <acrx/cli/error_text.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace acrx::cli::detail {
/// The Dockerfile for the lines of an error; empty if it cannot be read any more.
inline shown_dockerfile shown_dockerfile_of(build_options const& options)
{
    if (options.file_was_input)
        return {"Dockerfile", read_file_if_exists(options.file).value_or("")};
    auto const root = std::filesystem::path(options.context);
    std::error_code failed;
    if (options.context != "/dev/null" && !std::filesystem::is_directory(root, failed))  // fetched, and gone again
        return {options.file.empty() ? "Dockerfile" : options.file.string(), {}};
    std::vector<std::pair<std::string, std::filesystem::path>> places{{options.file.string(), options.file}};
    if (options.file.empty())
        places = {{"Dockerfile", root / "Dockerfile"}, {"dockerfile", root / "dockerfile"}};
    try {
        for (auto const& [name, path] : places)
            if (auto text = read_file_if_exists(path))
                return {name, std::move(*text)};
    } catch (error const&) {
        // The error to show is another one.
    }
    return {places.front().first, {}};
}
}  // namespace acrx::cli::detail
#endif
