// The one step of a stored task or a request: a Dockerfile, a task file of the context, or the text of a task.
#ifndef ACRX_RUN_STEP_DEFINITION_HPP
#define ACRX_RUN_STEP_DEFINITION_HPP

#include <string>
#include <variant>
#include <vector>

namespace acrx {
/// A build argument or a value of a task.
struct named_value
{
    std::string name = {};
    std::string value = {};
    bool is_secret = false;  ///< shown to nobody who may not see secrets, and in no log

    bool operator==(named_value const&) const = default;
};

/// Builds an image by a Dockerfile of the context.
struct docker_step
{
    std::vector<std::string> images = {};  ///< names with tags; a template such as `app:{{.Run.ID}}` is filled in
    bool is_push_enabled = true;
    bool no_cache = false;
    std::string dockerfile = "Dockerfile";  ///< counted from the root of the context
    std::string target = {};                     ///< a stage; empty is the last
    std::vector<named_value> arguments = {};
    std::vector<std::string> platforms = {};  ///< an image for each, and an index of them; empty is that of the run alone

    bool operator==(docker_step const&) const = default;
};

/// Runs a task file of the context.
struct file_step
{
    std::string task_file = "acb.yaml";
    std::string values_file = {};  ///< of the context; empty for none
    std::vector<named_value> values = {};

    bool operator==(file_step const&) const = default;
};

/// Runs a task whose text is known.
struct text_step
{
    std::string task = {};    ///< YAML, not encoded
    std::string values = {};  ///< the text of a values file, not encoded; may be empty
    std::vector<named_value> named_values = {};

    bool operator==(text_step const&) const = default;
};

using step_kind_definition = std::variant<docker_step, file_step, text_step>;

/// What a task does, and on which files.
struct step_definition
{
    step_kind_definition what = {};
    std::string context = {};        ///< a location; empty for none. An upload is named by its relative path
    std::string context_token = {};  ///< for fetching the context; a secret

    bool operator==(step_definition const&) const = default;
};
}  // namespace acrx
#endif
