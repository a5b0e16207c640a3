// Which runs a list shows: conditions, a page at a time, newest first.
#ifndef ACRX_RUN_RUN_QUERY_HPP
#define ACRX_RUN_RUN_QUERY_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/run_record.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace acrx {
/// What of a run a condition looks at.
enum class run_field
{
    id,
    type,           ///< word as `to_string` gives it, in any case of letters
    status,         ///< likewise
    created,        ///< RFC 3339
    finished,       ///< RFC 3339; a run that is not over fits none but `not_equal`
    output_images,  ///< `repository@digest` or `repository:tag`, of any image that was pushed
    is_archived,    ///< `true` or `false`
    task,
    agent_pool,
};

/// How the field and the text compare.
enum class comparison
{
    equal,
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    contains,  ///< the text stands somewhere in the field
};

/// One condition.
struct run_condition
{
    run_field field = run_field::task;
    comparison how = comparison::equal;
    std::string text = {};

    bool operator==(run_condition const&) const = default;
};

/// Runs that meet all conditions.
struct run_query
{
    std::vector<run_condition> where = {};
    bool is_going_on = false;    ///< only runs that are not over; found without a look at the others
    std::size_t top = 100;       ///< at most so many a page; 0 means no limit
    std::uint64_t before = 0;    ///< only runs with a smaller number: `run_page::next` of the page before; 0 is the first page
};

/// One page, newest first.
struct run_page
{
    std::vector<run_record> runs = {};
    std::uint64_t next = 0;  ///< for `run_query::before`; 0 if there is no further page
};

/// Whether a run meets a condition.
/// @throws error (`errc::invalid_argument`) for a text that the field cannot have, or a comparison it does not know
ACRX_DECL bool meets(run_record const& run, run_condition const& condition);
/// Whether it meets all.
ACRX_DECL bool meets(run_record const& run, std::vector<run_condition> const& conditions);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/run_query.ipp>
#endif
#endif
