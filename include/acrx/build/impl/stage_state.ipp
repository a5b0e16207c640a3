// Bodies of build/detail/stage_state.hpp.
#ifndef ACRX_BUILD_IMPL_STAGE_STATE_IPP
#define ACRX_BUILD_IMPL_STAGE_STATE_IPP
#include <acrx/build/detail/global_scope.hpp>
#include <acrx/build/detail/history_text.hpp>
#include <acrx/build/detail/locations.hpp>
#include <acrx/build/detail/stage_state.hpp>
#include <acrx/build/detail/windows_path.hpp>
#include <acrx/context/location.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/dockerfile/parse_error.hpp>
#include <acrx/dockerfile/port.hpp>
#include <acrx/dockerfile/signal.hpp>

#include <algorithm>

namespace acrx::detail {
inline constexpr std::string_view default_path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
inline constexpr std::string_view history_comment = "buildkit.dockerfile.v0";

ACRX_DECL void stage_state::start_from_scratch(platform const& wanted)
{
    plan_.config.platform = wanted;
    plan_.config.config.working_dir = is_for_windows() ? "\\" : "/";
    set_default_path();
}

/// Windows has its own, which every process inherits.
ACRX_DECL void stage_state::set_default_path()
{
    if (is_for_windows() || find_env(plan_.config.config.env, "PATH"))
        return;
    set_env(plan_.config.config.env, "PATH", default_path);
    variables_["PATH"] = default_path;
}

ACRX_DECL void stage_state::start_from(std::shared_ptr<base_image const> base)
{
    plan_.config = base->config;
    plan_.config.created.reset();
    plan_.config.diff_ids.clear();
    plan_.config.history.clear();
    set_default_path();
    for (auto const& entry : plan_.config.config.env) {
        auto const equals = std::min(entry.find('='), entry.size());
        variables_[entry.substr(0, equals)] = entry.substr(std::min(equals + 1, entry.size()));
    }
    plan_.base = from_image{std::move(base)};
}

ACRX_DECL void stage_state::start_from(stage_state const& base, std::size_t index)
{
    variables_ = base.variables_;
    arguments_ = base.arguments_;
    plan_.config = base.plan_.config;
    plan_.base = from_stage{index};
}

ACRX_DECL void stage_state::add_files(from_context const& origin, std::string const& name)
{
    copy_operation all;
    all.origin = origin;
    all.sources = {"/"};
    all.destination = "/";
    note("FROM " + name);
    plan_.history.back().empty_layer = false;
    plan_.history.back().comment = "buildkit.exporter.image.v0";
    plan_.steps.push_back({std::move(all), {}, "FROM " + name});
}

ACRX_DECL std::vector<std::string> stage_state::take_triggers()
{
    return std::exchange(plan_.config.config.on_build, {});
}

/// `$NAME` of the variable that was probably meant; empty if there is none.
inline std::string variable_suggestion_for(std::string_view name, variable_map const& variables)
{
    std::set<std::string, std::less<>> names;
    for (auto const& [known, value] : variables)
        names.insert(known);
    auto const meant = suggestion_for(name, names);
    return meant.empty() ? meant : "$" + meant;
}

ACRX_DECL dockerfile::variable_lookup stage_state::lookup() const
{
    return [this](std::string_view name) -> std::optional<std::string> {
        if (auto const found = variables_.find(spelled(name)); found != variables_.end())
            return found->second;
        if (std::find(arguments_.begin(), arguments_.end(), name) == arguments_.end())
            unset_.emplace(name, variable_suggestion_for(name, variables_));
        return std::nullopt;
    };
}

/// A variable under the name that it has already: Windows does not tell upper from lower case.
ACRX_DECL std::string stage_state::spelled(std::string_view name) const
{
    if (is_for_windows())
        for (auto const& [known, value] : variables_)
            if (ascii_lower(known) == ascii_lower(name))
                return known;
    return std::string(name);
}

ACRX_DECL std::string stage_state::slashed(std::string path) const
{
    return is_for_windows() ? from_windows_path(path) : path;
}

ACRX_DECL std::string stage_state::expand(std::string_view word) const
{
    return dockerfile::expand(word, lookup(), escape_);
}

ACRX_DECL std::vector<std::string> stage_state::expand_words(std::vector<std::string> const& words) const
{
    std::vector<std::string> expanded;
    for (auto const& word : words)
        for (auto& part : dockerfile::expand_words(word, lookup(), escape_))
            expanded.push_back(std::move(part));
    return expanded;
}

ACRX_DECL variable_map stage_state::take_unset()
{
    return std::exchange(unset_, {});
}

ACRX_DECL std::string stage_state::redacted(std::string text) const
{
    for (auto const& name : request_->secret_args) {
        auto const& value = request_->build_args.at(name);
        for (std::size_t at = 0; !value.empty() && (at = text.find(value, at)) != std::string::npos; at += 3)
            text.replace(at, value.size(), "***");
    }
    return text;
}

ACRX_DECL void stage_state::note(std::string created_by)
{
    history_entry entry;
    entry.created_by = redacted(std::move(created_by));
    entry.comment = history_comment;
    entry.empty_layer = true;
    plan_.history.push_back(std::move(entry));
}

ACRX_DECL void stage_state::add_step(any_operation what, dockerfile::instruction const& line, std::string created_by)
{
    note(std::move(created_by));
    plan_.history.back().empty_layer = false;
    std::string title = hide_user_info(line.original.substr(0, line.original.find('\n')));
    plan_.steps.push_back({std::move(what), line.where, redacted(std::move(title))});
}

ACRX_DECL std::optional<std::string> stage_state::value_of(dockerfile::arg::declaration const& declared) const
{
    if (auto given = request_->build_args.find(declared.name); given != request_->build_args.end())
        return given->second;
    if (declared.value)
        return expand(*declared.value);
    if (auto global = globals_->find(declared.name); global != globals_->end())
        return global->second;
    return std::nullopt;
}

ACRX_DECL void stage_state::apply(dockerfile::arg const& what)
{
    std::string text = "ARG";
    for (auto const& declared : what.declarations) {
        auto const value = value_of(declared);
        text += " " + declared.name;
        if (value) {
            text += "=" + *value;
            variables_[spelled(declared.name)] = *value;
        }
        if (std::find(arguments_.begin(), arguments_.end(), declared.name) == arguments_.end())
            arguments_.push_back(declared.name);
    }
    note(std::move(text));
}

ACRX_DECL void stage_state::set_variable(std::string const& name, std::string const& value)
{
    variables_[spelled(name)] = value;
    auto& env = plan_.config.config.env;
    auto const is_same = [&](std::string const& entry) {
        return ascii_lower(entry.substr(0, entry.find('='))) == ascii_lower(name);
    };
    auto const known = is_for_windows() ? std::find_if(env.begin(), env.end(), is_same) : env.end();
    set_env(env, known == env.end() ? name : known->substr(0, known->find('=')), value);
}

ACRX_DECL void stage_state::apply(dockerfile::env const& what)
{
    // All words of one line see the variables from before the line.
    std::vector<std::pair<std::string, std::string>> pairs;
    for (auto const& variable : what.variables)
        pairs.emplace_back(expand(variable.name), expand(variable.value));
    for (auto const& [name, value] : pairs)
        set_variable(name, value);
    note("ENV " + pair_list(pairs));
}

ACRX_DECL void stage_state::apply(dockerfile::label const& what)
{
    std::vector<std::pair<std::string, std::string>> pairs;
    for (auto const& label : what.labels) {
        pairs.emplace_back(expand(label.name), expand(label.value));
        plan_.config.config.labels[pairs.back().first] = pairs.back().second;
    }
    note("LABEL " + pair_list(pairs));
}

ACRX_DECL std::string stage_state::in_working_dir(std::string const& path) const
{
    auto const there = slashed(path);
    if (there.starts_with('/'))
        return clean_absolute_path(there);
    return clean_absolute_path("/" + slashed(plan_.config.config.working_dir) + "/" + there);
}

ACRX_DECL void stage_state::apply(dockerfile::workdir const& what, dockerfile::instruction const& line)
{
    auto const path = in_working_dir(expand(what.path));
    auto const written = is_for_windows() ? to_windows_path(path) : path;
    plan_.config.config.working_dir = written;
    if (path == "/")
        return note("WORKDIR " + written);
    add_step(folder_operation{path, plan_.config.config.user}, line, "WORKDIR " + written);
}

ACRX_DECL void stage_state::apply(dockerfile::user const& what)
{
    plan_.config.config.user = expand(what.name);
    note("USER " + plan_.config.config.user);
}

ACRX_DECL void stage_state::apply(dockerfile::expose const& what)
{
    auto const ports = dockerfile::parse_ports(expand_words(what.ports));
    plan_.config.config.exposed_ports.insert(ports.begin(), ports.end());
    note("EXPOSE " + plain_list(ports));
}

ACRX_DECL void stage_state::apply(dockerfile::volume const& what)
{
    std::vector<std::string> paths;
    for (auto const& path : what.paths) {
        paths.push_back(expand(path));
        if (paths.back().empty())
            throw dockerfile::parse_error(errc::invalid_instruction, {}, "VOLUME specified can not be an empty string");
        plan_.config.config.volumes.insert(paths.back());
    }
    note("VOLUME " + plain_list(paths));
}

ACRX_DECL std::vector<std::string> stage_state::command_of(dockerfile::command_line const& command) const
{
    if (!command.shell_form || command.words.empty())
        return command.words;
    auto words = plan_.config.config.shell;
    if (words.empty())
        words = is_for_windows() ? decltype(words){"cmd", "/S", "/C"} : decltype(words){"/bin/sh", "-c"};
    words.push_back(join(command.words));
    return words;
}

ACRX_DECL void stage_state::apply(dockerfile::entrypoint const& what)
{
    auto words = command_of(what.command);
    note("ENTRYPOINT " + quoted_list(words));
    plan_.config.config.entrypoint = std::move(words);
    if (is_for_windows() && what.command.shell_form)
        plan_.config.config.args_escaped = true;
    if (!cmd_is_own_)
        plan_.config.config.cmd.reset();
}

ACRX_DECL void stage_state::apply(dockerfile::cmd const& what)
{
    auto words = command_of(what.command);
    note("CMD " + quoted_list(words));
    plan_.config.config.cmd = std::move(words);
    plan_.config.config.args_escaped = true;
    cmd_is_own_ = true;
}

ACRX_DECL void stage_state::apply(dockerfile::shell const& what)
{
    plan_.config.config.shell = what.words;
    note("SHELL " + plain_list(what.words));
}

ACRX_DECL void stage_state::apply(dockerfile::stopsignal const& what)
{
    auto const signal = expand(what.signal);
    dockerfile::parse_signal(signal);
    plan_.config.config.stop_signal = signal;
    note("STOPSIGNAL " + signal);
}

ACRX_DECL void stage_state::apply(dockerfile::healthcheck const& what)
{
    health_check const check{.test = what.test,
                             .interval = what.interval,
                             .timeout = what.timeout,
                             .start_period = what.start_period,
                             .start_interval = what.start_interval,
                             .retries = what.retries};
    plan_.config.config.healthcheck = check;
    note("HEALTHCHECK " + health_text(check));
}

ACRX_DECL void stage_state::apply(dockerfile::onbuild const& what)
{
    plan_.config.config.on_build.push_back(what.trigger);
}

ACRX_DECL void stage_state::apply(dockerfile::maintainer const& what)
{
    plan_.config.author = what.name;
    note("MAINTAINER " + what.name);
}

ACRX_DECL copy_operation stage_state::transfer(dockerfile::file_transfer const& files, std::string const& keyword,
                                          std::string& history)
{
    copy_operation step;
    step.link = files.link && files.chmod.empty();  // as BuildKit does
    step.excludes = files.excludes;
    step.chown = expand(files.chown);
    step.chmod = expand(files.chmod);
    auto const destination = expand(files.destination);
    step.destination = in_working_dir(destination);
    if (names_folder(slashed(destination)) && !step.destination.ends_with('/'))
        step.destination += '/';

    history = keyword;
    if (files.parents)
        history += " --parents";
    if (!step.chown.empty())
        history += " --chown=" + step.chown;
    if (!step.chmod.empty())
        history += " --chmod=" + step.chmod;
    for (auto const& source : files.sources) {
        step.sources.push_back(expand(source));
        history += " " + hide_user_info(step.sources.back());
        if (!is_url(step.sources.back()) && !is_git_location(step.sources.back()))
            step.sources.back() = slashed(std::move(step.sources.back()));
    }
    for (auto const& document : files.heredocs) {
        auto body = body_of(document);
        if (document.expand)
            body = dockerfile::expand_heredoc(body, lookup(), escape_);
        step.documents.push_back({document.name, std::move(body)});
        history += " <<" + document.name;
    }
    history += " " + destination + " # buildkit";
    return step;
}

ACRX_DECL void stage_state::apply(dockerfile::copy const& what, dockerfile::instruction const& line, file_origin origin)
{
    std::string history;
    auto step = transfer(what.files, "COPY", history);
    step.parents = what.files.parents;
    for (auto const& source : step.sources) {
        if (is_git_location(source))
            throw dockerfile::parse_error(errc::invalid_instruction, line.where, "source can't be a git ref for COPY");
        if (is_url(source))
            throw dockerfile::parse_error(errc::invalid_instruction, line.where, "source can't be a URL for COPY",
                                          "ADD downloads.");
    }
    step.origin = std::move(origin);
    add_step(std::move(step), line, std::move(history));
}

ACRX_DECL stage_plan stage_state::finish(std::string name, bool show_name) const
{
    auto done = plan_;
    done.name = std::move(name);
    auto const total = std::to_string(done.steps.size() + 1);
    for (std::size_t i = 0; i < done.steps.size(); ++i) {
        auto const place = std::to_string(i + 2) + "/" + total + "] ";
        done.steps[i].title = (show_name ? "[" + done.name + " " : "[") + place + done.steps[i].title;
    }
    return done;
}
}  // namespace acrx::detail
#endif
