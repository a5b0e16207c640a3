// Bodies of build/detail/stage_lint.hpp: one function a rule.
#ifndef ACRX_BUILD_IMPL_STAGE_LINT_IPP
#define ACRX_BUILD_IMPL_STAGE_LINT_IPP
#include <acrx/build/detail/global_scope.hpp>
#include <acrx/build/detail/locations.hpp>
#include <acrx/build/detail/stage_lint.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/dockerfile/wording.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace acrx::detail {
using findings = std::vector<dockerfile::lint_warning>;

inline void json_form(dockerfile::command_line const& command, dockerfile::instruction const& line,
                      stage_state const& before, findings& found)
{
    if (command.shell_form && before.config().config.shell.empty())
        found.push_back({lint_rule::json_args_recommended,
                         "JSON arguments recommended for " + line.keyword
                             + " to prevent unintended behavior related to OS signals",
                         line.where});
}

inline void container_ports_alone(dockerfile::expose const& what, dockerfile::instruction const& line,
                                  stage_state const& before, findings& found)
{
    for (auto const& port : before.expand_words(what.ports)) {
        auto const colon = port.rfind(':');
        auto const slash = port.find('/', colon == std::string::npos ? 0 : colon);
        auto const protocol = slash == std::string::npos ? std::string() : port.substr(slash + 1);
        if (protocol != ascii_lower(protocol))
            found.push_back({lint_rule::expose_proto_casing,
                             "Defined protocol '" + port + "' in EXPOSE instruction should be lowercase", line.where});
        if (colon != std::string::npos && port.find_first_not_of(':') < colon)
            found.push_back({lint_rule::expose_invalid_format,
                             "EXPOSE instruction should not define an IP address or host-port mapping, found '" + port
                                 + "'",
                             line.where});
    }
}

/// Whether the rules leave nothing at the root.
inline bool ignores_everything(ignore_rules const& ignored)
{
    auto const& patterns = ignored.patterns();
    return std::any_of(patterns.begin(), patterns.end(),
                       [](auto const& pattern) { return pattern == "*" || pattern == "**" || pattern == "**/*"; });
}

inline void no_ignored_source(std::string const& source, std::string_view verb, dockerfile::source_span where,
                              ignore_rules const& ignored, findings& found)
{
    auto const path = clean_absolute_path(source).substr(1);
    if (path.empty() ? !ignores_everything(ignored) : !ignored.excludes(path))
        return;
    auto const shown = source.starts_with('/') ? "/" + path : path.empty() ? "." : path;
    found.push_back({lint_rule::copy_ignored_file,
                     "Attempting to " + std::string(verb) + " file " + dockerfile::go_quote(shown)
                         + " that is excluded by .dockerignore",
                     where});
}

inline void no_ignored_sources(dockerfile::file_transfer const& files, std::string_view verb,
                               dockerfile::instruction const& line, stage_state const& before,
                               ignore_rules const& ignored, findings& found)
{
    // With exceptions a folder may be left out and files in it be there: no pattern tells that.
    auto const& patterns = ignored.patterns();
    if (std::any_of(patterns.begin(), patterns.end(), [](auto const& pattern) { return pattern.starts_with('!'); }))
        return;
    for (auto const& word : files.sources) {
        auto const source = before.expand(word);
        if (!is_url(source) && !is_git_location(source))
            no_ignored_source(before.slashed(source), verb, line.where, ignored, found);
    }
}

ACRX_DECL std::vector<dockerfile::lint_warning> stage_lint::see(dockerfile::instruction const& line,
                                                                stage_state const& before, ignore_rules const& ignored)
{
    auto found = spelling_.see(line);
    if (auto const* to = std::get_if<dockerfile::workdir>(&line.what)) {
        auto const path = before.expand(to->path);
        if (!has_workdir_ && !before.slashed(path).starts_with('/'))
            found.push_back({lint_rule::workdir_relative_path,
                             "Relative workdir " + dockerfile::go_quote(path)
                                 + " can have unexpected results if the base image changes",
                             line.where});
        has_workdir_ = true;
    } else if (auto const* what = std::get_if<dockerfile::cmd>(&line.what)) {
        json_form(what->command, line, before, found);
    } else if (auto const* start = std::get_if<dockerfile::entrypoint>(&line.what)) {
        json_form(start->command, line, before, found);
    } else if (auto const* ports = std::get_if<dockerfile::expose>(&line.what)) {
        container_ports_alone(*ports, line, before, found);
    } else if (auto const* copy = std::get_if<dockerfile::copy>(&line.what)) {
        if (copy->from.empty())
            no_ignored_sources(copy->files, "Copy", line, before, ignored, found);
    } else if (auto const* add = std::get_if<dockerfile::add>(&line.what)) {
        no_ignored_sources(add->files, "Add", line, before, ignored, found);
    }
    return found;
}

ACRX_DECL std::vector<dockerfile::lint_warning> stage_lint::see_unset(dockerfile::instruction const& line,
                                                                      stage_state& after)
{
    std::vector<dockerfile::lint_warning> found;
    for (auto const& [name, meant] : after.take_unset())
        found.push_back({lint_rule::undefined_var,
                         "Usage of undefined variable '$" + name + "'" + question_for(meant), line.where});
    return found;
}
}  // namespace acrx::detail
#endif
