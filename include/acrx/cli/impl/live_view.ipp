// Bodies of cli/live_view.hpp.
#ifndef ACRX_CLI_IMPL_LIVE_VIEW_IPP
#define ACRX_CLI_IMPL_LIVE_VIEW_IPP
#include <acrx/cli/live_view.hpp>
#include <acrx/cli/quantities.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace acrx::cli {
namespace detail {
inline bool starts_code_point(char c) noexcept
{
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

/// The length of the escape sequence at the front, which begins with ESC.
inline std::size_t escape_length(std::string_view text) noexcept
{
    if (text.size() < 2)
        return text.size();
    if (text[1] == ']') {
        auto const end = text.find_first_of("\a\033", 2);
        return end == std::string_view::npos ? text.size() : end + 1;
    }
    if (text[1] != '[')
        return 2;
    std::size_t at = 2;
    while (at < text.size() && (text[at] < '@' || text[at] > '~'))
        ++at;
    return std::min(at + 1, text.size());
}

ACRX_DECL std::string clean_line(std::string_view line)
{
    while (line.ends_with('\r'))
        line.remove_suffix(1);
    if (auto const overwritten = line.rfind('\r'); overwritten != std::string_view::npos)
        line.remove_prefix(overwritten + 1);
    std::string clean;
    while (!line.empty()) {
        auto const c = line.front();
        std::size_t length = 1;
        if (c == '\033')
            length = escape_length(line);
        else if (c == '\t')
            clean += "    ";
        else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f)
            clean += c;
        line.remove_prefix(length);
    }
    return clean;
}

ACRX_DECL std::size_t text_width(std::string_view line) noexcept
{
    return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), starts_code_point));
}

ACRX_DECL std::string cut_to(std::string_view line, std::size_t columns)
{
    if (text_width(line) <= columns)
        return std::string(line);
    if (columns == 0)
        return {};
    std::size_t at = 0;
    for (std::size_t width = 0; at < line.size(); ++at)
        if (starts_code_point(line[at]) && width++ == columns - 1)
            break;
    return std::string(line.substr(0, at)) + "…";
}

/// `left`, and `right` at the right edge.
inline std::string spread(std::string_view left, std::string_view right, std::size_t columns)
{
    auto const room = columns > right.size() + 2 ? columns - right.size() - 2 : 0;
    auto text = cut_to(left, room);
    auto const width = text_width(text);
    text.append(room - std::min(room, width) + 2, ' ');
    return cut_to(text + std::string(right), columns);
}

/// `[=====>    ]`, 20 wide.
inline std::string bar(std::uint64_t done, std::uint64_t total)
{
    constexpr std::size_t width = 20;
    auto const part = std::min(1.0, static_cast<double>(done) / static_cast<double>(std::max<std::uint64_t>(total, 1)));
    auto const filled = static_cast<std::size_t>(part * width);
    std::string text(filled, '=');
    if (filled < width)
        text += '>';
    text.resize(width, ' ');
    return "[" + text + "]";
}
}  // namespace detail

ACRX_DECL void live_view::take(progress_event const& event, time_point now)
{
    if (started_ == time_point{})
        started_ = now;
    if (auto const* note = std::get_if<build_note>(&event)) {
        auto const warns = note->level == build_note::severity::warning;
        settled_.push_back(dress("33", (warns ? "warning: " : "note: ") + detail::clean_line(note->text)));
        return;
    }
    if (auto const* finding = std::get_if<lint_finding>(&event)) {
        settled_.push_back(dress("33", "warning: " + detail::clean_line(to_string(finding->what))));
        return;
    }
    auto const* end = std::get_if<work_ended>(&event);
    auto const* work = end != nullptr ? model_.find(end->id) : nullptr;
    bool const ends = work != nullptr && !work->ended;
    model_.take(event, now);
    if (ends)
        settle(*work);
}

ACRX_DECL void live_view::say(std::string_view line)
{
    settled_.push_back(detail::clean_line(line));
}

ACRX_DECL void live_view::settle(shown_work const& work)
{
    auto const title = detail::clean_line(work.title);
    auto const time = to_duration_text(*work.ended - work.started);
    switch (work.how) {
    case work_ended::outcome::done: settled_.push_back(dress("32", "  ✓ ") + title + dress("2", "  " + time)); break;
    case work_ended::outcome::cached: settled_.push_back(dress("2", "  · " + title + "  CACHED")); break;
    case work_ended::outcome::failed: settled_.push_back(dress("31", "  ✗ " + title + "  ERROR " + time)); break;
    case work_ended::outcome::canceled: settled_.push_back(dress("33", "  ✗ " + title + "  CANCELED")); break;
    }
}

ACRX_DECL std::string live_view::dress(std::string_view code, std::string text) const
{
    return colours_ ? fmt::format("\033[{}m{}\033[0m", code, text) : text;
}

ACRX_DECL std::string live_view::work_line(shown_work const& work, time_point now, unsigned columns) const
{
    auto const time = to_duration_text(now - work.started);
    auto const title = "  » " + detail::clean_line(work.title);
    if (work.total == 0 && work.done == 0)
        return detail::spread(title, time, columns);
    auto amount = to_size_text(work.done);
    if (work.total != 0)
        amount = detail::bar(work.done, work.total) + " " + amount + " / " + to_size_text(work.total);
    return detail::spread(title, amount + "  " + time, columns);
}

ACRX_DECL std::vector<std::string> live_view::live_lines(time_point now, terminal_size size) const
{
    // One column stays free: a full line makes some terminals wrap.
    auto const columns = std::max(size.columns, 20U) - 1;
    auto const rows = std::max<std::size_t>(size.rows, 4) - 2;
    auto const running = model_.running();
    std::vector<std::string> lines;
    auto const spare = rows > running.size() + 1 ? rows - running.size() - 1 : 0;
    auto const tail = running.empty() ? 0 : std::min(shown_work::kept_lines, spare / running.size());
    lines.push_back(fmt::format("[+] {}  {} done, {} running", to_duration_text(now - started_), model_.count_ended(),
                                running.size()));
    for (auto const* work : running) {
        if (lines.size() == rows)
            break;
        lines.push_back(work_line(*work, now, columns));
        auto const skip = work->last_lines.size() - std::min(tail, work->last_lines.size());
        for (auto i = skip; i < work->last_lines.size(); ++i)
            lines.push_back("    | " + detail::clean_line(work->last_lines[i]));
    }
    for (auto& line : lines)
        line = detail::cut_to(line, columns);
    return lines;
}

/// Back to the first column of the first live line. Lines that became too wide by a resize take several rows.
ACRX_DECL std::string live_view::erase(terminal_size size) const
{
    std::size_t rows = 0;
    for (auto const width : drawn_widths_)
        rows += width == 0 ? 1 : (width + size.columns - 1) / std::max(size.columns, 1U);
    return rows == 0 ? "" : fmt::format("\r\033[{}A", rows);
}

ACRX_DECL std::string live_view::frame(time_point now, terminal_size size)
{
    if (started_ == time_point{})
        started_ = now;
    constexpr std::string_view clear_to_line_end = "\033[K";
    auto text = erase(size);
    for (auto const& line : std::exchange(settled_, {}))
        text.append(line).append(clear_to_line_end).append("\n");
    auto const lines = live_lines(now, size);
    drawn_widths_.clear();
    for (auto const& line : lines) {
        bool const is_output = line.starts_with("    | ");
        text.append(is_output ? dress("2", line) : line).append(clear_to_line_end).append("\n");
        drawn_widths_.push_back(detail::text_width(line));
    }
    return text + "\033[J";
}

ACRX_DECL std::string live_view::finish(work_ended::outcome how, time_point now, terminal_size size)
{
    std::vector<unsigned> open;
    for (auto const& [id, work] : model_.works())
        if (!work.ended)
            open.push_back(id);
    for (auto const id : open)
        take(work_ended{id, how}, now);
    auto text = erase(size) + "\033[J";
    for (auto const& line : std::exchange(settled_, {}))
        text += line + "\n";
    drawn_widths_.clear();
    return text;
}
}  // namespace acrx::cli
#endif
