// Bodies of cli/progress_display.hpp.
#ifndef ACRX_CLI_IMPL_PROGRESS_DISPLAY_IPP
#define ACRX_CLI_IMPL_PROGRESS_DISPLAY_IPP
#include <acrx/cli/progress_display.hpp>

#include <algorithm>
#include <utility>

namespace acrx::cli {
ACRX_DECL progress_display::progress_display(progress_style style, text_stream& stream, std::string run_id,
                                             run_log& log, std::vector<std::string> secrets)
    : style_(style), stream_(stream), log_(log), secrets_(std::move(secrets)), objects_(std::move(run_id)),
      view_(stream.has_colours())
{
    if (style_ == progress_style::automatic)
        style_ = stream.is_terminal() ? progress_style::live : progress_style::plain;
    // The longest first: one secret may be part of another.
    std::sort(secrets_.begin(), secrets_.end(), [](auto const& a, auto const& b) { return a.size() > b.size(); });
}

ACRX_DECL std::string progress_display::redacted(std::string text) const
{
    for (auto const& secret : secrets_)
        for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos; at += 3)
            text.replace(at, secret.size(), "***");
    return text;
}

ACRX_DECL void progress_display::take(progress_event event)
{
    if (auto* start = std::get_if<work_started>(&event))
        start->title = redacted(std::move(start->title));
    else if (auto* output = std::get_if<work_output>(&event))
        output->bytes = redacted(std::move(output->bytes));
    else if (auto* note = std::get_if<build_note>(&event))
        note->text = redacted(std::move(note->text));
    else if (auto* finding = std::get_if<lint_finding>(&event))
        finding->what.message = redacted(std::move(finding->what.message));
    auto const now = system_clock().now();
    auto const text = lines_.take(event, now);
    log_.write(text);
    if (style_ == progress_style::plain)
        stream_.write(text);
    else if (is_for_programs())
        stream_.write(objects_.take(event, now));
    else if (is_live())
        view_.take(event, now);
}

ACRX_DECL void progress_display::say(std::string_view line)
{
    auto const text = redacted(std::string(line));
    log_.write(text + "\n");
    if (style_ == progress_style::plain)
        stream_.write(text + "\n");
    else if (is_for_programs())
        stream_.write(objects_.say(text));
    else if (is_live())
        view_.say(text);
}

ACRX_DECL void progress_display::draw()
{
    if (is_live())
        stream_.write(view_.frame(system_clock().now(), stream_.size()));
}

ACRX_DECL void progress_display::finish(work_ended::outcome how, std::string_view reason)
{
    auto const now = system_clock().now();
    auto const text = lines_.finish(how, now);
    log_.write(text);
    if (style_ == progress_style::plain)
        stream_.write(text);
    else if (is_for_programs())
        stream_.write(objects_.finish(how, reason, now));
    else if (is_live())
        stream_.write(view_.finish(how, now, stream_.size()));
}
}  // namespace acrx::cli
#endif
