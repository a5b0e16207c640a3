// A run that has a name: asked for by a document that may be sent again (TaskRun of the API).
#ifndef ACRX_RUN_NAMED_RUN_HPP
#define ACRX_RUN_NAMED_RUN_HPP

#include <acrx/core/clock.hpp>
#include <acrx/run/run_request.hpp>
#include <acrx/run/task_identity.hpp>

#include <map>
#include <string>

namespace acrx {
/// A request with a name. It runs when it is saved, and again when it is saved with another `force_update_tag`.
struct named_run
{
    std::string name = {};
    std::string location = {};
    std::map<std::string, std::string> tags = {};
    run_request request = {};
    std::string force_update_tag = {};
    std::string run = {};  ///< id of its newest run
    time_point created{};
};
}  // namespace acrx
#endif
