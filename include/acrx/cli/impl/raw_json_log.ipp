// Bodies of cli/raw_json_log.hpp.
#ifndef ACRX_CLI_IMPL_RAW_JSON_LOG_IPP
#define ACRX_CLI_IMPL_RAW_JSON_LOG_IPP
#include <acrx/cli/raw_json_log.hpp>
#include <acrx/core/base64.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/core/utf8.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <utility>

namespace acrx::cli {
namespace detail {
inline std::string raw_line(std::string_view array, boost::json::array what)
{
    return boost::json::serialize(boost::json::object{{array, std::move(what)}}) + "\n";
}

inline boost::json::object raw_note(build_note const& note)
{
    return {{"level", note.level == build_note::severity::warning ? 1 : 0}, {"short", to_base64(note.text)}};
}

inline boost::json::object raw_finding(dockerfile::lint_warning const& found)
{
    boost::json::object warning{{"level", 1},
                                {"short", to_base64(to_string(found))},
                                {"detail", boost::json::array{to_base64(text_of(found.rule).description)}},
                                {"url", url_of(found.rule)}};
    if (found.where.first_line > 0)
        warning["range"] = boost::json::array{
            boost::json::object{{"start", boost::json::object{{"line", found.where.first_line}}},
                                {"end", boost::json::object{{"line", found.where.last_line}}}}};
    return warning;
}
}  // namespace detail

ACRX_DECL std::string raw_json_log::take(progress_event const& event, time_point now)
{
    if (auto const* note = std::get_if<build_note>(&event))
        return detail::raw_line("warnings", {detail::raw_note(*note)});
    if (auto const* finding = std::get_if<lint_finding>(&event))
        return detail::raw_line("warnings", {detail::raw_finding(finding->what)});
    if (auto const* start = std::get_if<work_started>(&event)) {
        model_.take(event, now);
        return detail::raw_line("vertexes", {vertex_of(*model_.find(start->id))});
    }
    if (auto const* output = std::get_if<work_output>(&event))
        return output_line(*output, now);
    auto const* advance = std::get_if<work_advanced>(&event);
    auto const id = advance != nullptr ? advance->id : std::get<work_ended>(event).id;
    auto const* work = model_.find(id);
    if (work == nullptr || work->ended)
        return {};
    model_.take(event, now);
    return advance != nullptr ? transfer_line(id, now) : end_line(id, now);
}

ACRX_DECL std::string raw_json_log::output_line(work_output const& output, time_point now) const
{
    auto const* work = model_.find(output.id);
    if (work == nullptr || work->ended || output.bytes.empty())
        return {};
    return detail::raw_line("logs", {boost::json::object{{"vertex", digest_of_work(*work)},
                                                         {"stream", 1},
                                                         {"data", to_base64(output.bytes)},
                                                         {"timestamp", to_rfc3339(now)}}});
}

ACRX_DECL std::string raw_json_log::transfer_line(unsigned id, time_point now)
{
    auto const [last, is_first] = last_shown_.try_emplace(id, now);
    if (!is_first && now - last->second < std::chrono::milliseconds(100))
        return {};
    last->second = now;
    return detail::raw_line("statuses", {status_of(*model_.find(id), now)});
}

ACRX_DECL std::string raw_json_log::end_line(unsigned id, time_point now)
{
    auto const& work = *model_.find(id);
    if (work.how == work_ended::outcome::failed && !first_failed_)
        first_failed_ = id;
    boost::json::object line{{"vertexes", boost::json::array{vertex_of(work)}}};
    if (last_shown_.erase(id) != 0)
        line["statuses"] = boost::json::array{status_of(work, now)};
    return boost::json::serialize(line) + "\n";
}

ACRX_DECL std::string raw_json_log::finish(work_ended::outcome how, std::string_view reason, time_point now)
{
    boost::json::array vertexes;
    for (auto const* work : model_.running()) {
        auto ended = *work;
        ended.ended = now;
        ended.how = how;
        vertexes.emplace_back(vertex_of(ended));
    }
    model_.finish(how, now);
    if (first_failed_ && !reason.empty()) {
        auto failed = vertex_of(*model_.find(*first_failed_));
        failed["error"] = as_utf8(reason);
        vertexes.emplace_back(std::move(failed));
    }
    return vertexes.empty() ? std::string() : detail::raw_line("vertexes", std::move(vertexes));
}

ACRX_DECL std::string raw_json_log::say(std::string_view text) const
{
    return detail::raw_line("warnings", {detail::raw_note({build_note::severity::warning, std::string(text)})});
}

ACRX_DECL std::string raw_json_log::digest_of_work(shown_work const& work) const
{
    return digest_of(run_id_ + "#" + std::to_string(work.number)).str();
}

ACRX_DECL boost::json::object raw_json_log::vertex_of(shown_work const& work) const
{
    boost::json::object vertex{{"digest", digest_of_work(work)},
                               {"name", as_utf8(work.title)},
                               {"started", to_rfc3339(work.started)}};
    if (!work.ended)
        return vertex;
    vertex["completed"] = to_rfc3339(*work.ended);
    if (work.how == work_ended::outcome::cached)
        vertex["cached"] = true;
    else if (work.how != work_ended::outcome::done)
        vertex["error"] = work.how == work_ended::outcome::canceled ? "canceled" : "failed";
    return vertex;
}

ACRX_DECL boost::json::object raw_json_log::status_of(shown_work const& work, time_point now) const
{
    auto const name = as_utf8(work.title);
    boost::json::object status{{"id", name}, {"vertex", digest_of_work(work)}, {"name", name}, {"current", work.done}};
    if (work.total != 0)
        status["total"] = work.total;
    status["timestamp"] = to_rfc3339(now);
    status["started"] = to_rfc3339(work.started);
    if (work.ended)
        status["completed"] = to_rfc3339(*work.ended);
    return status;
}
}  // namespace acrx::cli
#endif
