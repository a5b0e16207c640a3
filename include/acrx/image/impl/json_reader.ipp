// Bodies of image/json_reader.hpp.
#ifndef ACRX_IMAGE_IMPL_JSON_READER_IPP
#define ACRX_IMAGE_IMPL_JSON_READER_IPP
#include <acrx/core/error.hpp>
#include <acrx/image/json_reader.hpp>

#include <boost/json/array.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/string.hpp>

namespace acrx::detail {
/// No registry takes manifests or configs of this size; larger ones are an attack on memory.
inline constexpr std::size_t largest_document = 16U << 20;

/// The length of the UTF-8 sequence at the start of `text`; 0 if there is none.
inline std::size_t utf8_sequence(std::string_view text)
{
    auto const byte = [text](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    unsigned const first = byte(0);
    if (first < 0x80)
        return 1;
    std::size_t const length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    // The second byte also rules out overlong forms, surrogates, and values above U+10FFFF.
    unsigned const low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    unsigned const high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (first < 0xC2 || first > 0xF4 || byte(1) < low || byte(1) > high)
        return 0;
    for (std::size_t i = 2; i < length; ++i)
        if (byte(i) < 0x80 || byte(i) > 0xBF)
            return 0;
    return length;
}

ACRX_DECL boost::json::object parse_json_object(std::string_view bytes, std::string const& doing)
{
    if (bytes.size() > largest_document)
        throw error(errc::damaged, doing + ": " + std::to_string(bytes.size()) + " bytes are too many for one");
    boost::json::parser parser;
    boost::system::error_code failure;
    auto const at = parser.write_some(bytes.data(), bytes.size(), failure);
    if (!failure && bytes.find_first_not_of(" \t\r\n", at) != std::string_view::npos)
        failure = boost::json::error::extra_data;
    if (failure)
        throw error(errc::damaged, doing + ": not JSON at byte " + std::to_string(at) + " (" + failure.message() + ")");
    auto value = parser.release();
    if (!value.is_object())
        throw error(errc::damaged, doing + ": not a JSON object");
    return std::move(value.get_object());
}

ACRX_DECL boost::json::string to_json_string(std::string_view text)
{
    boost::json::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        auto const length = utf8_sequence(text);
        if (length == 0)
            result.append("\xEF\xBF\xBD");
        else
            result.append(text.substr(0, length));
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return result;
}

ACRX_DECL std::string json_reader::place_of(std::string_view name) const
{
    return place_.empty() ? std::string(name) : place_ + "." + std::string(name);
}

ACRX_DECL void json_reader::refuse(std::string_view name, std::string const& why) const
{
    throw error(errc::damaged, doing_ + ": " + place_of(name) + " " + why);
}

ACRX_DECL boost::json::value const* json_reader::find(std::string_view name) const
{
    auto const* value = object_->if_contains(name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

ACRX_DECL std::string json_reader::string(std::string_view name) const
{
    auto const* value = find(name);
    if (value == nullptr)
        return {};
    if (!value->is_string())
        refuse(name, "is not a string");
    return std::string(value->get_string());
}

ACRX_DECL std::string json_reader::required_string(std::string_view name) const
{
    auto text = string(name);
    if (text.empty())
        refuse(name, "is missing");
    return text;
}

ACRX_DECL bool json_reader::boolean(std::string_view name) const
{
    auto const* value = find(name);
    if (value != nullptr && !value->is_bool())
        refuse(name, "is not true or false");
    return value != nullptr && value->get_bool();
}

ACRX_DECL std::int64_t json_reader::integer(std::string_view name) const
{
    auto const* value = find(name);
    if (value != nullptr && !value->is_int64())
        refuse(name, "is not a whole number");
    return value == nullptr ? 0 : value->get_int64();
}

ACRX_DECL std::uint64_t json_reader::size(std::string_view name) const
{
    if (!has(name))
        refuse(name, "is missing");
    auto const value = integer(name);
    if (value < 0)
        refuse(name, "is negative");
    return static_cast<std::uint64_t>(value);
}

ACRX_DECL acrx::digest json_reader::digest(std::string_view name) const
{
    auto const text = required_string(name);
    try {
        return acrx::digest::parse(text);
    } catch (error const&) {
        refuse(name, "is not a digest that can be verified: \"" + text.substr(0, 200) + "\"");
    }
}

ACRX_DECL std::optional<json_reader> json_reader::object(std::string_view name) const
{
    auto const* value = find(name);
    if (value == nullptr)
        return std::nullopt;
    if (!value->is_object())
        refuse(name, "is not an object");
    return json_reader(value->get_object(), doing_, place_of(name));
}

ACRX_DECL std::vector<json_reader> json_reader::objects(std::string_view name) const
{
    std::vector<json_reader> result;
    auto const* value = find(name);
    if (value == nullptr)
        return result;
    if (!value->is_array())
        refuse(name, "is not an array");
    for (auto const& element : value->get_array()) {
        auto const place = std::string(name) + "[" + std::to_string(result.size()) + "]";
        if (!element.is_object())
            refuse(place, "is not an object");
        result.emplace_back(element.get_object(), doing_, place_of(place));
    }
    return result;
}

ACRX_DECL std::vector<std::string> json_reader::strings(std::string_view name) const
{
    std::vector<std::string> result;
    auto const* value = find(name);
    if (value == nullptr)
        return result;
    if (!value->is_array())
        refuse(name, "is not an array");
    for (auto const& element : value->get_array()) {
        if (!element.is_string())
            refuse(std::string(name) + "[" + std::to_string(result.size()) + "]", "is not a string");
        result.emplace_back(element.get_string());
    }
    return result;
}

ACRX_DECL std::map<std::string, std::string> json_reader::string_map(std::string_view name) const
{
    std::map<std::string, std::string> result;
    if (auto const members = object(name))
        for (auto const& member : members->raw())
            result.emplace(member.key(), members->string(member.key()));
    return result;
}

ACRX_DECL std::vector<std::string> json_reader::keys(std::string_view name) const
{
    std::vector<std::string> result;
    if (auto const members = object(name))
        for (auto const& member : members->raw())
            result.emplace_back(member.key());
    return result;
}
}  // namespace acrx::detail
#endif
