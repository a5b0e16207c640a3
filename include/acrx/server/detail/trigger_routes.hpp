// The route of what starts which task: base images and timers.
#ifndef ACRX_SERVER_DETAIL_TRIGGER_ROUTES_HPP
#define ACRX_SERVER_DETAIL_TRIGGER_ROUTES_HPP

#include <acrx/core/clock.hpp>
#include <acrx/server/detail/api_call.hpp>
#include <acrx/server/detail/json_fields.hpp>
#include <acrx/triggered_runner/trigger_overview.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <utility>

namespace acrx::detail {
inline boost::json::object to_json(watched_image const& image)
{
    boost::json::object made;
    made["image"] = image.image;
    put(made, "digest", image.digest.str());
    made["tasks"] = to_json_list(image.tasks);
    made["pushedBy"] = to_json_list(image.makers);
    return made;
}

inline boost::json::object to_json(next_tick const& tick)
{
    boost::json::object made;
    made["task"] = tick.task;
    made["name"] = tick.timer;
    made["schedule"] = tick.schedule;
    made["next"] = to_rfc3339(tick.at);
    return made;
}

/// `GET …/triggers`: no route of ACR, but the only answer to what will run next, and why.
template<class Service>
net::awaitable<http_reply> serve_triggers(Service& service, api_call& call)
{
    if (!call.is_method("GET"))
        call.refuse_method("GET");
    auto const overview = co_await service.triggers();
    boost::json::array images;
    for (auto const& each : overview.images)
        images.push_back(to_json(each));
    boost::json::array timers;
    for (auto const& each : overview.ticks)
        timers.push_back(to_json(each));
    boost::json::object body;
    body["baseImages"] = std::move(images);
    body["timers"] = std::move(timers);
    co_return json_reply(200, body);
}
}  // namespace acrx::detail
#endif
