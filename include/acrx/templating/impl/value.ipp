// Bodies of templating/value.hpp.
#ifndef ACRX_TEMPLATING_IMPL_VALUE_IPP
#define ACRX_TEMPLATING_IMPL_VALUE_IPP
#include <acrx/templating/value.hpp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <unordered_set>

namespace acrx::templating {
struct value::list_data
{
    list_data(value_list l, element_type e) : items(std::move(l)), elements(e) {}
    list_data(list_data const&) = delete;
    list_data& operator=(list_data const&) = delete;
    ~list_data() { destroy(items); }

    value_list items;
    element_type elements;
};

struct value::map_data
{
    map_data(value_map m, element_type e) : entries(std::move(m)), elements(e) {}
    map_data(map_data const&) = delete;
    map_data& operator=(map_data const&) = delete;
    ~map_data()
    {
        value_list pending;
        for (auto& [key, v] : entries)
            if (v.is_container())
                pending.push_back(std::move(v));
        destroy(pending);
    }

    value_map entries;
    element_type elements;
};

/// Takes apart what only `pending` owns, level by level, so that depth costs no stack.
ACRX_DECL void value::destroy(value_list& pending) noexcept
{
    if (std::none_of(pending.begin(), pending.end(), [](value const& v) { return v.is_container(); }))
        return;
    while (!pending.empty()) {
        auto last = std::move(pending.back());
        pending.pop_back();
        if (auto* list = std::get_if<list_ptr>(&last.data_); list && list->use_count() == 1) {
            for (auto& v : (*list)->items)
                if (v.is_container())
                    pending.push_back(std::move(v));
            (*list)->items.clear();
        } else if (auto* map = std::get_if<map_ptr>(&last.data_); map && map->use_count() == 1) {
            for (auto& [key, v] : (*map)->entries)
                if (v.is_container())
                    pending.push_back(std::move(v));
            (*map)->entries.clear();
        }
    }
}

ACRX_DECL value::value(std::string text) : data_(std::make_shared<std::string const>(std::move(text))) {}

ACRX_DECL value::value(value_list list, element_type elements)
    : data_(std::make_shared<list_data>(std::move(list), elements))
{}

ACRX_DECL value::value(value_map map, element_type elements)
    : data_(std::make_shared<map_data>(std::move(map), elements))
{}

ACRX_DECL value::value(moment time) : data_(std::make_shared<moment const>(std::move(time))) {}
ACRX_DECL value::value(version v) : data_(std::make_shared<version const>(std::move(v))) {}

ACRX_DECL value value::map_of(std::initializer_list<std::pair<std::string const, value>> entries)
{
    return value_map(entries.begin(), entries.end());
}

ACRX_DECL value value::texts(std::vector<std::string> list)
{
    value_list items;
    items.reserve(list.size());
    for (auto& text : list)
        items.emplace_back(std::move(text));
    return {std::move(items), element_type::text};
}

ACRX_DECL value_list const* value::if_list() const noexcept
{
    auto const* p = std::get_if<list_ptr>(&data_);
    return p ? &(*p)->items : nullptr;
}

ACRX_DECL value_map const* value::if_map() const noexcept
{
    auto const* p = std::get_if<map_ptr>(&data_);
    return p ? &(*p)->entries : nullptr;
}

ACRX_DECL value_map* value::if_mutable_map() noexcept
{
    auto const* p = std::get_if<map_ptr>(&data_);
    return p ? &(*p)->entries : nullptr;
}

ACRX_DECL element_type value::elements() const noexcept
{
    if (auto const* list = std::get_if<list_ptr>(&data_))
        return (*list)->elements;
    auto const* map = std::get_if<map_ptr>(&data_);
    return map ? (*map)->elements : element_type::any;
}

ACRX_DECL bool value::truth() const noexcept
{
    switch (kind()) {
    case kind::nil: return false;
    case kind::boolean: return *if_bool();
    case kind::integer: return *if_integer() != 0;
    case kind::floating: return *if_float() != 0;
    case kind::text: return !if_text()->empty();
    case kind::list: return !if_list()->empty();
    case kind::map: return !if_map()->empty();
    case kind::time:
    case kind::version: return true;
    }
    return false;
}

ACRX_DECL std::string_view value::type_name() const noexcept
{
    switch (kind()) {
    case kind::nil: return "<nil>";
    case kind::boolean: return "bool";
    case kind::integer:
        return integers() == integer_type::int_ ? "int" : integers() == integer_type::int64 ? "int64" : "uint8";
    case kind::floating: return "float64";
    case kind::text: return "string";
    case kind::list:
        return elements() == element_type::any    ? "[]interface {}"
               : elements() == element_type::text ? "[]string"
                                                  : "[]int";
    case kind::map: return elements() == element_type::text ? "map[string]string" : "map[string]interface {}";
    case kind::time: return "time.Time";
    case kind::version: return "*semver.Version";
    }
    return {};
}

ACRX_DECL std::string_view value::kind_name() const noexcept
{
    switch (kind()) {
    case kind::nil: return "invalid";
    case kind::list: return "slice";
    case kind::map: return "map";
    case kind::time: return "struct";
    case kind::version: return "ptr";
    default: return type_name();
    }
}

ACRX_DECL void const* value::address() const noexcept
{
    if (auto const* list = std::get_if<list_ptr>(&data_))
        return list->get();
    if (auto const* map = std::get_if<map_ptr>(&data_))
        return map->get();
    auto const* text = std::get_if<text_ptr>(&data_);
    return text ? text->get() : nullptr;
}

ACRX_DECL bool value::same_object(value const& other) const noexcept
{
    return address() != nullptr && address() == other.address();
}

ACRX_DECL bool value::reaches(value const& other) const
{
    std::vector<value const*> pending{this};
    std::unordered_set<void const*> seen;
    while (!pending.empty()) {
        auto const* v = pending.back();
        pending.pop_back();
        if (!v->is_container() || !seen.insert(v->address()).second)
            continue;
        if (v->same_object(other))
            return true;
        if (auto const* list = v->if_list())
            for (auto const& item : *list)
                pending.push_back(&item);
        else
            for (auto const& [key, item] : *v->if_map())
                pending.push_back(&item);
    }
    return false;
}

ACRX_DECL value from_json(boost::json::value const& json)
{
    switch (json.kind()) {
    case boost::json::kind::null: return {};
    case boost::json::kind::bool_: return json.get_bool();
    case boost::json::kind::int64: return json.get_int64();
    case boost::json::kind::uint64: return static_cast<double>(json.get_uint64());
    case boost::json::kind::double_: return json.get_double();
    case boost::json::kind::string: return std::string(json.get_string());
    case boost::json::kind::array: {
        value_list list;
        for (auto const& item : json.get_array())
            list.push_back(from_json(item));
        return list;
    }
    case boost::json::kind::object: {
        value_map map;
        for (auto const& entry : json.get_object())
            map.insert_or_assign(std::string(entry.key()), from_json(entry.value()));
        return map;
    }
    }
    return {};
}
}  // namespace acrx::templating
#endif
