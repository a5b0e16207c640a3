// A named limit on how many runs go on at once.
#ifndef ACRX_RUN_AGENT_POOL_HPP
#define ACRX_RUN_AGENT_POOL_HPP

#include <acrx/core/clock.hpp>

#include <map>
#include <string>

namespace acrx {
/// Runs of a pool wait for each other when `count` of them go on.
struct agent_pool
{
    std::string name = {};
    unsigned count = 1;  ///< 0 lets none begin
    std::string tier = "S1";
    std::string os = "Linux";
    std::string location = {};
    std::string subnet = {};  ///< free text of the API
    std::map<std::string, std::string> tags = {};
    time_point created{};

    bool operator==(agent_pool const&) const = default;
};
}  // namespace acrx
#endif
