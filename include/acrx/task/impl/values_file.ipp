// Bodies of task/values_file.hpp.
#ifndef ACRX_TASK_IMPL_VALUES_FILE_IPP
#define ACRX_TASK_IMPL_VALUES_FILE_IPP
#include <acrx/io/yaml_scalar.hpp>
#include <acrx/task/task_error.hpp>
#include <acrx/task/values_file.hpp>

#include <map>

namespace acrx {
namespace detail {
/// Turns a tree into values. What aliases share is turned once and stays shared.
class value_converter
{
public:
    templating::value convert(yaml_ptr const& node)
    {
        if (node->kind == yaml_kind::scalar)
            return scalar(*node);
        if (auto const known = done_.find(node.get()); known != done_.end())
            return known->second;
        auto made = node->kind == yaml_kind::list ? list(*node) : templating::value(map(*node));
        done_.emplace(node.get(), made);
        return made;
    }

    templating::value_map map(yaml_node const& node)
    {
        templating::value_map made;
        for (auto const& [key, value] : node.entries)
            made.insert_or_assign(key->text, convert(value));
        return made;
    }

private:
    static templating::value scalar(yaml_node const& node)
    {
        return std::visit(
            [](auto const& v) -> templating::value {
                if constexpr (std::is_same_v<std::remove_cvref_t<decltype(v)>, std::monostate>)
                    return nullptr;
                else
                    return templating::value(v);
            },
            resolve(node));
    }

    templating::value list(yaml_node const& node)
    {
        templating::value_list made;
        for (auto const& item : node.items)
            made.push_back(convert(item));
        return templating::value(std::move(made));
    }

    std::map<yaml_node const*, templating::value> done_;
};
}  // namespace detail

ACRX_DECL templating::value_map parse_values(std::string_view text, std::string const& file)
{
    auto const root = detail::parse_yaml({std::string(text), {}}, file);
    if (!root || root->is_null())
        return {};
    if (root->kind != detail::yaml_kind::map)
        throw task_error(errc::syntax, file, root->where, "values must be a map of names to values",
                         "Write one 'NAME: VALUE' a line.");
    return detail::value_converter().map(*root);
}

ACRX_DECL std::pair<std::string, std::string> parse_setting(std::string_view setting)
{
    auto const equals = setting.find('=');
    if (equals == setting.npos)
        throw error(errc::invalid_argument, "failed to parse --set data; invalid format, no = assignment found",
                    "Write NAME=VALUE.");
    if (equals == 0)
        throw error(errc::invalid_argument, "failed to parse --set data; expected a key=val format",
                    "There is no name before '='.");
    return {std::string(setting.substr(0, equals)), std::string(setting.substr(equals + 1))};
}
}  // namespace acrx
#endif
