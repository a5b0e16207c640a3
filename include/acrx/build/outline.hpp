// What a Dockerfile offers: its targets, and the arguments, secrets and caches that one of them takes.
#ifndef ACRX_BUILD_OUTLINE_HPP
#define ACRX_BUILD_OUTLINE_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/core/config.hpp>
#include <acrx/dockerfile/file.hpp>

#include <string>
#include <vector>

namespace acrx {
/// A stage that can be built. Its description is the comment directly above the FROM line that begins with its name.
struct build_target
{
    std::string name;  ///< empty if the stage has none
    std::string description;
    std::string base;         ///< as written
    std::string platform;     ///< as written; empty if there is none
    bool is_default = false;  ///< what is built if no target is asked for
};

/// An ARG.
struct outlined_argument
{
    std::string name;
    std::string value;  ///< that it has in this build; may be empty
    std::string description;
    int line = 0;  ///< of the Dockerfile
};

/// A secret or an agent that a RUN mounts.
struct outlined_mount
{
    std::string id;
    bool is_required = false;
    int line = 0;
};

/// What one target and the stages that it needs take from outside.
struct build_outline
{
    build_target target;
    std::vector<outlined_argument> arguments;  ///< in the order of the file
    std::vector<outlined_mount> secrets;
    std::vector<outlined_mount> ssh;
    std::vector<outlined_mount> caches;
};

/// All stages, in the order of the file.
ACRX_DECL std::vector<build_target> list_targets(dockerfile::file const& file);

/// @throws error (`errc::not_found`) for a target that there is not
/// @throws dockerfile::parse_error  for a FROM line that cannot be expanded
ACRX_DECL build_outline make_outline(dockerfile::file const& file, build_request const& request);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/outline.ipp>
#endif
#endif
