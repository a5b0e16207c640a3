// What a Dockerfile comes down to: stages of steps with every variable expanded, before anything is run.
#ifndef ACRX_BUILD_PLAN_HPP
#define ACRX_BUILD_PLAN_HPP

#include <acrx/core/digest.hpp>
#include <acrx/dockerfile/source_span.hpp>
#include <acrx/executor/step_spec.hpp>
#include <acrx/image/image_config.hpp>
#include <acrx/image/manifest.hpp>
#include <acrx/image/reference.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace acrx {
/// An image that a stage starts from, or that files are copied from: its description, not its layers.
struct base_image
{
    reference name;
    digest manifest_digest;
    std::uint64_t manifest_size = 0;  ///< bytes
    manifest image;
    image_config config;
};

/// Where copied files come from: the build context, a stage by its index, or an image.
struct from_context
{};
struct from_stage
{
    std::size_t index = 0;
};
struct from_image
{
    std::shared_ptr<base_image const> image;
};
using file_origin = std::variant<from_context, from_stage, from_image>;

/// A file whose content stands in the Dockerfile.
struct inline_file
{
    std::string name;
    std::string content;
};

/// COPY or ADD.
struct copy_operation
{
    file_origin origin;
    std::vector<std::string> sources;  ///< as written, expanded
    std::vector<inline_file> documents;
    std::string destination;  ///< absolute; ends in a slash if a folder is meant
    std::string chown;        ///< `user[:group]`; empty keeps the owner that the origin gives
    std::string chmod;        ///< octal or symbolic; empty keeps the mode
    std::vector<std::string> excludes;
    bool link = false;   ///< the layer is made as if the root were empty
    bool unpack = false; ///< archives are extracted
};

/// RUN.
struct run_operation
{
    std::vector<std::string> args;
    std::vector<std::string> env;      ///< `K=V`, without HOME unless it is set
    std::vector<std::string> proxies;  ///< `K=V`, given to the process but no part of the step's identity
    std::string working_dir;
    std::string user;  ///< as in USER; empty is root
    network_mode network = network_mode::host;
    std::vector<inline_file> scripts;  ///< executable files that appear in /dev/pipes
};

/// WORKDIR: makes a folder.
struct folder_operation
{
    std::string path;  ///< absolute
    std::string user;  ///< its owner, as in USER
};

using any_operation = std::variant<run_operation, copy_operation, folder_operation>;

/// One step that makes a layer.
struct step
{
    any_operation what;
    dockerfile::source_span where;
    std::string title;  ///< `[build 2/5] RUN make`
};

/// A stage: what it starts from, the steps that make its layers, and its image.
struct stage_plan
{
    std::string name;  ///< its name, or its number
    std::variant<std::monostate, from_stage, from_image> base;  ///< nothing is scratch
    std::vector<step> steps;
    image_config config;                 ///< without diff ids, and without the history of the base
    std::vector<history_entry> history;  ///< the stage's own; the n-th entry with a layer belongs to the n-th step
    dockerfile::source_span where;
};

/// A build: the stages that the target needs, others are empty.
struct build_plan
{
    std::vector<std::optional<stage_plan>> stages;  ///< by index in the Dockerfile
    std::size_t target = 0;
    std::vector<std::string> warnings;
};
}  // namespace acrx
#endif
