// Bodies of server/step_json.hpp: steps, values, platforms.
#ifndef ACRX_SERVER_IMPL_STEP_JSON_IPP
#define ACRX_SERVER_IMPL_STEP_JSON_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/base64.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/server/arm_error.hpp>
#include <acrx/server/step_json.hpp>

#include <boost/json/value.hpp>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace acrx {
namespace detail {
inline void read_encoded(json_fields const& from, std::string_view name, std::string& into)
{
    std::string text;
    from.read(name, text);
    if (!from.has(name))
        return;
    auto const plain = from_base64(text);
    if (!plain)
        from.refuse(name, "base64");
    into = *plain;
}

template<class Step>
Step& kind_of(step_kind_definition& what)
{
    if (!std::holds_alternative<Step>(what))
        what.emplace<Step>();
    return std::get<Step>(what);
}
}  // namespace detail

ACRX_DECL boost::json::array to_json(std::vector<named_value> const& values)
{
    boost::json::array list;
    for (auto const& each : values) {
        boost::json::object one;
        one["name"] = each.name;
        if (!each.is_secret || !each.value.empty())
            one["value"] = each.value;
        one["isSecret"] = each.is_secret;
        list.push_back(std::move(one));
    }
    return list;
}

ACRX_DECL void read_values(detail::json_fields const& from, std::string_view name, std::vector<named_value>& into)
{
    auto const given = from.objects(name);
    if (!given)
        return;
    auto const before = std::exchange(into, {});
    for (auto const& each : *given) {
        named_value one;
        one.name = each.required("name");
        each.read("isSecret", one.is_secret);
        for (auto const& known : before)  // a secret that is not sent again stays
            if (one.is_secret && known.is_secret && known.name == one.name)
                one.value = known.value;
        each.read("value", one.value);
        into.push_back(std::move(one));
    }
}

ACRX_DECL void read_fields(detail::json_fields const& from, docker_step& into)
{
    from.read("imageNames", into.images);
    from.read("isPushEnabled", into.is_push_enabled);
    from.read("noCache", into.no_cache);
    from.read("dockerFilePath", into.dockerfile);
    from.read("target", into.target);
    read_values(from, "arguments", into.arguments);
    from.read("platforms", into.platforms);
    for (auto const& name : into.platforms)
        if (parse_platform(name).os != "linux")
            from.refuse("platforms", "a list of linux/ARCHITECTURE[/VARIANT]");
}

ACRX_DECL void read_fields(detail::json_fields const& from, file_step& into)
{
    from.read("taskFilePath", into.task_file);
    from.read("valuesFilePath", into.values_file);
    read_values(from, "values", into.values);
}

ACRX_DECL void read_fields(detail::json_fields const& from, text_step& into)
{
    detail::read_encoded(from, "encodedTaskContent", into.task);
    detail::read_encoded(from, "encodedValuesContent", into.values);
    read_values(from, "values", into.named_values);
}

ACRX_DECL void put_fields(boost::json::object& into, docker_step const& step)
{
    into["imageNames"] = detail::to_json_list(step.images);
    into["isPushEnabled"] = step.is_push_enabled;
    into["noCache"] = step.no_cache;
    into["dockerFilePath"] = step.dockerfile;
    detail::put(into, "target", step.target);
    into["arguments"] = to_json(step.arguments);
    if (!step.platforms.empty())  // what ACR has not, its clients need not see
        into["platforms"] = detail::to_json_list(step.platforms);
}

ACRX_DECL void put_fields(boost::json::object& into, file_step const& step)
{
    into["taskFilePath"] = step.task_file;
    detail::put(into, "valuesFilePath", step.values_file);
    into["values"] = to_json(step.values);
}

ACRX_DECL void put_fields(boost::json::object& into, text_step const& step)
{
    into["encodedTaskContent"] = to_base64(step.task);
    detail::put(into, "encodedValuesContent", to_base64(step.values));
    into["values"] = to_json(step.named_values);
}

ACRX_DECL boost::json::object to_json(step_definition const& step)
{
    static constexpr std::array<std::string_view, 3> types{"Docker", "FileTask", "EncodedTask"};
    boost::json::object made;
    made["type"] = types[step.what.index()];
    detail::put(made, "contextPath", step.context);
    detail::put(made, "contextAccessToken", step.context_token);
    std::visit([&](auto const& kind) { put_fields(made, kind); }, step.what);
    return made;
}

ACRX_DECL void read_step(detail::json_fields const& from, step_definition& into)
{
    auto const type = from.word("type", {"Docker", "FileTask", "EncodedTask"});
    if (!type)
        from.refuse("type", "Docker, FileTask or EncodedTask");
    from.read("contextPath", into.context);
    from.read("contextAccessToken", into.context_token);
    switch (*type) {
    case 0: read_fields(from, detail::kind_of<docker_step>(into.what)); break;
    case 1: read_fields(from, detail::kind_of<file_step>(into.what)); break;
    default: read_fields(from, detail::kind_of<text_step>(into.what)); break;
    }
}

ACRX_DECL boost::json::object to_json(platform const& p)
{
    boost::json::object made;
    made["os"] = p.os;
    made["architecture"] = p.architecture;
    detail::put(made, "variant", p.variant);
    return made;
}

ACRX_DECL void read_platform(detail::json_fields const& from, platform& into)
{
    auto const given = from.object("platform");
    if (!given)
        return;
    given->read("os", into.os);
    given->read("architecture", into.architecture);
    given->read("variant", into.variant);
    into.os = ascii_lower(into.os);
    into.architecture = ascii_lower(into.architecture);
    if (into.architecture == "x86")
        into.architecture = "386";
    if (into.os != "linux")
        given->refuse("os", "linux: other systems are not supported");
}

ACRX_DECL boost::json::object to_json_agent(unsigned cpu)
{
    boost::json::object made;
    made["cpu"] = cpu;
    return made;
}

ACRX_DECL void read_cpu(detail::json_fields const& from, unsigned& into)
{
    if (auto const agent = from.object("agentConfiguration"))
        agent->read("cpu", into, 1, 1024);
}

ACRX_DECL void read_timeout(detail::json_fields const& from, std::chrono::seconds& into)
{
    auto seconds = static_cast<unsigned>(into.count());
    from.read("timeout", seconds, 300, 28800);
    into = std::chrono::seconds(seconds);
}
}  // namespace acrx
#endif
