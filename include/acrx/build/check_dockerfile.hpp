// Checks a Dockerfile as a build would read it, and builds nothing.
#ifndef ACRX_BUILD_CHECK_DOCKERFILE_HPP
#define ACRX_BUILD_CHECK_DOCKERFILE_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/build/make_plan.hpp>
#include <acrx/context/ignore_rules.hpp>
#include <acrx/core/config.hpp>
#include <acrx/dockerfile/lint_warning.hpp>

#include <boost/asio/awaitable.hpp>

#include <exception>
#include <string>
#include <vector>

namespace acrx {
/// What the checks say.
struct check_result
{
    std::vector<dockerfile::lint_warning> warnings;  ///< by line
    std::exception_ptr failure;                      ///< what a build would end with; null if it could begin
    std::vector<std::string> unknown_bases;          ///< images that could not be asked for, each with the reason
};

/// Checks all stages, or those that the target of the request needs.
///
/// An image whose registry cannot be reached, or shows it only to those who log in, is taken for an empty one.
/// @param text     of the Dockerfile
/// @param ignored   what the context leaves out
/// @param contexts  asked before `resolve`; may be empty
/// @throws error   only if it is interrupted: what is wrong with the Dockerfile is in the result
ACRX_DECL net::awaitable<check_result> check_dockerfile(std::string text, build_request request, base_resolver resolve,
                                                        ignore_rules ignored, context_resolver contexts = {});
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/check_dockerfile.ipp>
#endif
#endif
