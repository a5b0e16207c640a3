// From the text of a task file to the task: aliases, templates, YAML.
#ifndef ACRX_TASK_RENDER_TASK_HPP
#define ACRX_TASK_RENDER_TASK_HPP

#include <acrx/core/config.hpp>
#include <acrx/task/alias_loader.hpp>
#include <acrx/task/aliases.hpp>
#include <acrx/task/run_variables.hpp>
#include <acrx/task/task_file.hpp>
#include <acrx/task/task_template.hpp>

#include <boost/asio/awaitable.hpp>

#include <map>
#include <string>
#include <vector>

namespace acrx {
/// Texts of alias sources, by what `src` calls them.
using alias_texts = std::map<std::string, std::string>;

/// A task file with nothing left to fill in.
struct rendered_task
{
    std::string file;                 ///< how it is called, for messages
    numbered_text body;               ///< YAML
    alias_map aliases;                ///< that stand for the first word of cmd steps; empty if the version has none
    std::vector<task_warning> warnings = {};  ///< of its alias block
    std::vector<std::string> hidden;  ///< what messages must not show: secrets, keep them so
};

/// The sources that the aliases of a task name: what `render_task` wants the texts of.
/// @throws task_error
ACRX_DECL std::vector<std::string> alias_sources(task_template const& task, task_data const& data);

/// Expands aliases, then renders.
/// @param loaded  a text for each of `alias_sources`
/// @throws task_error  for aliases and templates that are wrong, with the place in the file and no secret
ACRX_DECL rendered_task render_task(task_template const& task, task_data const& data, alias_texts const& loaded = {});

/// The secrets that a task asks for; to be resolved, put into `data.secrets`, and rendered again.
///
/// The file is rendered without secrets; if that fails, its `secrets` block alone is.
/// @throws task_error
ACRX_DECL std::vector<secret_definition> find_secrets(task_template const& task, task_data data,
                                                      alias_texts const& loaded = {});

/// Reads what was rendered, finishes it, and checks the commands of its steps.
/// @param env  `K=V` of the command line, below those of the task
/// @throws task_error  with the place in the file and no secret
ACRX_DECL task_file parse_task(rendered_task const& rendered, std::vector<std::string> const& env = {});

/// Fetches all sources of aliases that a task names, one after another.
/// @throws what the loader throws, and task_error
template<alias_loader Loader>
net::awaitable<alias_texts> load_aliases(task_template const& task, task_data const& data, Loader& loader);
}  // namespace acrx

#include <acrx/task/impl/render_task.hpp>
#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/render_task.ipp>
#endif
#endif
