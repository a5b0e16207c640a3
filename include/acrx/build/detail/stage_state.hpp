// What is known of a stage while its instructions are read one after another.
#ifndef ACRX_BUILD_DETAIL_STAGE_STATE_HPP
#define ACRX_BUILD_DETAIL_STAGE_STATE_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/build/plan.hpp>
#include <acrx/core/config.hpp>
#include <acrx/dockerfile/expand.hpp>
#include <acrx/dockerfile/instruction.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::detail {
using variable_map = std::map<std::string, std::string, std::less<>>;

/// Follows the instructions that only change variables and metadata; each has one `apply`.
class stage_state
{
public:
    /// @param globals  the ARGs before the first FROM and the automatic ones
    stage_state(build_request const& request, variable_map const& globals, char escape)
        : request_(&request), globals_(&globals), escape_(escape)
    {}

    /// Starts from nothing, from an image, or from where another stage ended.
    ACRX_DECL void start_from_scratch(platform const& wanted);
    ACRX_DECL void start_from(std::shared_ptr<base_image const> base);
    ACRX_DECL void start_from(stage_state const& base, std::size_t index);

    /// Lays all files of a context over what is there.
    ACRX_DECL void add_files(from_context const& origin, std::string const& name);

    /// Takes the triggers that the base left; they are not inherited further.
    ACRX_DECL std::vector<std::string> take_triggers();

    ACRX_DECL void apply(dockerfile::arg const& what);
    ACRX_DECL void apply(dockerfile::env const& what);
    ACRX_DECL void apply(dockerfile::label const& what);
    ACRX_DECL void apply(dockerfile::workdir const& what, dockerfile::instruction const& line);
    ACRX_DECL void apply(dockerfile::user const& what);
    ACRX_DECL void apply(dockerfile::expose const& what);
    ACRX_DECL void apply(dockerfile::volume const& what);
    ACRX_DECL void apply(dockerfile::entrypoint const& what);
    ACRX_DECL void apply(dockerfile::cmd const& what);
    ACRX_DECL void apply(dockerfile::shell const& what);
    ACRX_DECL void apply(dockerfile::stopsignal const& what);
    ACRX_DECL void apply(dockerfile::healthcheck const& what);
    ACRX_DECL void apply(dockerfile::onbuild const& what);
    ACRX_DECL void apply(dockerfile::maintainer const& what);
    /// @param origins  what each mount names with `from`; nothing where that is not given, or `scratch`
    ACRX_DECL void apply(dockerfile::run const& what, dockerfile::instruction const& line,
                         std::vector<std::optional<file_origin>> origins);
    /// COPY and ADD; where the files come from is the planner's to say.
    ACRX_DECL void apply(dockerfile::copy const& what, dockerfile::instruction const& line, file_origin origin);
    ACRX_DECL void apply(dockerfile::add const& what, dockerfile::instruction const& line);

    /// `word` with the variables of now, without quotes.
    ACRX_DECL std::string expand(std::string_view word) const;
    /// The same for several, each split at its unquoted blanks.
    ACRX_DECL std::vector<std::string> expand_words(std::vector<std::string> const& words) const;
    /// Variables that were used since the last call and that neither ARG nor ENV had named by then, each with the one
    /// that was probably meant, or nothing.
    ACRX_DECL variable_map take_unset();
    image_config const& config() const noexcept { return plan_.config; }
    bool is_for_windows() const { return plan_.config.platform.os == "windows"; }
    /// A path as it is written for the platform of the stage, with slashes and without a drive.
    ACRX_DECL std::string slashed(std::string path) const;

    /// The finished stage; titles are numbered, labels of the request are not yet there.
    ACRX_DECL stage_plan finish(std::string name, bool show_name) const;

private:
    ACRX_DECL dockerfile::variable_lookup lookup() const;
    ACRX_DECL std::optional<std::string> value_of(dockerfile::arg::declaration const& declared) const;
    ACRX_DECL copy_operation transfer(dockerfile::file_transfer const& files, std::string const& keyword,
                                 std::string& history);
    ACRX_DECL std::vector<run_mount> mounts_of(dockerfile::run const& what,
                                               std::vector<std::optional<file_origin>> origins) const;
    ACRX_DECL std::vector<std::string> command_of(dockerfile::command_line const& command) const;
    ACRX_DECL std::string redacted(std::string text) const;
    ACRX_DECL std::string in_working_dir(std::string const& path) const;
    ACRX_DECL std::string spelled(std::string_view name) const;
    ACRX_DECL void set_default_path();
    ACRX_DECL void set_variable(std::string const& name, std::string const& value);
    ACRX_DECL void add_step(any_operation what, dockerfile::instruction const& line, std::string created_by);
    ACRX_DECL void note(std::string created_by);

    build_request const* request_;
    variable_map const* globals_;
    char escape_;
    stage_plan plan_;
    variable_map variables_;
    std::vector<std::string> arguments_;  ///< names that ARG declared, in the order of first sight
    mutable variable_map unset_;  ///< looked up in vain
    bool cmd_is_own_ = false;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/stage_add.ipp>
#include <acrx/build/impl/stage_run.ipp>
#include <acrx/build/impl/stage_state.ipp>
#endif
#endif
