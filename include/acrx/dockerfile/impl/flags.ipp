// Bodies of dockerfile/detail/flags.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_FLAGS_IPP
#define ACRX_DOCKERFILE_IMPL_FLAGS_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/dockerfile/detail/flags.hpp>
#include <acrx/dockerfile/detail/text.hpp>

#include <algorithm>

namespace acrx::dockerfile::detail {
inline std::string unknown_flag(std::string_view name, std::vector<known_flag> const& known)
{
    std::vector<std::string_view> names;
    for (auto const& flag : known)
        names.push_back(flag.name);
    auto const suggestion = closest(name, names);
    return "unknown flag: --" + std::string(name) + (suggestion.empty() ? "" : " (did you mean " + suggestion + "?)");
}

ACRX_DECL flag_set::flag_set(std::vector<std::string> const& words, std::vector<known_flag> const& known)
{
    for (auto const& word : words) {
        auto const equals = word.find('=');
        bool const has_value = equals != std::string::npos;
        auto const name = word.substr(2, has_value ? equals - 2 : equals);
        auto value = has_value ? word.substr(equals + 1) : std::string();

        auto const flag = std::find_if(known.begin(), known.end(), [&](auto const& k) { return k.name == name; });
        if (flag == known.end())
            throw flag_refusal{word, unknown_flag(name, known)};
        if (flag->type != flag_type::repeatable
            && std::any_of(given_.begin(), given_.end(), [&](auto const& g) { return g.name == name; }))
            throw flag_refusal{word, "duplicate flag specified: --" + name};
        bool const boolean = flag->type == flag_type::boolean;
        if (boolean ? has_value && value.empty() : !has_value)
            throw flag_refusal{word, "missing a value on flag: --" + name};
        if (boolean) {
            auto const truth = has_value ? ascii_lower(value) : "true";
            if (truth != "true" && truth != "false")
                throw flag_refusal{word, "expecting boolean value for flag --" + name + ", not: " + value};
            value = truth;
        }
        given_.push_back({name, value});
    }
}

ACRX_DECL std::string flag_set::text(std::string_view name, std::string_view otherwise) const
{
    for (auto const& g : given_)
        if (g.name == name)
            return g.value;
    return std::string(otherwise);
}

ACRX_DECL std::optional<bool> flag_set::boolean(std::string_view name) const
{
    for (auto const& g : given_)
        if (g.name == name)
            return g.value == "true";
    return {};
}

ACRX_DECL std::vector<std::string> flag_set::all(std::string_view name) const
{
    std::vector<std::string> values;
    for (auto const& g : given_)
        if (g.name == name)
            values.push_back(g.value);
    return values;
}
}  // namespace acrx::dockerfile::detail
#endif
