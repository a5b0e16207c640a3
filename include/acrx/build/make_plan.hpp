// Turns a Dockerfile and a request into a plan.
#ifndef ACRX_BUILD_MAKE_PLAN_HPP
#define ACRX_BUILD_MAKE_PLAN_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/build/plan.hpp>
#include <acrx/core/config.hpp>
#include <acrx/dockerfile/file.hpp>

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <string>

namespace acrx {
/// Finds the image that a name stands for, for one platform.
using base_resolver = std::function<net::awaitable<std::shared_ptr<base_image const>>(std::string name, platform wanted)>;

/// Evaluates the stages that the target needs: expands variables, follows the metadata, collects the steps.
/// Touches nothing but `resolve`, which is asked once for each image and platform.
///
/// @param file  must stay until the plan is made
/// @throws dockerfile::parse_error  with the line that is wrong, or that this version does not execute
ACRX_DECL net::awaitable<build_plan> make_plan(dockerfile::file const& file, build_request request,
                                               base_resolver resolve);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/make_plan.ipp>
#endif
#endif
