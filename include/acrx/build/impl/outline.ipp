// Bodies of build/outline.hpp.
#ifndef ACRX_BUILD_IMPL_OUTLINE_IPP
#define ACRX_BUILD_IMPL_OUTLINE_IPP
#include <acrx/build/detail/find_target.hpp>
#include <acrx/build/detail/global_scope.hpp>
#include <acrx/build/outline.hpp>
#include <acrx/dockerfile/expand.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace acrx {
namespace detail {
/// The rest of the first comment line that begins with `name` and a blank.
inline std::string description_of(std::string const& name, std::vector<std::string> const& comments)
{
    for (auto const& line : comments) {
        auto const start = std::min(line.find_first_not_of(" \t"), line.size());
        if (!name.empty() && line.compare(start, name.size() + 1, name + " ") == 0)
            return line.substr(start + name.size() + 1);
    }
    return {};
}

inline build_target to_target(dockerfile::file const& file, std::size_t index)
{
    auto const& stage = file.stages[index];
    return {stage.name, description_of(stage.name, stage.comments), stage.base, stage.platform,
            index + 1 == file.stages.size()};
}

/// Visits the stages that a target needs, each once.
class outliner
{
public:
    outliner(dockerfile::file const& file, build_request const& request) : file_(file), request_(request) {}

    build_outline run()
    {
        auto const target = find_target(file_, request_.target);
        outline_.target = to_target(file_, target);
        globals_ = global_scope(file_, request_, outline_.target.name, request_.build_args);
        visit(target);
        std::ranges::stable_sort(outline_.arguments, {}, &outlined_argument::line);
        for (auto* mounts : {&outline_.secrets, &outline_.ssh, &outline_.caches})
            std::ranges::stable_sort(*mounts, {}, &outlined_mount::line);
        return std::move(outline_);
    }

private:
    using variables = global_scope::variable_map;

    void visit(std::size_t index)
    {
        if (!seen_.insert(index).second)
            return;
        auto const& stage = file_.stages[index];
        auto const base = globals_.expand(stage.base, stage.where);
        add_globals(base.used);
        add_globals(globals_.expand(stage.platform, stage.where).used);
        if (auto const earlier = dockerfile::find_stage(file_, base.text, index))
            visit(*earlier);
        variables values;
        for (auto const& line : stage.instructions)
            read(line, values, index);
    }

    void visit_origin(std::string const& from, std::size_t index)
    {
        auto earlier = dockerfile::find_stage(file_, from, index);
        if (!earlier)
            earlier = to_number(from);
        if (!from.empty() && earlier && *earlier < index)
            visit(*earlier);
    }

    void read(dockerfile::instruction const& line, variables& values, std::size_t index)
    {
        if (auto const* copy = std::get_if<dockerfile::copy>(&line.what))
            return visit_origin(copy->from, index);
        if (auto const* run = std::get_if<dockerfile::run>(&line.what)) {
            for (auto const& mount : run->mounts) {
                visit_origin(mount.get("from").value_or(""), index);
                add(mount, values, line.where.first_line);
            }
        } else if (auto const* env = std::get_if<dockerfile::env>(&line.what)) {
            for (auto const& variable : env->variables)
                values[expand(variable.name, values)] = expand(variable.value, values);
        } else if (auto const* arg = std::get_if<dockerfile::arg>(&line.what)) {
            for (auto const& declared : arg->declarations)
                add(declared, line, values);
        }
    }

    std::string expand(std::string_view text, variables const& values) const
    {
        auto const lookup = [&](std::string_view name) -> std::optional<std::string> {
            auto const found = values.find(name);
            return found == values.end() ? std::nullopt : std::optional(found->second);
        };
        return dockerfile::expand(text, lookup, file_.escape);
    }

    void add(dockerfile::arg::declaration const& declared, dockerfile::instruction const& line, variables& values)
    {
        outlined_argument argument{
            declared.name, {}, description_of(declared.name, line.comments), line.where.first_line};
        if (auto const given = request_.build_args.find(declared.name); given != request_.build_args.end())
            argument.value = given->second;
        else if (declared.value)
            argument.value = expand(*declared.value, values);
        else if (auto const global = globals_.values().find(declared.name); global != globals_.values().end())
            argument.value = global->second;
        for (auto const& global : file_.global_args)
            if (argument.description.empty())
                argument.description = description_of(declared.name, global.comments);
        values[declared.name] = argument.value;
        add(std::move(argument));
    }

    void add_globals(std::set<std::string, std::less<>> const& used)
    {
        for (auto const& line : file_.global_args)
            for (auto const& declared : line.what.declarations)
                if (used.contains(declared.name))
                    add({declared.name, globals_.values().at(declared.name),
                         description_of(declared.name, line.comments), line.where.first_line});
    }

    void add(outlined_argument argument)
    {
        if (request_.secret_args.contains(argument.name))
            argument.value = "***";
        auto const known = std::ranges::find(outline_.arguments, argument.name, &outlined_argument::name);
        if (known == outline_.arguments.end())
            outline_.arguments.push_back(std::move(argument));
        else if (argument.line < known->line)
            *known = std::move(argument);
    }

    void add(dockerfile::mount const& mount, variables const& values, int line)
    {
        auto const field = [&](std::string_view name) { return expand(mount.get(name).value_or(""), values); };
        auto const first_of = [&](std::initializer_list<std::string_view> names) {
            for (auto const name : names)
                if (auto value = field(name); !value.empty())
                    return value;
            return std::string();
        };
        auto const type = field("type");
        auto const required = std::ranges::find(mount.fields, "required", &dockerfile::mount::field::name);
        outlined_mount found{{}, required != mount.fields.end() && required->value.value_or("true") == "true", line};
        auto const target = first_of({"target", "dst", "destination"});
        if (type == "secret") {
            found.id = first_of({"id", "source", "src"});
            if (found.id.empty())
                found.id = target.substr(target.rfind('/') + 1);
            add_once(outline_.secrets, std::move(found));
        } else if (type == "ssh") {
            found.id = field("id").empty() ? "default" : field("id");
            add_once(outline_.ssh, std::move(found));
        } else if (type == "cache") {
            found.id = field("id").empty() ? target : field("id");
            add_once(outline_.caches, std::move(found));
        }
    }

    static void add_once(std::vector<outlined_mount>& mounts, outlined_mount found)
    {
        auto const known = std::ranges::find(mounts, found.id, &outlined_mount::id);
        if (known == mounts.end()) {
            mounts.push_back(std::move(found));
            return;
        }
        known->is_required = known->is_required || found.is_required;
        known->line = std::min(known->line, found.line);
    }

    dockerfile::file const& file_;
    build_request const& request_;
    global_scope globals_;
    std::set<std::size_t> seen_;
    build_outline outline_;
};
}  // namespace detail

ACRX_DECL std::vector<build_target> list_targets(dockerfile::file const& file)
{
    std::vector<build_target> targets;
    for (std::size_t i = 0; i < file.stages.size(); ++i)
        targets.push_back(detail::to_target(file, i));
    return targets;
}

ACRX_DECL build_outline make_outline(dockerfile::file const& file, build_request const& request)
{
    return detail::outliner(file, request).run();
}
}  // namespace acrx
#endif
