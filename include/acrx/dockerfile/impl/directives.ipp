// Bodies of dockerfile/detail/directives.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_DIRECTIVES_IPP
#define ACRX_DOCKERFILE_IMPL_DIRECTIVES_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/dockerfile/detail/directives.hpp>
#include <acrx/dockerfile/detail/text.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

namespace acrx::dockerfile::detail {
ACRX_DECL bool directive_zone::take(std::string_view line, int number)
{
    if (done_)
        return false;
    done_ = true;
    if (!line.starts_with(comment_))
        return false;
    line = trim(line.substr(comment_.size()));
    auto const alphanumeric = [](char c) {
        return is_digit(static_cast<unsigned char>(c)) || is_letter(static_cast<unsigned char>(c) & 0x7fU);
    };
    std::size_t end = 0;
    while (end < line.size() && static_cast<unsigned char>(line[end]) < 0x80 && alphanumeric(line[end]))
        ++end;
    auto const name = ascii_lower(line.substr(0, end));
    auto const rest = trim_left(line.substr(end));
    if (name != "syntax" && name != "escape" && name != "check")
        return false;
    auto const value = rest.starts_with('=') ? trim(rest.substr(1)) : std::string_view();
    if (value.empty())
        return false;
    if (std::any_of(found_.begin(), found_.end(), [&](auto const& d) { return d.name == name; }))
        throw parse_error(errc::syntax, {}, "only one " + name + " parser directive can be used");
    found_.push_back({name, std::string(value), number});
    done_ = false;
    return true;
}

inline std::optional<std::string> detect_in_comments(std::string_view text, std::string_view name,
                                                     std::string_view comment)
{
    directive_zone zone(comment);
    try {
        for (bool more = true; more && !text.empty();) {
            auto const end = std::min(text.find('\n'), text.size());
            more = zone.take(trim_right(text.substr(0, end)), 0);
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    } catch (parse_error const&) {
        return {};  // a directive that is given twice is reported by the parser
    }
    for (auto const& d : zone.found())
        if (d.name == name)
            return d.value;
    return {};
}

ACRX_DECL std::optional<std::string> detect_directive(std::string_view text, std::string_view name, bool any_notation)
{
    if (text.starts_with("#!"))
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    if (auto value = detect_in_comments(text, name, "#"))
        return value;
    if (!any_notation)
        return {};
    if (auto value = detect_in_comments(text, name, "//"))
        return value;
    if (!trim_left(text).starts_with('{'))
        return {};
    boost::system::error_code failure;
    auto const document = boost::json::parse({text.data(), text.size()}, failure);
    if (failure || !document.is_object())
        return {};
    auto const member = document.get_object().if_contains({name.data(), name.size()});
    if (member == nullptr || !member->is_string())
        return {};
    return std::string(member->get_string().c_str());
}
}  // namespace acrx::dockerfile::detail
#endif
