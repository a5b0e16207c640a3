// Bodies of build/make_plan.hpp.
#ifndef ACRX_BUILD_IMPL_MAKE_PLAN_IPP
#define ACRX_BUILD_IMPL_MAKE_PLAN_IPP
#include <acrx/build/detail/find_target.hpp>
#include <acrx/build/detail/from_lint.hpp>
#include <acrx/build/detail/global_scope.hpp>
#include <acrx/build/detail/locations.hpp>
#include <acrx/build/detail/plan_findings.hpp>
#include <acrx/build/detail/stage_lint.hpp>
#include <acrx/build/detail/stage_state.hpp>
#include <acrx/build/make_plan.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/lint.hpp>
#include <acrx/dockerfile/parse_error.hpp>
#include <acrx/dockerfile/wording.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace acrx {
namespace detail {
/// Visits the stages that the target needs, each once.
class planner
{
public:
    planner(dockerfile::file const& file, build_request request, base_resolver resolve, plan_checks checks,
            context_resolver contexts)
        : file_(file), request_(std::move(request)), resolve_(std::move(resolve)), checks_(std::move(checks)),
          contexts_(std::move(contexts)), findings_(file, request_, checks_.found), states_(file.stages.size()),
          linters_(file.stages.size())
    {
        plan_.stages.resize(file.stages.size());
    }

    net::awaitable<build_plan> plan()
    {
        check_syntax();
        findings_.add(dockerfile::lint_spelling(file_));
        plan_.target = find_target(file_, request_.target);
        lint_with_defaults();
        globals_ = global_scope(file_, request_, target_name(), request_.build_args);
        findings_.add(lint_from_lines(file_, globals_));
        co_await visit(plan_.target);
        for (std::size_t i = 0; checks_.all_stages && i < states_.size(); ++i)
            co_await visit(i);
        findings_.refuse();
        plan_.warnings = findings_.all();
        auto& config = plan_.stages[plan_.target]->config;
        for (auto const& [name, value] : request_.labels)
            config.config.labels[name] = value;
        co_return std::move(plan_);
    }

private:
    using parse_error = dockerfile::parse_error;

    /// The build argument of a name that the builder itself reads.
    std::optional<std::string> builder_argument(std::string const& name) const
    {
        auto const given = request_.build_args.find(name);
        return given == request_.build_args.end() ? std::nullopt : std::optional(given->second);
    }

    void check_syntax() const
    {
        auto const given = builder_argument("BUILDKIT_SYNTAX");
        auto const& frontend = given ? given : file_.syntax;
        if (!frontend || frontend->empty() || is_own_frontend(*frontend))
            return;
        auto const line = std::find_if(file_.directives.begin(), file_.directives.end(),
                                       [](auto const& directive) { return directive.name == "syntax"; });
        auto const where = given                             ? dockerfile::source_span{}
                           : line == file_.directives.end() ? dockerfile::source_span{1, 1, 1}
                                                            : dockerfile::source_span{line->line, line->line, 1};
        throw parse_error(errc::not_supported, where, "the Dockerfile frontend \"" + *frontend + "\" is not supported",
                          std::string("acrx reads Dockerfiles itself, as docker/dockerfile does; remove the ")
                              + (given ? "build argument BUILDKIT_SYNTAX." : "syntax line."));
    }

    /// docker/dockerfile in any version, also from a mirror.
    static bool is_own_frontend(std::string const& image)
    try {
        auto const path = parse_reference(image).path;
        return path == "docker/dockerfile" || path == "docker/dockerfile-upstream" || path == "docker/dockerfile-labs";
    } catch (error const&) {
        return false;
    }

    void lint_with_defaults()
    {
        try {
            findings_.add(lint_default_bases(file_, global_scope(file_, request_, target_name(), {})));
        } catch (parse_error const&) {
            // A default that needs a build argument; with the real ones it is planned below.
        }
    }

    std::string const& target_name() const { return file_.stages[plan_.target].name; }

    platform platform_of(dockerfile::stage const& stage) const
    {
        if (stage.platform.empty())
            return request_.platform;
        auto const text = globals_.expand(stage.platform, stage.where).text;
        if (text.empty())
            throw parse_error(errc::invalid_instruction, stage.where,
                              "empty platform value from expression " + stage.platform + globals_.did_you_mean(stage.platform));
        try {
            return parse_platform(text);
        } catch (error const& e) {
            throw parse_error(errc::invalid_instruction, stage.where,
                              "failed to parse platform " + stage.platform + ": " + e.text()
                                  + globals_.did_you_mean(stage.platform));
        }
    }

    net::awaitable<void> visit(std::size_t index)
    {
        if (states_[index])
            co_return;
        auto const& stage = file_.stages[index];
        stage_state state(request_, globals_.values(), file_.escape);
        auto base = globals_.expand(stage.base, stage.where).text;
        if (base.empty())
            throw parse_error(errc::invalid_instruction, stage.where,
                              "base name (" + stage.base + ") should not be blank",
                              "Give the ARG a default, or pass it with --build-arg.");
        auto const wanted = platform_of(stage);
        if (!stage.name.empty()) {
            auto replacement = co_await find_context(stage.name, wanted, stage.where);
            if (!std::holds_alternative<std::monostate>(replacement)) {
                start_from(state, replacement, stage.name);
                state.take_triggers();
                finish(index, std::move(state));
                co_return;
            }
        }
        if (auto const earlier = dockerfile::find_stage(file_, base, index)) {
            co_await visit(*earlier);
            state.start_from(*states_[*earlier], *earlier);
            linters_[index].start_from(linters_[*earlier]);
        } else if (base == "scratch") {
            state.start_from_scratch(request_.platform);
        } else {
            auto found = co_await find_context(base, wanted, stage.where);
            if (std::holds_alternative<std::monostate>(found)) {
                auto image = co_await find_image(base, wanted, stage.where);
                found = from_image{std::move(image)};
            }
            if (auto const* image = std::get_if<from_image>(&found))
                findings_.add(lint_base_platform(*image->image, base, wanted, stage.where));
            start_from(state, found, base);
        }
        for (auto const& trigger : state.take_triggers()) {
            auto line = read_trigger(trigger, stage.where);
            co_await apply(state, line, index);
        }
        for (auto const& line : stage.instructions)
            co_await apply(state, line, index);
        finish(index, std::move(state));
    }

    void start_from(stage_state& state, found_context const& found, std::string const& name) const
    {
        if (auto const* image = std::get_if<from_image>(&found))
            return state.start_from(image->image);
        state.start_from_scratch(request_.platform);
        state.add_files(std::get<from_context>(found), name);
    }

    net::awaitable<found_context> find_context(std::string name, platform wanted, dockerfile::source_span where)
    {
        if (!contexts_)
            co_return found_context();
        try {
            auto found = co_await contexts_(name, std::move(wanted));
            co_return found;
        } catch (error const& e) {
            throw located(e, where, "failed to load the build context " + name);
        }
    }

    /// A failure that comes from elsewhere, with the line that led there.
    static parse_error located(error const& e, dockerfile::source_span where, std::string const& doing)
    {
        if (e.code() == condition::interrupted)
            throw;
        auto const own = e.code().category() == acrx_category();
        auto const code = own ? static_cast<errc>(e.code().value()) : errc::unavailable;
        return {code, where, doing + ": " + e.text(), e.advice()};
    }

    void finish(std::size_t index, stage_state state)
    {
        auto const& stage = file_.stages[index];
        auto const name = stage.name.empty() ? "stage-" + std::to_string(index) : stage.name;
        plan_.stages[index] = state.finish(name, file_.stages.size() > 1 || !stage.name.empty());
        plan_.stages[index]->where = stage.where;
        auto const& again = request_.no_cache_stages;
        bool const is_fresh = request_.no_cache || std::any_of(again.begin(), again.end(), [&](auto const& wanted) {
                                  return !stage.name.empty() && ascii_lower(wanted) == stage.name;
                              });
        for (auto& step : plan_.stages[index]->steps) {
            step.is_fresh = is_fresh;
            if (step.where.first_line == 0)
                step.where = stage.where;
        }
        states_[index] = std::move(state);
    }

    dockerfile::instruction read_trigger(std::string const& text, dockerfile::source_span where) const
    {
        try {
            auto line = dockerfile::parse_onbuild_trigger(text);
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
            findings_.add(linters_[index].see(line, state, checks_.ignored));
            if (auto const* copy = std::get_if<dockerfile::copy>(&line.what)) {
                auto origin = co_await find_origin(*copy, line, index);
                state.apply(*copy, line, std::move(origin));
            } else if (auto const* run = std::get_if<dockerfile::run>(&line.what)) {
                if (state.is_for_windows() && !checks_.all_stages)
                    throw parse_error(errc::not_supported, line.where,
                                      "RUN needs Windows: this machine cannot run steps of images for it",
                                      "Make the files in a stage FROM --platform=$BUILDPLATFORM, then COPY --from it.");
                auto origins = co_await find_mount_origins(*run, line, index);
                state.apply(*run, line, std::move(origins));
            } else {
                apply_alone(state, line);
            }
            findings_.add(linters_[index].see_unset(line, state));
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
                if constexpr (std::is_same_v<T, dockerfile::from> || std::is_same_v<T, dockerfile::copy>
                              || std::is_same_v<T, dockerfile::run>)
                    throw parse_error(errc::invalid_instruction, line.where, "unexpected " + line.keyword);
                else if constexpr (requires { state.apply(what, line); })
                    state.apply(what, line);
                else
                    state.apply(what);
            },
            line.what);
    }

    /// What each mount of a RUN names with `from`; nothing where that is not given, or `scratch`.
    net::awaitable<std::vector<std::optional<file_origin>>> find_mount_origins(dockerfile::run const& run,
                                                                               dockerfile::instruction const& line,
                                                                               std::size_t index)
    {
        std::vector<std::optional<file_origin>> origins(run.mounts.size());
        for (std::size_t i = 0; i < run.mounts.size(); ++i) {
            dockerfile::copy named;
            named.from = run.mounts[i].get("from").value_or("");
            if (named.from.empty() || named.from == "scratch")
                continue;
            if (auto const type = run.mounts[i].get("type"); type == "secret" || type == "ssh" || type == "tmpfs")
                throw parse_error(errc::invalid_instruction, line.where, *type + " mount should not have a from");
            if (dockerfile::find_stage(file_, named.from) && !dockerfile::find_stage(file_, named.from, index))
                throw parse_error(errc::invalid_instruction, line.where,
                                  "cannot mount from stage \"" + named.from + "\" to \""
                                      + run.mounts[i].get("target").value_or("")
                                      + "\", stage needs to be defined before current command");
            auto origin = co_await find_origin(named, line, index);
            origins[i] = std::move(origin);
        }
        co_return origins;
    }

    net::awaitable<file_origin> find_origin(dockerfile::copy const& copy, dockerfile::instruction const& line,
                                            std::size_t index)
    {
        if (copy.from.empty())
            co_return from_context{};
        if (auto const dollar = copy.from.find('$'); dollar != std::string::npos && dollar + 1 < copy.from.size())
            throw parse_error(errc::invalid_instruction, line.where,
                              "variable expansion is not supported for --from, define a new stage with FROM using ARG "
                              "from global scope as a workaround");
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
        auto found = co_await find_context(copy.from, request_.platform, line.where);
        if (auto const* files = std::get_if<from_context>(&found))
            co_return *files;
        if (auto const* image = std::get_if<from_image>(&found))
            co_return *image;
        auto image = co_await find_image(copy.from, request_.platform, line.where);
        co_return from_image{std::move(image)};
    }

    /// The stage whose name resembles that of an image which is not there; empty if there is none.
    std::string near_stage(std::string const& name) const
    {
        std::vector<std::string_view> names;
        for (auto const& stage : file_.stages)
            if (!stage.name.empty())
                names.push_back(stage.name);
        return name.size() < 3 ? std::string() : dockerfile::closest(name, names);
    }

    static void check_name(std::string const& name, dockerfile::source_span where)
    try {
        parse_reference(name);
    } catch (error const& e) {
        auto const colon = e.doing().rfind("\": ");
        throw parse_error(errc::invalid_instruction, where,
                          "failed to parse stage name \"" + name + "\": " + e.doing().substr(colon + 3), e.advice());
    }

    net::awaitable<std::shared_ptr<base_image const>> find_image(std::string name, platform wanted,
                                                                 dockerfile::source_span where)
    {
        auto const key = std::pair(name, to_string(wanted) + " " + wanted.os_version);
        if (auto const known = images_.find(key); known != images_.end())
            co_return known->second;
        check_name(name, where);
        std::shared_ptr<base_image const> image;
        try {
            image = co_await resolve_(name, wanted);
        } catch (error const& e) {
            auto const failure = located(e, where, "failed to resolve source metadata for " + name);
            auto const meant = near_stage(name);
            throw meant.empty() ? failure
                                : parse_error(static_cast<errc>(failure.code().value()), where, failure.text(),
                                              "Did you mean the stage \"" + meant + "\"? " + e.advice());
        }
        images_[key] = image;
        co_return image;
    }

    dockerfile::file const& file_;
    build_request request_;
    base_resolver resolve_;
    plan_checks checks_;
    context_resolver contexts_;
    plan_findings findings_;
    build_plan plan_;
    global_scope globals_;
    std::vector<std::optional<stage_state>> states_;
    std::vector<stage_lint> linters_;
    std::map<std::pair<std::string, std::string>, std::shared_ptr<base_image const>> images_;
};
}  // namespace detail

ACRX_DECL net::awaitable<build_plan> make_plan(dockerfile::file const& file, build_request request,
                                               base_resolver resolve, plan_checks checks, context_resolver contexts)
{
    detail::planner planner(file, std::move(request), std::move(resolve), std::move(checks), std::move(contexts));
    auto plan = co_await planner.plan();
    co_return plan;
}
}  // namespace acrx
#endif
