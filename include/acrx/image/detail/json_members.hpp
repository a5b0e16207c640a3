// Members that manifests and configs share, to and from JSON; empty ones are left out.
#ifndef ACRX_IMAGE_DETAIL_JSON_MEMBERS_HPP
#define ACRX_IMAGE_DETAIL_JSON_MEMBERS_HPP

#include <acrx/image/json_reader.hpp>
#include <acrx/image/platform.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
inline boost::json::array to_json(std::vector<std::string> const& texts)
{
    boost::json::array result;
    for (auto const& text : texts)
        result.emplace_back(to_json_string(text));
    return result;
}

inline boost::json::object to_json(std::map<std::string, std::string> const& map)
{
    boost::json::object result;
    for (auto const& [key, value] : map)
        result.emplace(to_json_string(key), to_json_string(value));
    return result;
}

/// Adds a member unless it is empty.
inline void put_text(boost::json::object& object, std::string_view name, std::string_view text)
{
    if (!text.empty())
        object.emplace(name, to_json_string(text));
}

template<class Container>
void put_all(boost::json::object& object, std::string_view name, Container const& values)
{
    if (!values.empty())
        object.emplace(name, to_json(values));
}

/// The members of a platform, which an index holds in an object and a config at its top.
inline void put_platform(boost::json::object& object, platform const& p)
{
    object.emplace("architecture", to_json_string(p.architecture));
    object.emplace("os", to_json_string(p.os));
    put_text(object, "os.version", p.os_version);
    put_all(object, "os.features", p.os_features);
    put_text(object, "variant", p.variant);
}

inline platform read_platform(json_reader const& members)
{
    platform p;
    p.architecture = members.string("architecture");
    p.os = members.string("os");
    p.os_version = members.string("os.version");
    p.os_features = members.strings("os.features");
    p.variant = members.string("variant");
    return p;
}
}  // namespace acrx::detail
#endif
