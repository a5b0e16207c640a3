// Bodies of server/detail/json_fields.hpp.
#ifndef ACRX_SERVER_IMPL_JSON_FIELDS_IPP
#define ACRX_SERVER_IMPL_JSON_FIELDS_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/server/arm_error.hpp>
#include <acrx/server/detail/json_fields.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <cstdint>

namespace acrx::detail {
ACRX_DECL json_fields json_fields::parse(std::string_view text)
{
    if (text.find_first_not_of(" \t\r\n") == text.npos)
        return json_fields(boost::json::object());
    error_code failed;
    auto whole = boost::json::parse({text.data(), text.size()}, failed);
    if (failed)
        throw arm_refusal(400, "InvalidRequestContent", "The request's content is no JSON: " + failed.message());
    if (!whole.is_object())
        throw arm_refusal(400, "InvalidRequestContent", "The request's content must be a JSON object.");
    return json_fields(std::move(whole.get_object()));
}

inline std::string json_fields::place_of(std::string_view name) const
{
    return place_.empty() ? std::string(name) : place_ + "." + std::string(name);
}

ACRX_DECL void json_fields::refuse(std::string_view name, std::string_view wanted) const
{
    auto const place = place_of(name);
    throw arm_refusal(400, "InvalidParameter", "'" + place + "' must be " + std::string(wanted), place);
}

inline boost::json::value const* json_fields::find(std::string_view name) const
{
    auto const* value = object_.if_contains({name.data(), name.size()});
    return value && !value->is_null() ? value : nullptr;
}

ACRX_DECL bool json_fields::has(std::string_view name) const
{
    return find(name) != nullptr;
}

ACRX_DECL void json_fields::read(std::string_view name, std::string& into) const
{
    auto const* value = find(name);
    if (value && !value->is_string())
        refuse(name, "a text");
    if (value)
        into = std::string(value->get_string());
    if (into.find('\0') != into.npos)
        refuse(name, "a text without NUL");
}

ACRX_DECL void json_fields::read(std::string_view name, bool& into) const
{
    auto const* value = find(name);
    if (value && !value->is_bool())
        refuse(name, "true or false");
    if (value)
        into = value->get_bool();
}

ACRX_DECL void json_fields::read(std::string_view name, std::vector<std::string>& into) const
{
    auto const* value = find(name);
    if (!value)
        return;
    if (!value->is_array())
        refuse(name, "a list of texts");
    into.clear();
    for (auto const& each : value->get_array()) {
        if (!each.is_string())
            refuse(name, "a list of texts");
        into.emplace_back(each.get_string());
    }
}

ACRX_DECL void json_fields::read(std::string_view name, std::map<std::string, std::string>& into) const
{
    auto const* value = find(name);
    if (!value)
        return;
    if (!value->is_object())
        refuse(name, "an object of texts");
    into.clear();
    for (auto const& [key, text] : value->get_object()) {
        if (!text.is_string())
            refuse(name, "an object of texts");
        into.emplace(std::string(key), std::string(text.get_string()));
    }
}

ACRX_DECL void json_fields::read(std::string_view name, unsigned& into, unsigned least, unsigned most) const
{
    auto const* value = find(name);
    if (!value)
        return;
    error_code failed;
    auto const number = value->is_number() ? value->to_number<std::int64_t>(failed) : std::int64_t{-1};
    if (failed || !value->is_number() || number < least || number > most)
        refuse(name, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    into = static_cast<unsigned>(number);
}

ACRX_DECL std::optional<std::size_t> json_fields::word(std::string_view name, std::vector<std::string_view> const& words) const
{
    if (!has(name))
        return std::nullopt;
    std::string text;
    read(name, text);
    for (std::size_t i = 0; i < words.size(); ++i)
        if (ascii_lower(text) == ascii_lower(words[i]))
            return i;
    std::string wanted = "one of";
    for (auto const& each : words)
        wanted.append(wanted.size() > 6 ? ", " : " ").append(each);
    refuse(name, wanted);
}

ACRX_DECL std::optional<json_fields> json_fields::object(std::string_view name) const
{
    auto const* value = find(name);
    if (!value)
        return std::nullopt;
    if (!value->is_object())
        refuse(name, "an object");
    return json_fields(value->get_object(), place_of(name));
}

ACRX_DECL std::optional<std::vector<json_fields>> json_fields::objects(std::string_view name) const
{
    auto const* value = find(name);
    if (!value)
        return std::nullopt;
    if (!value->is_array())
        refuse(name, "a list of objects");
    std::vector<json_fields> all;
    for (auto const& each : value->get_array()) {
        if (!each.is_object())
            refuse(name, "a list of objects");
        all.emplace_back(each.get_object(), place_of(name) + "[" + std::to_string(all.size()) + "]");
    }
    return all;
}

ACRX_DECL std::map<std::string, std::optional<json_fields>> json_fields::table(std::string_view name) const
{
    std::map<std::string, std::optional<json_fields>> all;
    auto const whole = object(name);
    if (!whole)
        return all;
    for (auto const& [key, value] : whole->object_)
        all.emplace(std::string(key), whole->object(key));
    return all;
}

ACRX_DECL std::string json_fields::required(std::string_view name) const
{
    std::string text;
    read(name, text);
    if (text.empty())
        refuse(name, "given");
    return text;
}

ACRX_DECL void put(boost::json::object& into, std::string_view name, std::string_view text)
{
    if (!text.empty())
        into[{name.data(), name.size()}] = boost::json::string_view(text.data(), text.size());
}

ACRX_DECL boost::json::array to_json_list(std::vector<std::string> const& texts)
{
    boost::json::array list;
    for (auto const& each : texts)
        list.emplace_back(each);
    return list;
}

ACRX_DECL boost::json::object to_json_table(std::map<std::string, std::string> const& texts)
{
    boost::json::object made;
    for (auto const& [name, value] : texts)
        made[name] = value;
    return made;
}
}  // namespace acrx::detail
#endif
