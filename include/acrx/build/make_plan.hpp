// Turns a Dockerfile and a request into a plan.
#ifndef ACRX_BUILD_MAKE_PLAN_HPP
#define ACRX_BUILD_MAKE_PLAN_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/build/plan.hpp>
#include <acrx/context/ignore_rules.hpp>
#include <acrx/core/config.hpp>
#include <acrx/dockerfile/file.hpp>
#include <acrx/dockerfile/lint_warning.hpp>

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <string>

namespace acrx {
/// Finds the image that a name stands for, for one platform.
using base_resolver = std::function<net::awaitable<std::shared_ptr<base_image const>>(std::string name, platform wanted)>;

/// Finds the context that was given for a name, if one was. @see named_contexts
using context_resolver = std::function<net::awaitable<found_context>(std::string name, platform wanted)>;

/// What the checks of a Dockerfile look at, and whom they tell.
struct plan_checks
{
    ignore_rules ignored;     ///< of the context: COPY does not find what they exclude
    bool all_stages = false;  ///< also those that the target does not need
    std::function<void(dockerfile::lint_warning const&)> found = {};  ///< told at once, whatever comes of the plan
};

/// Evaluates the stages that the target needs: expands variables, follows the metadata, collects the steps.
/// Touches nothing but `resolve`, which is asked once for each image and platform.
///
/// @param file      must stay until the plan is made
/// @param contexts  asked before `resolve`; may be empty
/// @throws dockerfile::parse_error  with the line that is wrong, or that this version does not execute; also for
///                                  findings if the file says so (`# check=error=true`)
ACRX_DECL net::awaitable<build_plan> make_plan(dockerfile::file const& file, build_request request,
                                               base_resolver resolve, plan_checks checks,
                                              context_resolver contexts = {});
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/make_plan.ipp>
#endif
#endif
