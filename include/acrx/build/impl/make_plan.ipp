// Bodies of build/make_plan.hpp.
#ifndef ACRX_BUILD_IMPL_MAKE_PLAN_IPP
#define ACRX_BUILD_IMPL_MAKE_PLAN_IPP
#include <acrx/build/detail/locations.hpp>
#include <acrx/build/detail/stage_state.hpp>
#include <acrx/build/make_plan.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace acrx {
namespace detail {
/// Visits the stages that the target needs, each once.
class planner
{
public:
    planner(dockerfile::file const& file, build_request request, base_resolver resolve)
        : file_(file), request_(std::move(request)), resolve_(std::move(resolve)), states_(file.stages.size())
    {
        plan_.stages.resize(file.stages.size());
    }

    net::awaitable<build_plan> plan()
    {
        check_syntax_directive();
        plan_.target = find_target();
        collect_globals();
        co_await visit(plan_.target);
        auto& config = plan_.stages[plan_.target]->config;
        for (auto const& [name, value] : request_.labels)
            config.config.labels[name] = value;
        for (auto const& warning : file_.warnings)
            plan_.warnings.push_back(warning.text + " (line " + std::to_string(warning.where.first_line) + ")");
        co_return std::move(plan_);
    }

private:
    using parse_error = dockerfile::parse_error;

    void check_syntax_directive() const
    {
        if (!file_.syntax)
            return;
        auto const name = parse_reference(*file_.syntax);
        if (name.domain != "docker.io" || !name.path.starts_with("docker/dockerfile"))
            throw parse_error(errc::not_supported, {1, 1, 1},
                              "the Dockerfile frontend \"" + *file_.syntax + "\" is not supported",
                              "acrx reads Dockerfiles itself, as docker/dockerfile does; remove the syntax line.");
    }

    std::size_t find_target() const
    {
        if (request_.target.empty())
            return file_.stages.size() - 1;
        if (auto const found = dockerfile::find_stage(file_, request_.target))
            return *found;
        if (auto const number = to_number(request_.target); number && *number < file_.stages.size())
            return *number;
        std::string names;
        for (auto const& stage : file_.stages)
            if (!stage.name.empty())
                names += (names.empty() ? "" : ", ") + stage.name;
        throw error(errc::not_found, "target stage \"" + request_.target + "\" could not be found",
                    names.empty() ? "No stage of this Dockerfile has a name." : "The stages are: " + names + ".");
    }

    static std::optional<std::size_t> to_number(std::string_view text)
    {
        std::size_t number = 0;
        auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (failure != std::errc{} || end != text.data() + text.size())
            return std::nullopt;
        return number;
    }

    void collect_globals()
    {
        auto const add_platform = [&](std::string const& prefix, platform const& p) {
            globals_[prefix + "PLATFORM"] = to_string(p);
            globals_[prefix + "OS"] = p.os;
            globals_[prefix + "OSVERSION"] = p.os_version;
            globals_[prefix + "ARCH"] = p.architecture;
            globals_[prefix + "VARIANT"] = p.variant;
        };
        add_platform("BUILD", request_.build_platform);
        add_platform("TARGET", request_.platform);
        auto const& target = file_.stages[plan_.target].name;
        globals_["TARGETSTAGE"] = target.empty() ? "default" : target;
        for (auto& [name, value] : globals_)
            if (auto given = request_.build_args.find(name); given != request_.build_args.end())
                value = given->second;

        for (auto const& line : file_.global_args)
            for (auto const& declared : line.what.declarations) {
                if (auto given = request_.build_args.find(declared.name); given != request_.build_args.end())
                    globals_[declared.name] = given->second;
                else if (declared.value)
                    globals_[declared.name] = expand_global(*declared.value, line.where);
            }
    }

    std::string expand_global(std::string_view text, dockerfile::source_span where) const
    {
        auto const lookup = [this](std::string_view name) -> std::optional<std::string> {
            auto const found = globals_.find(name);
            return found == globals_.end() ? std::nullopt : std::optional(found->second);
        };
        try {
            return dockerfile::expand(text, lookup, file_.escape);
        } catch (parse_error const& e) {
            throw e.at(where);
        }
    }

    platform platform_of(dockerfile::stage const& stage) const
    {
        if (stage.platform.empty())
            return request_.platform;
        auto const text = expand_global(stage.platform, stage.where);
        if (text.empty())
            throw parse_error(errc::invalid_instruction, stage.where,
                              "empty platform value from expression " + stage.platform);
        try {
            return parse_platform(text);
        } catch (error const& e) {
            throw parse_error(errc::invalid_instruction, stage.where,
                              "failed to parse platform " + text + ": " + e.text());
        }
    }

    net::awaitable<void> visit(std::size_t index)
    {
        if (states_[index])
            co_return;
        auto const& stage = file_.stages[index];
        stage_state state(request_, globals_, file_.escape);
        auto base = expand_global(stage.base, stage.where);
        if (base.empty())
            throw parse_error(errc::invalid_instruction, stage.where,
                              "base name (" + stage.base + ") should not be blank",
                              "Give the ARG a default, or pass it with --build-arg.");
        auto const wanted = platform_of(stage);
        if (auto const earlier = dockerfile::find_stage(file_, base, index)) {
            co_await visit(*earlier);
            state.start_from(*states_[*earlier], *earlier);
        } else if (base == "scratch") {
            state.start_from_scratch(wanted);
        } else {
            auto image = co_await find_image(base, wanted, stage.where);
            state.start_from(std::move(image));
        }
        for (auto const& trigger : state.take_triggers()) {
            auto line = read_trigger(trigger, stage.where);
            co_await apply(state, line, index);
        }
        for (auto const& line : stage.instructions)
            co_await apply(state, line, index);
        finish(index, std::move(state));
    }

    void finish(std::size_t index, stage_state state)
    {
        auto const& stage = file_.stages[index];
        auto const name = stage.name.empty() ? "stage-" + std::to_string(index) : stage.name;
        plan_.stages[index] = state.finish(name, file_.stages.size() > 1 || !stage.name.empty());
        plan_.stages[index]->where = stage.where;
        states_[index] = std::move(state);
    }

    dockerfile::instruction read_trigger(std::string const& text, dockerfile::source_span where) const
    {
        try {
            auto line = dockerfile::parse_onbuild_trigger(text, file_.escape);
            line.where = where;
            return line;
        } catch (parse_error const& e) {
            throw parse_error(errc::invalid_instruction, where,
                              "the base image has a bad ONBUILD trigger \"" + text + "\": " + e.text());
        }
    }

    net::awaitable<void> apply(stage_state& state, dockerfile::instruction const& line, std::size_t index)
    {
        try {
            if (auto const* copy = std::get_if<dockerfile::copy>(&line.what)) {
                auto origin = co_await find_origin(*copy, line, index);
                state.apply(*copy, line, std::move(origin));
            } else {
                apply_alone(state, line);
            }
        } catch (parse_error const& e) {
            if (e.where().first_line != 0)
                throw;
            throw e.at(line.where);
        }
    }

    static void apply_alone(stage_state& state, dockerfile::instruction const& line)
    {
        std::visit(
            [&](auto const& what) {
                using T = std::decay_t<decltype(what)>;
                if constexpr (std::is_same_v<T, dockerfile::from> || std::is_same_v<T, dockerfile::copy>)
                    throw parse_error(errc::invalid_instruction, line.where, "unexpected " + line.keyword);
                else if constexpr (requires { state.apply(what, line); })
                    state.apply(what, line);
                else
                    state.apply(what);
            },
            line.what);
    }

    net::awaitable<file_origin> find_origin(dockerfile::copy const& copy, dockerfile::instruction const& line,
                                            std::size_t index)
    {
        if (copy.from.empty())
            co_return from_context{};
        auto stage = dockerfile::find_stage(file_, copy.from, index);
        if (!stage) {
            if (auto const number = to_number(copy.from)) {
                if (*number >= index)
                    throw parse_error(errc::invalid_instruction, line.where,
                                      "invalid stage index \"" + copy.from + "\"",
                                      "Stages are counted from 0, and only earlier ones can be copied from.");
                stage = *number;
            }
        }
        if (stage) {
            co_await visit(*stage);
            co_return from_stage{*stage};
        }
        if (dockerfile::find_stage(file_, copy.from))
            throw parse_error(errc::invalid_instruction, line.where,
                              "cannot copy from stage \"" + copy.from
                                  + "\", it needs to be defined before current stage \""
                                  + (file_.stages[index].name.empty() ? std::to_string(index)
                                                                      : file_.stages[index].name)
                                  + "\"");
        auto image = co_await find_image(copy.from, request_.platform, line.where);
        co_return from_image{std::move(image)};
    }

    net::awaitable<std::shared_ptr<base_image const>> find_image(std::string name, platform wanted,
                                                                 dockerfile::source_span where)
    {
        auto const key = std::pair(name, to_string(wanted));
        if (auto const known = images_.find(key); known != images_.end())
            co_return known->second;
        std::shared_ptr<base_image const> image;
        try {
            image = co_await resolve_(name, wanted);
        } catch (error const& e) {
            auto const own = e.code().category() == acrx_category();
            auto const code = own ? static_cast<errc>(e.code().value()) : errc::unavailable;
            if (e.code() == condition::interrupted)
                throw;
            throw parse_error(code, where, "failed to resolve source metadata for " + name + ": " + e.text(),
                              e.advice());
        }
        images_[key] = image;
        co_return image;
    }

    dockerfile::file const& file_;
    build_request request_;
    base_resolver resolve_;
    build_plan plan_;
    variable_map globals_;
    std::vector<std::optional<stage_state>> states_;
    std::map<std::pair<std::string, std::string>, std::shared_ptr<base_image const>> images_;
};
}  // namespace detail

ACRX_DECL net::awaitable<build_plan> make_plan(dockerfile::file const& file, build_request request,
                                               base_resolver resolve)
{
    detail::planner planner(file, std::move(request), std::move(resolve));
    auto plan = co_await planner.plan();
    co_return plan;
}
}  // namespace acrx
#endif
