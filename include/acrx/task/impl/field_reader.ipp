// Bodies of task/detail/field_reader.hpp.
#ifndef ACRX_TASK_IMPL_FIELD_READER_IPP
#define ACRX_TASK_IMPL_FIELD_READER_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/dockerfile/wording.hpp>
#include <acrx/io/yaml_scalar.hpp>
#include <acrx/task/detail/field_reader.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace acrx::detail {
/// A scalar as it was written, for a message: short, and on one line.
inline std::string shown(std::string_view text)
{
    constexpr std::size_t longest = 60;
    auto const end = std::min(text.find_first_of("\r\n"), longest);
    return "'" + std::string(text.substr(0, end)) + (end < text.size() ? "...'" : "'");
}

inline std::string describe(yaml_node const& node)
{
    if (node.kind == yaml_kind::list)
        return "a list";
    if (node.kind == yaml_kind::map)
        return "a map";
    switch (resolve(node).index()) {
    case 0: return "nothing";
    case 1: return "the boolean " + shown(node.text);
    case 2:
    case 3: return "the number " + shown(node.text);
    default: return "the text " + shown(node.text);
    }
}

ACRX_DECL void field_value::refuse(std::string_view wanted, std::string advice) const
{
    throw task_error(errc::syntax, in_->file, node_->where,
                     "'" + std::string(name_) + "' must be " + std::string(wanted) + ", not " + describe(*node_),
                     std::move(advice));
}

ACRX_DECL std::string field_value::text() const
{
    if (node_->kind != yaml_kind::scalar)
        refuse("a text", "Put it in quotes if it begins with { or [.");
    return node_->is_null() ? std::string{} : node_->text;
}

ACRX_DECL bool field_value::flag() const
{
    if (node_->kind == yaml_kind::scalar) {
        auto const value = resolve(*node_);
        if (value.index() == 0)
            return false;
        if (auto const* b = std::get_if<bool>(&value))
            return *b;
    }
    refuse("true or false", "Write it without quotes.");
}

ACRX_DECL std::int64_t field_value::integer() const
{
    if (node_->kind == yaml_kind::scalar) {
        auto const value = resolve(*node_);
        if (value.index() == 0)
            return 0;
        if (auto const* n = std::get_if<std::int64_t>(&value))
            return *n;
        if (auto const* d = std::get_if<double>(&value); d != nullptr && std::abs(*d) < 9e18)
            return static_cast<std::int64_t>(*d);
    }
    refuse("a whole number", "Write it without quotes.");
}

ACRX_DECL unsigned field_value::count(std::string_view below_zero) const
{
    constexpr std::int64_t largest = 1'000'000'000;
    auto const n = integer();
    if (n < 0 && !below_zero.empty())
        throw task_error(errc::invalid_argument, in_->file, node_->where,
                         std::string(below_zero) + ", not " + node_->text);
    if (n > largest)
        refuse("at most " + std::to_string(largest));
    return static_cast<unsigned>(std::max<std::int64_t>(n, 0));
}

ACRX_DECL std::chrono::milliseconds field_value::seconds() const
{
    return std::chrono::seconds(count());
}

ACRX_DECL std::vector<yaml_ptr> field_value::items(std::string_view of) const
{
    if (node_->kind == yaml_kind::scalar && node_->is_null())
        return {};
    if (node_->kind != yaml_kind::list)
        refuse("a list of " + std::string(of),
               node_->kind == yaml_kind::scalar ? "Write [" + node_->text + "]." : "Write one '- ITEM' a line.");
    if (node_->items.size() > in_->items_left)
        throw task_error(errc::invalid_argument, in_->file, node_->where, "the lists of this file are too long");
    in_->items_left -= node_->items.size();
    return node_->items;
}

ACRX_DECL std::vector<std::string> field_value::texts() const
{
    std::vector<std::string> all;
    for (auto const& item : items("texts"))
        all.push_back(field_value(*in_, name_, *item).text());
    return all;
}

ACRX_DECL yaml_node const& field_value::map(std::string_view of) const
{
    static yaml_node const nothing{
        .kind = yaml_kind::map, .text = {}, .tag = {}, .items = {}, .entries = {}, .where = {}};
    if (node_->kind == yaml_kind::map)
        return *node_;
    if (node_->kind == yaml_kind::scalar && node_->is_null())
        return nothing;
    refuse(of);
}

ACRX_DECL void warn_of_key(field_context& in, yaml_node const& key, std::string_view what,
                           std::vector<std::string_view> const& known)
{
    std::optional<std::string> meant;
    for (auto const name : known)
        if (ascii_lower(name) == ascii_lower(key.text))
            meant = name;
    if (!meant)
        meant = dockerfile::closest(key.text, known);
    in.warnings.push_back({key.where, std::string(what) + " has no property " + shown(key.text) + "; it is ignored",
                           meant->empty() ? std::string{} : "Did you mean '" + *meant + "'?"});
}
}  // namespace acrx::detail
#endif
