// Files that tell scripts what a build has made, as `docker build` and buildx write them.
#ifndef ACRX_CLI_DETAIL_RESULT_FILES_HPP
#define ACRX_CLI_DETAIL_RESULT_FILES_HPP

#include <acrx/cli/build_options.hpp>
#include <acrx/cli/pretty_json.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/quick_task.hpp>

#include <boost/json/object.hpp>

#include <filesystem>
#include <string>
#include <system_error>

namespace acrx::cli::detail {
/// What buildx says of an image: its descriptor, the digest of its config if there is but one, and its names.
inline boost::json::object metadata_of(quick_result const& result)
{
    std::string names;
    for (auto const& name : result.tagged)
        names += (names.empty() ? "" : ",") + to_string(name);
    boost::json::object members;
    if (!result.config.empty())
        members["containerimage.config.digest"] = result.config.str();
    members["containerimage.descriptor"] = {{"mediaType", result.image.media_type},
                                            {"digest", result.image.digest.str()},
                                            {"size", result.image.size}};
    members["containerimage.digest"] = result.image.digest.str();
    if (!names.empty())
        members["image.name"] = names;
    return members;
}

/// Removes what an earlier build has written, so that nobody takes it for the result of one that fails.
inline void clear_result_files(build_options const& options)
{
    for (auto const& file : {options.id_file, options.metadata_file}) {
        std::error_code failed;
        if (!file.empty() && std::filesystem::is_regular_file(file, failed) && !std::filesystem::remove(file, failed))
            throw_errno(failed.value(), "removing " + file.string());
    }
}

inline void write_result_files(build_options const& options, quick_result const& result)
{
    if (!options.id_file.empty())
        write_file(options.id_file, (result.config.empty() ? result.image.digest : result.config).str());
    if (!options.metadata_file.empty())
        write_file(options.metadata_file, pretty_json(metadata_of(result)));
}
}  // namespace acrx::cli::detail
#endif
