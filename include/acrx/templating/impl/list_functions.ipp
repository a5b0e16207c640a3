// Bodies of templating/detail/function_groups.hpp: lists.
#ifndef ACRX_TEMPLATING_IMPL_LIST_FUNCTIONS_IPP
#define ACRX_TEMPLATING_IMPL_LIST_FUNCTIONS_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/conversions.hpp>
#include <acrx/templating/detail/function_groups.hpp>

#include <algorithm>
#include <utility>

namespace acrx::templating::detail {
/// The items of a list, or a message that begins in its own way.
inline value_list const& list_or(value const& v, std::string const& before, std::string const& after, budget& left)
{
    if (v.is_nil())
        throw error(errc::invalid_argument, nil_dereference);
    if (!v.if_list())
        throw error(errc::invalid_argument, before + std::string(v.kind_name()) + after);
    left.spend(v.if_list()->size() / 8);
    return *v.if_list();
}

inline bool contains(value_list const& list, value const& v, budget& left)
{
    return std::any_of(list.begin(), list.end(), [&](value const& item) { return deep_equal(v, item, left); });
}

inline value rest(call const& c)
{
    auto const& list = list_of(c[0], "rest", c.left());
    return value_list(list.begin() + (list.empty() ? 0 : 1), list.end());
}

inline value initial(call const& c)
{
    auto const& list = list_of(c[0], "initial", c.left());
    return value_list(list.begin(), list.end() - (list.empty() ? 0 : 1));
}

inline value reversed(call const& c)
{
    auto const& list = list_of(c[0], "reverse", c.left());
    return value_list(list.rbegin(), list.rend());
}

inline value compacted(call const& c)
{
    value_list kept;
    for (auto const& v : list_of(c[0], "compact", c.left()))
        if (v.truth())
            kept.push_back(v);
    return kept;
}

inline value unique(call const& c)
{
    value_list kept;
    for (auto const& v : list_of(c[0], "uniq", c.left()))
        if (!contains(kept, v, c.left()))
            kept.push_back(v);
    return kept;
}

inline value without(call const& c)
{
    value_list kept;
    value_list const out(c.from(1).begin(), c.from(1).end());
    for (auto const& v : list_of(c[0], "without", c.left()))
        if (!contains(out, v, c.left()))
            kept.push_back(v);
    return kept;
}

inline value has(call const& c)
{
    if (c[1].is_nil())
        return false;
    return contains(list_of(c[1], "has", c.left()), c[0], c.left());
}

inline value appended(call const& c)
{
    auto list = list_or(c[0], "Cannot push on type ", "", c.left());
    list.push_back(c[1]);
    return list;
}

inline value prepended(call const& c)
{
    auto const& list = list_or(c[0], "Cannot prepend on type ", "", c.left());
    value_list longer{c[1]};
    longer.insert(longer.end(), list.begin(), list.end());
    return longer;
}

inline value concatenated_lists(call const& c)
{
    value_list all;
    for (auto const& v : c.all()) {
        auto const& list = list_or(v, "Cannot concat type ", " as list", c.left());
        c.left().make(list.size() * sizeof(value));
        all.insert(all.end(), list.begin(), list.end());
    }
    return all;
}

inline value sliced(call const& c)
{
    auto const& list = list_or(c[0], "list should be type of slice or array but ", "", c.left());
    auto const size = static_cast<std::int64_t>(list.size());
    if (size == 0)
        return {};
    auto const from = c.size() > 1 ? to_int64(c[1]) : 0;
    auto const to = c.size() > 2 ? to_int64(c[2]) : size;
    if (from < 0 || to < from || to > size)
        throw error(errc::invalid_argument, "reflect.Value.Slice: slice index out of bounds");
    return {value_list(list.begin() + from, list.begin() + to), c[0].elements()};
}

ACRX_DECL function_group list_functions()
{
    auto const make = [](call const& c) { return value(value_list(c.all().begin(), c.all().end())); };
    auto const first = [](call const& c) {
        auto const& list = list_of(c[0], "first", c.left());
        return list.empty() ? value() : list.front();
    };
    auto const last = [](call const& c) {
        auto const& list = list_of(c[0], "last", c.left());
        return list.empty() ? value() : list.back();
    };
    return {
        {"list", "a*", make},
        {"tuple", "a*", make},
        {"first", "a", first},
        {"last", "a", last},
        {"rest", "a", rest},
        {"initial", "a", initial},
        {"reverse", "a", reversed},
        {"compact", "a", compacted},
        {"uniq", "a", unique},
        {"without", "aa*", without},
        {"has", "aa", has},
        {"append", "aa", appended},
        {"push", "aa", appended},
        {"prepend", "aa", prepended},
        {"concat", "a*", concatenated_lists},
        {"slice", "aa*", sliced},
    };
}
}  // namespace acrx::templating::detail
#endif
