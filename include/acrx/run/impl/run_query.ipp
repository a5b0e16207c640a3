// Bodies of run/run_query.hpp.
#ifndef ACRX_RUN_IMPL_RUN_QUERY_IPP
#define ACRX_RUN_IMPL_RUN_QUERY_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/run/run_query.hpp>

#include <algorithm>
#include <compare>

namespace acrx {
namespace detail {
inline bool compares(std::strong_ordering order, comparison how)
{
    switch (how) {
    case comparison::equal: return order == 0;
    case comparison::not_equal: return order != 0;
    case comparison::less: return order < 0;
    case comparison::less_or_equal: return order <= 0;
    case comparison::greater: return order > 0;
    case comparison::greater_or_equal: return order >= 0;
    case comparison::contains: break;
    }
    throw error(errc::invalid_argument, "filtering runs: a time or a flag contains nothing");
}

/// Names and ids: case does not count.
inline bool meets_word(std::string_view value, run_condition const& condition)
{
    auto const lower = ascii_lower(value);
    auto const wanted = ascii_lower(condition.text);
    if (condition.how == comparison::contains)
        return lower.find(wanted) != lower.npos;
    return compares(lower <=> wanted, condition.how);
}

inline bool meets_time(std::optional<time_point> value, run_condition const& condition)
{
    auto const wanted = parse_rfc3339(condition.text);
    if (!value)
        return condition.how == comparison::not_equal;
    return compares(*value <=> wanted, condition.how);
}

inline bool meets_images(std::vector<output_image> const& images, run_condition const& condition)
{
    auto const has = [&](auto const& fits) {
        return std::ranges::any_of(images, [&](output_image const& image) {
            auto const name = image.registry + "/" + image.repository;
            return fits(name + "@" + image.digest.str()) || fits(name + ":" + image.tag);
        });
    };
    auto const& text = condition.text;
    switch (condition.how) {
    case comparison::contains: return has([&](std::string const& name) { return name.find(text) != name.npos; });
    case comparison::equal: return has([&](std::string const& name) { return name.ends_with("/" + text) || name == text; });
    default: throw error(errc::invalid_argument, "filtering runs: images are compared by 'eq' and 'contains' alone");
    }
}

inline void check_word(run_condition const& condition)
{
    if (condition.field == run_field::status && !parse_run_status(condition.text))
        throw error(errc::invalid_argument, "filtering runs: '" + condition.text + "' is no status of a run");
    if (condition.field == run_field::is_archived && condition.text != "true" && condition.text != "false")
        throw error(errc::invalid_argument, "filtering runs: '" + condition.text + "' is neither true nor false");
}
}  // namespace detail

ACRX_DECL bool meets(run_record const& run, run_condition const& condition)
{
    detail::check_word(condition);
    switch (condition.field) {
    case run_field::id: return detail::meets_word(run.id, condition);
    case run_field::type: return detail::meets_word(to_string(run.type), condition);
    case run_field::status: return detail::meets_word(to_string(run.status), condition);
    case run_field::created: return detail::meets_time(run.created, condition);
    case run_field::finished: return detail::meets_time(run.finished, condition);
    case run_field::output_images: return detail::meets_images(run.outputs, condition);
    case run_field::is_archived: return detail::meets_word(run.is_archived ? "true" : "false", condition);
    case run_field::task: return detail::meets_word(run.task, condition);
    case run_field::agent_pool: return detail::meets_word(run.agent_pool, condition);
    }
    return false;
}

ACRX_DECL bool meets(run_record const& run, std::vector<run_condition> const& conditions)
{
    return std::ranges::all_of(conditions, [&](run_condition const& condition) { return meets(run, condition); });
}
}  // namespace acrx
#endif
