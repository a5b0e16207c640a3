// Bodies of image/image_config.hpp.
#ifndef ACRX_IMAGE_IMPL_IMAGE_CONFIG_IPP
#define ACRX_IMAGE_IMPL_IMAGE_CONFIG_IPP
#include <acrx/core/error.hpp>
#include <acrx/image/detail/json_members.hpp>
#include <acrx/image/json_reader.hpp>
#include <acrx/image/image_config.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace acrx {
namespace detail {
/// Members of old Docker versions that describe the container an image was made in; not carried on.
inline constexpr std::string_view forgotten_config_members[] = {"container", "container_config", "docker_version", "id",
                                                                "parent"};
inline constexpr std::string_view config_members[] = {"created",     "author",  "architecture", "os",    "os.version",
                                                      "os.features", "variant", "config",       "rootfs", "history"};
inline constexpr std::string_view run_config_members[] = {
    "User",   "ExposedPorts", "Env",         "Entrypoint",  "Cmd",     "Volumes", "WorkingDir",
    "Labels", "StopSignal",   "ArgsEscaped", "Healthcheck", "OnBuild", "Shell"};

/// Go writes the absence of a time as its year 1, which nanoseconds since 1970 cannot hold.
inline std::optional<time_point> read_time(json_reader const& members, std::string_view name)
{
    auto const text = members.string(name);
    if (text.empty() || text.starts_with("0001-01-01T"))
        return std::nullopt;
    try {
        return parse_rfc3339(text);
    } catch (error const&) {
        members.refuse(name, "is not a time: \"" + text.substr(0, 64) + "\"");
    }
}

inline void put_time(boost::json::object& object, std::string_view name, std::optional<time_point> const& time)
{
    if (time)
        object.emplace(name, to_rfc3339(*time));
}

inline std::optional<std::vector<std::string>> read_command(json_reader const& members, std::string_view name)
{
    if (!members.has(name))
        return std::nullopt;
    return members.strings(name);
}

inline std::set<std::string> read_set(json_reader const& members, std::string_view name)
{
    auto const keys = members.keys(name);
    return {keys.begin(), keys.end()};
}

inline void put_set(boost::json::object& object, std::string_view name, std::set<std::string> const& keys)
{
    if (keys.empty())
        return;
    boost::json::object members;
    for (auto const& key : keys)
        members.emplace(to_json_string(key), boost::json::object());
    object.emplace(name, std::move(members));
}

inline boost::json::object read_others(json_reader const& members, std::span<std::string_view const> known,
                                       std::span<std::string_view const> forgotten = {})
{
    boost::json::object others;
    for (auto const& member : members.raw()) {
        std::string_view const key = member.key();
        if (!member.value().is_null() && std::ranges::find(known, key) == known.end()
            && std::ranges::find(forgotten, key) == forgotten.end())
            others.emplace(key, member.value());
    }
    return others;
}

inline void put_others(boost::json::object& object, boost::json::object const& others)
{
    for (auto const& member : others)
        object.emplace(member.key(), member.value());
}

inline health_check read_health_check(json_reader const& members)
{
    health_check check;
    check.test = members.strings("Test");
    check.interval = std::chrono::nanoseconds(members.integer("Interval"));
    check.timeout = std::chrono::nanoseconds(members.integer("Timeout"));
    check.start_period = std::chrono::nanoseconds(members.integer("StartPeriod"));
    check.start_interval = std::chrono::nanoseconds(members.integer("StartInterval"));
    auto const retries = members.integer("Retries");
    if (!std::in_range<int>(retries))
        members.refuse("Retries", "is too large");
    check.retries = static_cast<int>(retries);
    return check;
}

inline boost::json::object to_json(health_check const& check)
{
    boost::json::object members;
    auto const put = [&members](std::string_view name, std::int64_t number) {
        if (number != 0)
            members.emplace(name, number);
    };
    put_all(members, "Test", check.test);
    put("Interval", check.interval.count());
    put("Timeout", check.timeout.count());
    put("StartPeriod", check.start_period.count());
    put("StartInterval", check.start_interval.count());
    put("Retries", check.retries);
    return members;
}

inline run_config read_run_config(json_reader const& members)
{
    run_config config;
    config.user = members.string("User");
    config.exposed_ports = read_set(members, "ExposedPorts");
    config.env = members.strings("Env");
    config.entrypoint = read_command(members, "Entrypoint");
    config.cmd = read_command(members, "Cmd");
    config.volumes = read_set(members, "Volumes");
    config.working_dir = members.string("WorkingDir");
    config.labels = members.string_map("Labels");
    config.stop_signal = members.string("StopSignal");
    config.args_escaped = members.boolean("ArgsEscaped");
    if (auto const check = members.object("Healthcheck"))
        config.healthcheck = read_health_check(*check);
    config.on_build = members.strings("OnBuild");
    config.shell = members.strings("Shell");
    config.others = read_others(members, run_config_members);
    return config;
}

inline boost::json::object to_json(run_config const& config)
{
    boost::json::object members;
    put_text(members, "User", config.user);
    put_set(members, "ExposedPorts", config.exposed_ports);
    members.emplace("Env", to_json(config.env));
    put_all(members, "Entrypoint", config.entrypoint.value_or(std::vector<std::string>()));
    put_all(members, "Cmd", config.cmd.value_or(std::vector<std::string>()));
    put_set(members, "Volumes", config.volumes);
    put_text(members, "WorkingDir", config.working_dir);
    put_all(members, "Labels", config.labels);
    put_text(members, "StopSignal", config.stop_signal);
    if (config.args_escaped)
        members.emplace("ArgsEscaped", true);
    if (config.healthcheck)
        members.emplace("Healthcheck", to_json(*config.healthcheck));
    put_all(members, "OnBuild", config.on_build);
    put_all(members, "Shell", config.shell);
    put_others(members, config.others);
    return members;
}

inline history_entry read_history_entry(json_reader const& members)
{
    history_entry entry;
    entry.created = read_time(members, "created");
    entry.created_by = members.string("created_by");
    entry.author = members.string("author");
    entry.comment = members.string("comment");
    entry.empty_layer = members.boolean("empty_layer");
    return entry;
}

inline boost::json::object to_json(history_entry const& entry)
{
    boost::json::object members;
    put_time(members, "created", entry.created);
    put_text(members, "created_by", entry.created_by);
    put_text(members, "author", entry.author);
    put_text(members, "comment", entry.comment);
    if (entry.empty_layer)
        members.emplace("empty_layer", true);
    return members;
}

inline std::vector<digest> read_diff_ids(json_reader const& document)
{
    std::vector<digest> result;
    auto const rootfs = document.object("rootfs");
    if (!rootfs)
        return result;
    if (auto const type = rootfs->string("type"); !type.empty() && type != "layers")
        rootfs->refuse("type", "is \"" + type.substr(0, 64) + "\" and not \"layers\"");
    for (auto const& text : rootfs->strings("diff_ids")) {
        try {
            result.push_back(digest::parse(text));
        } catch (error const&) {
            rootfs->refuse("diff_ids[" + std::to_string(result.size()) + "]",
                           "is not a digest that can be verified: \"" + text.substr(0, 200) + "\"");
        }
    }
    return result;
}
}  // namespace detail

ACRX_DECL image_config parse_image_config(std::string_view bytes)
{
    std::string const doing = "reading an image config";
    auto const object = detail::parse_json_object(bytes, doing);
    detail::json_reader const document(object, doing);
    image_config config;
    config.created = detail::read_time(document, "created");
    config.author = document.string("author");
    config.platform = detail::read_platform(document);
    if (auto const members = document.object("config"))
        config.config = detail::read_run_config(*members);
    config.diff_ids = detail::read_diff_ids(document);
    for (auto const& entry : document.objects("history"))
        config.history.push_back(detail::read_history_entry(entry));
    config.others = detail::read_others(document, detail::config_members, detail::forgotten_config_members);
    return config;
}

ACRX_DECL std::string to_json_text(image_config const& config)
{
    boost::json::object document;
    detail::put_time(document, "created", config.created);
    detail::put_text(document, "author", config.author);
    detail::put_platform(document, config.platform);
    document.emplace("config", detail::to_json(config.config));
    boost::json::array diff_ids;
    for (auto const& id : config.diff_ids)
        diff_ids.emplace_back(id.str());
    boost::json::object rootfs;
    rootfs.emplace("type", "layers");
    rootfs.emplace("diff_ids", std::move(diff_ids));
    document.emplace("rootfs", std::move(rootfs));
    boost::json::array history;
    for (auto const& entry : config.history)
        history.emplace_back(detail::to_json(entry));
    if (!history.empty())
        document.emplace("history", std::move(history));
    detail::put_others(document, config.others);
    return boost::json::serialize(document);
}

ACRX_DECL std::optional<std::string> find_env(std::vector<std::string> const& env, std::string_view name)
{
    for (auto const& entry : env)
        if (entry.size() > name.size() && entry[name.size()] == '=' && entry.starts_with(name))
            return entry.substr(name.size() + 1);
    return std::nullopt;
}

ACRX_DECL void set_env(std::vector<std::string>& env, std::string_view name, std::string_view value)
{
    auto const is_same = [name](std::string const& entry) { return entry.substr(0, entry.find('=')) == name; };
    auto text = std::string(name) + "=" + std::string(value);
    if (auto const place = std::ranges::find_if(env, is_same); place != env.end())
        *place = std::move(text);
    else
        env.push_back(std::move(text));
}

ACRX_DECL digest chain_id(digest const& parent, digest const& diff_id)
{
    return parent.empty() ? diff_id : digest_of(parent.str() + " " + diff_id.str());
}
}  // namespace acrx
#endif
