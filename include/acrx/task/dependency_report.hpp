// What the images of a run were made of, as ACR Tasks reports it.
#ifndef ACRX_TASK_DEPENDENCY_REPORT_HPP
#define ACRX_TASK_DEPENDENCY_REPORT_HPP

#include <acrx/core/config.hpp>

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// An image, in the words of the report.
struct image_dependency
{
    std::string registry;    ///< host; that of Docker Hub is `registry.hub.docker.com`
    std::string repository;  ///< `library/node`
    std::string tag;         ///< empty if the reference has a digest
    std::string digest;      ///< empty if it is not known
    std::string reference;   ///< as it was written, with `:latest` where there was neither tag nor digest

    bool operator==(image_dependency const&) const = default;
};

/// Reads an image name as the report shows it.
/// @throws error (`errc::syntax`)
ACRX_DECL image_dependency parse_image_dependency(std::string_view name);

/// The images that a Dockerfile begins with.
struct base_images
{
    std::string runtime;                 ///< of the last stage, or of the target
    std::vector<std::string> buildtime;  ///< all others, each once, sorted

    bool operator==(base_images const&) const = default;
};

/// Finds the images behind the FROM lines, through stages that build on each other.
///
/// An ARG counts wherever it stands; before the first FROM the last one of a name decides, below only a name that is
/// not known yet. Stages below the target do not count.
/// @param build_args  win over what ARG says; those of the platforms, such as TARGETARCH, belong here, too
/// @param target      name or number of a stage; empty is the last
/// @throws error  if the text is no Dockerfile, has no such target, or a name comes out empty
ACRX_DECL base_images find_base_images(std::string_view dockerfile,
                                       std::map<std::string, std::string> const& build_args,
                                       std::string_view target = {});

/// One build of a run.
struct image_dependencies
{
    std::optional<image_dependency> image;  ///< what was built; nothing if it has no name
    image_dependency runtime;
    std::vector<image_dependency> buildtime = {};
    std::string git_head_revision = {};  ///< of the context; empty if it is no repository
};

/// The dependencies of one build: one entry for each name of the image, or one without.
/// @param digests  by reference, as far as they are known
/// @throws error (`errc::syntax`) for a name that is none
ACRX_DECL std::vector<image_dependencies> describe_build(std::vector<std::string> const& tags, base_images const& bases,
                                                         std::map<std::string, std::string> const& digests,
                                                         std::string const& git_head_revision = {});

/// The report: a JSON array on one line.
ACRX_DECL std::string to_json(std::span<image_dependencies const> all);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/dependency_report.ipp>
#endif
#endif
