// Members that the records of builds and tasks share.
#ifndef ACRX_CLI_DETAIL_RECORD_MEMBERS_HPP
#define ACRX_CLI_DETAIL_RECORD_MEMBERS_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/image/reference.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>

namespace acrx::cli::detail {
inline boost::json::object image_member(reference const& name, digest const& id)
{
    boost::json::object image;
    image["registry"] = name.domain;
    image["repository"] = name.path;
    if (!name.tag.empty())
        image["tag"] = name.tag;
    if (!id.empty())
        image["digest"] = id.str();
    return image;
}

inline boost::json::value time_member(std::optional<time_point> const& time)
{
    return time ? boost::json::value(to_rfc3339(*time)) : boost::json::value(nullptr);
}
}  // namespace acrx::cli::detail
#endif
