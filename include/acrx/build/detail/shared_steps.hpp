// The steps that a build has in hand, for whatever platform.
#ifndef ACRX_BUILD_DETAIL_SHARED_STEPS_HPP
#define ACRX_BUILD_DETAIL_SHARED_STEPS_HPP

#include <acrx/build/detail/work_slots.hpp>
#include <acrx/build/layer_ref.hpp>
#include <acrx/core/async_once.hpp>
#include <acrx/core/digest.hpp>

#include <map>
#include <utility>

namespace acrx::detail {
/// Shared by the solvers of one build: what two platforms need is made once, and their steps are bounded together.
struct shared_steps
{
    work_slots slots;
    std::map<std::pair<digest, bool>, async_once<layer_ref>> made = {};  ///< by key, and whether they are run anyway
};
}  // namespace acrx::detail
#endif
