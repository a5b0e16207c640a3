// Bodies of http/message.hpp.
#ifndef ACRX_HTTP_IMPL_MESSAGE_IPP
#define ACRX_HTTP_IMPL_MESSAGE_IPP
#include <acrx/core/error.hpp>
#include <acrx/http/message.hpp>

#include <algorithm>

namespace acrx {
namespace detail {
inline bool same_name(std::string_view a, std::string_view b)
{
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

/// A line break would let a value add fields, or a whole request, of its own.
inline void check_field(std::string const& name, std::string const& value)
{
    using namespace std::string_view_literals;
    if (name.empty() || name.find_first_of(": \t\r\n\0"sv) != name.npos || value.find_first_of("\r\n\0"sv) != value.npos)
        throw error(errc::invalid_argument, "setting the HTTP header field `" + name.substr(0, name.find_first_of("\r\n")) + "`");
}
}  // namespace detail

ACRX_DECL std::string_view http_headers::get(std::string_view name) const
{
    for (auto const& f : fields_)
        if (detail::same_name(f.name, name))
            return f.value;
    return {};
}

ACRX_DECL bool http_headers::has(std::string_view name) const
{
    return std::any_of(begin(), end(), [&](field const& f) { return detail::same_name(f.name, name); });
}

ACRX_DECL std::vector<std::string> http_headers::all(std::string_view name) const
{
    std::vector<std::string> values;
    for (auto const& f : fields_)
        if (detail::same_name(f.name, name))
            values.push_back(f.value);
    return values;
}

ACRX_DECL void http_headers::set(std::string name, std::string value)
{
    detail::check_field(name, value);
    erase(name);
    fields_.push_back({std::move(name), std::move(value)});
}

ACRX_DECL void http_headers::add(std::string name, std::string value)
{
    detail::check_field(name, value);
    fields_.push_back({std::move(name), std::move(value)});
}

ACRX_DECL void http_headers::erase(std::string_view name)
{
    std::erase_if(fields_, [&](field const& f) { return detail::same_name(f.name, name); });
}
}  // namespace acrx
#endif
