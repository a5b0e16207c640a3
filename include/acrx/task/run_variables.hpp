// What a template of a task may ask of its run.
#ifndef ACRX_TASK_RUN_VARIABLES_HPP
#define ACRX_TASK_RUN_VARIABLES_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/templating/value.hpp>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// `.Run`. Empty texts render as nothing.
struct run_variables
{
    std::string id = {};        ///< `.Run.ID`, and `.Build.ID`
    std::string registry = {};  ///< host; `.Run.RegistryName` is what is before its first dot
    time_point date = {};       ///< when the run started
    std::string commit = {};
    std::string branch = {};
    std::string repository = {};
    std::string git_tag = {};
    std::string triggered_by = {};
    std::string shared_volume = {};  ///< name of the volume behind `/workspace`
    std::string os = "linux";        ///< of the machine that runs it
    std::string architecture = {};   ///< in Go's names; empty: that of this machine
    std::string os_version = {};
    std::string task_name = {};  ///< empty for a quick run
};

/// All that a task file is rendered with.
struct task_data
{
    run_variables run = {};
    templating::value_map values = {};                ///< `.Values`
    std::map<std::string, std::string> secrets = {};  ///< `.Secrets` by id
    std::set<std::string> hidden_values = {};         ///< names in `values` that are shown nowhere: `--set-secret`
};

/// `20100520-131422z`, in UTC.
ACRX_DECL std::string run_date(time_point time);
/// In the form that a shell takes as one word: as it is, or in single quotes.
ACRX_DECL std::string shell_quoted(std::string_view text);
/// `Run`, `Build`, `Values`, `Secrets`, `RunJSON`, `ValuesJSON`.
/// @throws error if the values are too many to be written as JSON
ACRX_DECL templating::value to_template_value(task_data const& data);
/// The texts that must be shown nowhere, for a `redactor`: secrets and hidden values, longer lines of theirs, and their
/// base64; those of less than three bytes are left out.
ACRX_DECL std::vector<std::string> hidden_texts(task_data const& data);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/run_variables.ipp>
#endif
#endif
