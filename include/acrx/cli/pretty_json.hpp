// JSON as people like to read it.
#ifndef ACRX_CLI_PRETTY_JSON_HPP
#define ACRX_CLI_PRETTY_JSON_HPP

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace acrx::cli {
namespace detail {
inline void append_pretty(std::string& text, boost::json::value const& value, std::size_t depth)
{
    auto const open_line = [&](std::size_t at) { text.append("\n").append(2 * at, ' '); };
    char const* comma = "";
    if (auto const* list = value.if_array(); list != nullptr && !list->empty()) {
        text += '[';
        for (auto const& item : *list) {
            text += std::exchange(comma, ",");
            open_line(depth + 1);
            append_pretty(text, item, depth + 1);
        }
        open_line(depth);
        text += ']';
    } else if (auto const* object = value.if_object(); object != nullptr && !object->empty()) {
        text += '{';
        for (auto const& [key, member] : *object) {
            text += std::exchange(comma, ",");
            open_line(depth + 1);
            text += boost::json::serialize(boost::json::string(key)) + ": ";
            append_pretty(text, member, depth + 1);
        }
        open_line(depth);
        text += '}';
    } else {
        text += boost::json::serialize(value);
    }
}
}  // namespace detail

/// Two spaces a level, ends in a line feed.
inline std::string pretty_json(boost::json::value const& value)
{
    std::string text;
    detail::append_pretty(text, value, 0);
    return text + "\n";
}
}  // namespace acrx::cli
#endif
