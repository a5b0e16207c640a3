// Bodies of cli/task_lines.hpp.
#ifndef ACRX_CLI_IMPL_TASK_LINES_IPP
#define ACRX_CLI_IMPL_TASK_LINES_IPP
#include <acrx/cli/task_lines.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace acrx::cli {
namespace detail {
inline std::string note_line(build_note::severity level, std::string const& text)
{
    return (level == build_note::severity::warning ? "warning: " : "note: ") + text + "\n";
}
}  // namespace detail

ACRX_DECL void task_lines::plan(task_planned const& task)
{
    std::size_t width = 0;
    for (auto const& id : task.ids)
        width = std::max(width, std::min<std::size_t>(id.size(), 24));
    for (auto const& id : task.ids) {
        auto& step = steps_.emplace_back();
        step.label = fmt::format("{:{}} |", id, width);
    }
}

ACRX_DECL std::string task_lines::take(task_event const& event, time_point now)
{
    if (auto const* planned = std::get_if<task_planned>(&event)) {
        plan(*planned);
        return {};
    }
    if (auto const* note = std::get_if<task_note>(&event))
        return detail::note_line(note->level, note->text);
    if (auto const* began = std::get_if<step_began>(&event)) {
        auto& step = steps_.at(began->step);
        if (began->attempt == 1)
            step.began = now;
        return lines(step, began->attempt == 1 ? "started\n" : fmt::format("attempt {}\n", began->attempt), now);
    }
    if (auto const* printed = std::get_if<step_printed>(&event))
        return lines(steps_.at(printed->step), printed->bytes, now);
    if (auto const* built = std::get_if<step_built>(&event)) {
        auto& step = steps_.at(built->step);
        auto const text = step.build.take(built->event, now);
        std::string shown;
        for (std::string_view rest = text; !rest.empty();) {
            auto const line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            if (!line.empty())
                shown += lines(step, std::string(line) + "\n", now);
        }
        return shown;
    }
    auto const& ended = std::get<step_ended>(event);
    auto& step = steps_.at(ended.step);
    auto text = flush(step, now);
    text += lines(step, std::string(to_string(ended.status)) + "\n", now);
    if (!ended.error.empty())
        text += lines(step, "error: " + ended.error + "\n", now);
    return text;
}

ACRX_DECL std::string task_lines::finish(time_point now)
{
    std::string text;
    for (auto& step : steps_)
        text += flush(step, now);
    return text;
}

ACRX_DECL std::string task_lines::flush(shown_step& step, time_point now)
{
    return step.open.empty() ? std::string() : lines(step, "\n", now);
}

ACRX_DECL std::string task_lines::lines(shown_step& step, std::string_view text, time_point now)
{
    if (step.began == time_point{})  // it was ended before it began
        step.began = now;
    auto const seconds = std::chrono::duration<double>(now - step.began).count();
    std::string shown;
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        step.open += text.substr(0, end);
        if (step.open.ends_with('\r'))
            step.open.pop_back();
        shown += fmt::format("{} {:5.1f} {}\n", step.label, seconds, step.open);
        step.open.clear();
        text.remove_prefix(end + 1);
    }
    step.open += text;
    return shown;
}
}  // namespace acrx::cli
#endif
