// Bodies of cli/plain_log.hpp.
#ifndef ACRX_CLI_IMPL_PLAIN_LOG_IPP
#define ACRX_CLI_IMPL_PLAIN_LOG_IPP
#include <acrx/cli/plain_log.hpp>
#include <acrx/cli/quantities.hpp>

#include <fmt/format.h>

namespace acrx::cli {
namespace detail {
inline std::string_view outcome_word(work_ended::outcome how)
{
    switch (how) {
    case work_ended::outcome::done: return "DONE";
    case work_ended::outcome::cached: return "CACHED";
    case work_ended::outcome::failed: return "ERROR";
    case work_ended::outcome::canceled: return "CANCELED";
    }
    return "ERROR";
}
}  // namespace detail

ACRX_DECL std::string plain_log::take(progress_event const& event, time_point now)
{
    if (auto const* note = std::get_if<build_note>(&event))
        return (note->level == build_note::severity::warning ? "warning: " : "note: ") + note->text + "\n";
    if (auto const* finding = std::get_if<lint_finding>(&event))
        return "warning: " + to_string(finding->what) + "\n";
    if (auto const* start = std::get_if<work_started>(&event)) {
        model_.take(event, now);
        auto const& work = *model_.find(start->id);
        return fmt::format("#{} {}\n", work.number, work.title);
    }
    auto const id = std::visit(
        [](auto const& e) -> unsigned {
            if constexpr (requires { e.id; })
                return e.id;
            else
                return 0;
        },
        event);
    auto const* work = model_.find(id);
    if (work == nullptr || work->ended)
        return {};
    if (auto const* output = std::get_if<work_output>(&event))
        return output_lines(id, output->bytes, now);
    model_.take(event, now);
    if (std::holds_alternative<work_ended>(event))
        return end_line(id, now);
    auto const [last, is_first] = last_shown_.try_emplace(id, work->started);
    if (now - last->second < std::chrono::seconds(1))
        return {};
    last->second = now;
    auto const total = work->total != 0 ? " / " + to_size_text(work->total) : std::string();
    return fmt::format("#{} {}{}\n", work->number, to_size_text(work->done), total);
}

ACRX_DECL std::string plain_log::output_lines(unsigned id, std::string_view bytes, time_point now)
{
    auto const& work = *model_.find(id);
    auto const seconds = std::chrono::duration<double>(now - work.started).count();
    auto& open = open_[id];
    std::string text;
    for (auto end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
        open += bytes.substr(0, end);
        if (open.ends_with('\r'))
            open.pop_back();
        text += fmt::format("#{} {:.3f} {}\n", work.number, seconds, open);
        open.clear();
        bytes.remove_prefix(end + 1);
    }
    open += bytes;
    return text;
}

ACRX_DECL std::string plain_log::end_line(unsigned id, time_point now)
{
    auto const& work = *model_.find(id);
    std::string text;
    if (!open_[id].empty())
        text = output_lines(id, "\n", now);
    open_.erase(id);
    last_shown_.erase(id);
    if (work.total != 0)
        text += fmt::format("#{} {} / {}\n", work.number, to_size_text(work.done), to_size_text(work.total));
    text += fmt::format("#{} {}", work.number, detail::outcome_word(work.how));
    if (work.how == work_ended::outcome::done)
        text += " " + to_duration_text(now - work.started);
    return text + "\n\n";
}

ACRX_DECL std::string plain_log::finish(work_ended::outcome how, time_point now)
{
    std::string text;
    std::vector<unsigned> open;
    for (auto const& [id, unused] : model_.works())
        if (!unused.ended)
            open.push_back(id);
    for (auto const id : open)
        text += take(work_ended{id, how}, now);
    return text;
}
}  // namespace acrx::cli
#endif
