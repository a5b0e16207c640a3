// From a build step to what a builder is asked for.
#ifndef ACRX_TASK_BUILD_ORDER_HPP
#define ACRX_TASK_BUILD_ORDER_HPP

#include <acrx/build/build_output.hpp>
#include <acrx/build/build_request.hpp>
#include <acrx/build/option_values.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/task/build_command.hpp>
#include <acrx/task/task_step.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace acrx {
/// What a build step asks for.
struct build_order
{
    build_request request;
    std::vector<platform> platforms;      ///< an image for each, and an index of them; empty is that of `request` alone
    std::string context;                  ///< a location, paths as the step knows them
    std::filesystem::path dockerfile;     ///< as written; empty for that of the context
    std::vector<reference> names;         ///< of the image
    std::vector<build_output> outputs;    ///< what else is written; places are of this machine
    std::filesystem::path id_file;        ///< takes the id of the image; empty for none
    std::filesystem::path metadata_file;  ///< takes digests and names, as JSON; empty for none
    bool push = false;                    ///< also push it now
};

/// Reads the options.
/// @param defaults  what the run decides: platforms, and so on
/// @param place     of files and folders that options name
/// @throws error (`errc::invalid_argument`, `errc::not_supported`) naming the option
ACRX_DECL build_order make_build_order(task_step const& step, build_command const& command, build_request defaults,
                                       place_lookup const& place);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/build_order.ipp>
#endif
#endif
