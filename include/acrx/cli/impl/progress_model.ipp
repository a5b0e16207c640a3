// Bodies of cli/progress_model.hpp.
#ifndef ACRX_CLI_IMPL_PROGRESS_MODEL_IPP
#define ACRX_CLI_IMPL_PROGRESS_MODEL_IPP
#include <acrx/cli/progress_model.hpp>

#include <algorithm>
#include <string_view>

namespace acrx::cli {
namespace detail {
inline void add_output(shown_work& work, std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const end = bytes.find('\n');
        if (!work.open_line)
            work.last_lines.emplace_back();
        auto& line = work.last_lines.back();
        line += bytes.substr(0, end);
        constexpr std::size_t longest = 4096;
        if (line.size() > longest)
            line.erase(0, line.size() - longest);
        work.open_line = end == std::string_view::npos;
        while (work.last_lines.size() > shown_work::kept_lines)
            work.last_lines.pop_front();
        bytes.remove_prefix(work.open_line ? bytes.size() : end + 1);
    }
}
}  // namespace detail

ACRX_DECL void progress_model::take(progress_event const& event, time_point now)
{
    if (auto const* start = std::get_if<work_started>(&event)) {
        auto& work = works_[start->id];
        if (work.number == 0)
            work.number = next_++;
        work.title = start->title;
        work.started = now;
    } else if (auto const* output = std::get_if<work_output>(&event)) {
        if (auto const at = works_.find(output->id); at != works_.end())
            detail::add_output(at->second, output->bytes);
    } else if (auto const* step = std::get_if<work_advanced>(&event)) {
        if (auto const at = works_.find(step->id); at != works_.end()) {
            at->second.done = step->done;
            at->second.total = step->total;
        }
    } else if (auto const* end = std::get_if<work_ended>(&event)) {
        if (auto const at = works_.find(end->id); at != works_.end() && !at->second.ended) {
            at->second.ended = now;
            at->second.how = end->how;
            ++ended_;
        }
    }
}

ACRX_DECL void progress_model::finish(work_ended::outcome how, time_point now)
{
    for (auto const& [id, work] : works_)
        if (!work.ended)
            take(work_ended{id, how}, now);
}

ACRX_DECL shown_work const* progress_model::find(unsigned id) const
{
    auto const at = works_.find(id);
    return at == works_.end() ? nullptr : &at->second;
}

ACRX_DECL std::vector<shown_work const*> progress_model::running() const
{
    std::vector<shown_work const*> works;
    for (auto const& [id, work] : works_)
        if (!work.ended)
            works.push_back(&work);
    std::sort(works.begin(), works.end(), [](auto const* a, auto const* b) { return a->number < b->number; });
    return works;
}
}  // namespace acrx::cli
#endif
