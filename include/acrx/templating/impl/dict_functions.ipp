// Bodies of templating/detail/function_groups.hpp: maps with texts as keys.
#ifndef ACRX_TEMPLATING_IMPL_DICT_FUNCTIONS_IPP
#define ACRX_TEMPLATING_IMPL_DICT_FUNCTIONS_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/conversions.hpp>
#include <acrx/templating/detail/function_groups.hpp>
#include <acrx/templating/format.hpp>

#include <algorithm>
#include <utility>

namespace acrx::templating::detail {
/// The entries of an argument; none for nil.
inline value_map const& entries(value const& v, budget& left)
{
    static value_map const none;
    auto const* map = v.if_map();
    if (!map)
        return none;
    left.spend(map->size() / 8);
    return *map;
}

inline value make_dict(call const& c)
{
    value_map map;
    for (std::size_t i = 0; i < c.size(); i += 2)
        map.insert_or_assign(to_text(c[i], c.left()), i + 1 < c.size() ? c[i + 1] : value(""));
    return map;
}

inline value set_key(call const& c)
{
    auto dict = c[0];
    if (dict.is_nil())
        throw error(errc::invalid_argument, "assignment to entry in nil map");
    check_no_cycle(dict, c[2], c.left());
    c.left().make(c.text(1).size() + sizeof(value_map::value_type));
    dict.if_mutable_map()->insert_or_assign(c.text(1), c[2]);
    return dict;
}

inline value unset_key(call const& c)
{
    auto dict = c[0];
    if (auto* map = dict.if_mutable_map())
        map->erase(c.text(1));
    return dict;
}

inline value keys(call const& c)
{
    std::vector<std::string> all;
    for (auto const& dict : c.all())
        for (auto const& [key, v] : entries(dict, c.left())) {
            c.left().make(key.size() + sizeof(std::string));
            all.push_back(key);
        }
    return value::texts(std::move(all));
}

inline value values(call const& c)
{
    value_list all;
    for (auto const& [key, v] : entries(c[0], c.left()))
        all.push_back(v);
    return all;
}

inline value pluck(call const& c)
{
    value_list all;
    for (auto const& dict : c.from(1)) {
        auto const& map = entries(dict, c.left());
        if (auto const found = map.find(c.text(0)); found != map.end())
            all.push_back(found->second);
    }
    return all;
}

inline value pick(call const& c)
{
    value_map kept;
    auto const& map = entries(c[0], c.left());
    for (std::size_t i = 1; i < c.size(); ++i)
        if (auto const found = map.find(c.text(i)); found != map.end())
            kept.insert_or_assign(found->first, found->second);
    return kept;
}

inline value omit(call const& c)
{
    auto kept = entries(c[0], c.left());
    c.left().make(kept.size() * sizeof(value_map::value_type));
    for (std::size_t i = 1; i < c.size(); ++i)
        kept.erase(c.text(i));
    return kept;
}

/// Puts into `into` what it lacks, or with `overwrites` all that `from` has; maps within maps likewise.
inline void merge_into(value into, value from, bool overwrites, budget& left, std::size_t depth = 0)
{
    if (depth > 1000)
        throw error(errc::invalid_argument, "the value nests deeper than 1000 levels");
    auto* map = into.if_mutable_map();
    if (!map || into.same_object(from))
        return;
    for (auto const& [key, shared] : entries(from, left)) {
        left.spend(1);
        auto const item = shared;  // the map it stands in may be the one that changes
        if (item.is_nil())
            continue;
        auto const found = map->find(key);
        auto const lacks = found == map->end() || !found->second.truth();
        if (!lacks && item.if_map()) {
            merge_into(found->second, item, overwrites, left, depth + 1);
            continue;
        }
        if (!lacks && !overwrites)
            continue;
        check_no_cycle(into, item, left);
        left.make(key.size() + sizeof(value_map::value_type));
        map->insert_or_assign(key, item);
    }
}

inline value merge(call const& c, bool overwrites)
{
    if (c[0].is_nil())
        throw error(errc::invalid_argument, "assignment to entry in nil map");
    for (auto const& from : c.from(1))
        merge_into(c[0], from, overwrites, c.left());
    return c[0];
}

inline value copied(value const& v, budget& left, std::size_t depth = 0)
{
    if (depth > 1000)
        throw error(errc::invalid_argument, "the value nests deeper than 1000 levels");
    left.spend(1);
    left.make(sizeof(value));
    if (auto const* list = v.if_list()) {
        value_list copy;
        for (auto const& item : *list)
            copy.push_back(copied(item, left, depth + 1));
        return {std::move(copy), v.elements()};
    }
    auto const* map = v.if_map();
    if (!map)
        return v;
    value_map copy;
    for (auto const& [key, item] : *map) {
        left.make(key.size() + sizeof(value_map::value_type));
        copy.insert_or_assign(key, copied(item, left, depth + 1));
    }
    return {std::move(copy), v.elements()};
}

ACRX_DECL function_group dict_functions()
{
    return {
        {"dict", "a*", make_dict},
        {"set", "msa", set_key},
        {"unset", "ms", unset_key},
        {"hasKey", "ms", [](call const& c) { return value(c[0].if_map() && c[0].if_map()->contains(c.text(1))); }},
        {"keys", "m*", keys},
        {"values", "m", values},
        {"pluck", "sm*", pluck},
        {"pick", "ms*", pick},
        {"omit", "ms*", omit},
        {"merge", "mm*", [](call const& c) { return merge(c, false); }},
        {"mergeOverwrite", "mm*", [](call const& c) { return merge(c, true); }},
        {"deepCopy", "a", [](call const& c) { return copied(c[0], c.left()); }},
    };
}
}  // namespace acrx::templating::detail
#endif
