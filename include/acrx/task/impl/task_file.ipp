// Bodies of task/task_file.hpp that read YAML.
#ifndef ACRX_TASK_IMPL_TASK_FILE_IPP
#define ACRX_TASK_IMPL_TASK_FILE_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/base64.hpp>
#include <acrx/task/command_words.hpp>
#include <acrx/task/detail/field_reader.hpp>
#include <acrx/task/detail/finish_task.hpp>
#include <acrx/task/detail/parse_task.hpp>
#include <acrx/task/step_graph.hpp>
#include <acrx/task/task_file.hpp>

#include <cstddef>
#include <utility>

namespace acrx {
namespace detail {
/// A step as it is read: which of build, push and cmd it has is counted.
struct step_draft
{
    task_step step;
    std::vector<step_kind> kinds;
};

/// `K=V` items; quotes around V, which a shell would take away, are taken away.
inline std::vector<std::string> read_env(field_value const& value)
{
    auto items = value.texts();
    for (auto& item : items)
        item = unquote_setting(item);
    return items;
}

inline void read_cache(field_value const& value, step_draft& into)
{
    auto const text = ascii_lower(value.text());
    if (!text.empty() && text != "enabled" && text != "disabled")
        throw task_error(errc::invalid_argument, value.context().file, value.where(),
                         "invalid value for cache property. Valid values are 'enabled', 'disabled', not '" + text
                             + "'");
    into.step.cache = text == "enabled";
}

inline void read_command(field_value const& value, step_kind kind, step_draft& into)
{
    auto text = value.text();
    if (text.find_first_not_of(" \t\r\n") == text.npos)
        return;
    into.kinds.push_back(kind);
    into.step.kind = kind;
    into.step.command = std::move(text);
}

inline void read_push(field_value const& value, step_draft& into)
{
    auto images = value.texts();
    if (images.empty())
        return;
    into.kinds.push_back(step_kind::push);
    into.step.kind = step_kind::push;
    into.step.images = std::move(images);
}

inline constexpr field<volume_mount> mount_fields[] = {
    {"name", [](field_value const& v, volume_mount& m) { m.volume = v.text(); }},
    {"mountPath", [](field_value const& v, volume_mount& m) { m.path = v.text(); }},
};

inline void read_mounts(field_value const& value, step_draft& into)
{
    for (auto const& item : value.items("mounts")) {
        volume_mount mount;
        mount.where = item->where;
        field_value const of_item(value.context(), "volumeMounts", *item);
        read_fields(value.context(), of_item.map("a list of maps with 'name' and 'mountPath'"), "a mount", mount_fields,
                    mount);
        into.step.mounts.push_back(std::move(mount));
    }
}

/// `exitedWith` and `exitedWithout` are read and never used, as in ACR Tasks.
inline void read_exit_codes(field_value const& value, step_draft&)
{
    for (auto const& item : value.items("numbers"))
        static_cast<void>(field_value(value.context(), "exitedWith", *item).integer());
    value.context().warnings.push_back({value.where(), "exit codes of steps are not looked at; this is ignored",
                                        "A step succeeds if it exits with 0; see also ignoreErrors."});
}

inline constexpr field<step_draft> step_fields[] = {
    {"id", [](field_value const& v, step_draft& d) { d.step.id = v.text(); }},
    {"build", [](field_value const& v, step_draft& d) { read_command(v, step_kind::build, d); }},
    {"cmd", [](field_value const& v, step_draft& d) { read_command(v, step_kind::cmd, d); }},
    {"push", read_push},
    {"when", [](field_value const& v, step_draft& d) { d.step.when = v.texts(); }},
    {"timeout", [](field_value const& v, step_draft& d) { d.step.timeout = v.seconds(); }},
    {"startDelay", [](field_value const& v, step_draft& d) { d.step.start_delay = v.seconds(); }},
    {"retries",
     [](field_value const& v, step_draft& d) { d.step.retries = v.count("step must specify retries >= 0"); }},
    {"retryDelay", [](field_value const& v, step_draft& d) { d.step.retry_delay = v.seconds(); }},
    {"retryOnErrors", [](field_value const& v, step_draft& d) { d.step.retry_on_errors = v.texts(); }},
    {"repeat", [](field_value const& v, step_draft& d) { d.step.repeat = v.count("step must specify repeat >= 0"); }},
    {"ignoreErrors", [](field_value const& v, step_draft& d) { d.step.ignore_errors = v.flag(); }},
    {"env", [](field_value const& v, step_draft& d) { d.step.env = read_env(v); }},
    {"workingDirectory", [](field_value const& v, step_draft& d) { d.step.working_directory = v.text(); }},
    {"disableWorkingDirectoryOverride",
     [](field_value const& v, step_draft& d) { d.step.uses_directory_of_image = v.flag(); }},
    {"entryPoint", [](field_value const& v, step_draft& d) { d.step.entry_point = v.text(); }},
    {"user", [](field_value const& v, step_draft& d) { d.step.user = v.text(); }},
    {"network", [](field_value const& v, step_draft& d) { d.step.network = v.text(); }},
    {"isolation", [](field_value const& v, step_draft& d) { d.step.isolation = v.text(); }},
    {"cpus", [](field_value const& v, step_draft& d) { d.step.cpus = v.text(); }},
    {"privileged", [](field_value const& v, step_draft& d) { d.step.privileged = v.flag(); }},
    {"ports", [](field_value const& v, step_draft& d) { d.step.ports = v.texts(); }},
    {"expose", [](field_value const& v, step_draft& d) { d.step.expose = v.texts(); }},
    {"detach", [](field_value const& v, step_draft& d) { d.step.detach = v.flag(); }},
    {"keep", [](field_value const& v, step_draft& d) { d.step.keep = v.flag(); }},
    {"pull", [](field_value const& v, step_draft& d) { d.step.pull = v.flag(); }},
    {"cmdDownloadRetries", [](field_value const& v, step_draft& d) { d.step.download_retries = v.count(); }},
    {"cmdDownloadRetryDelay", [](field_value const& v, step_draft& d) { d.step.download_retry_delay = v.seconds(); }},
    {"cache", read_cache},
    {"volumeMounts", read_mounts},
    {"exitedWith", read_exit_codes},
    {"exitedWithout", read_exit_codes},
};

/// @param warnings  how many there were before this step
inline void check_kind(field_context const& in, step_draft const& draft, source_place where, std::size_t warnings)
{
    auto const& id = draft.step.id;
    auto const of_step = id.empty() ? std::string{} : "step '" + id + "': ";
    if (draft.kinds.size() > 1) {
        std::string kinds;
        for (auto const kind : draft.kinds)
            kinds += (kinds.empty() ? "" : " and ") + std::string(to_string(kind));
        throw task_error(errc::invalid_argument, in.file, where,
                         of_step + "step must only contain a single build, cmd, or push property",
                         "This one has " + kinds + ": make a step of each.");
    }
    if (!draft.kinds.empty())
        return;
    std::string advice = "Give it one of the three that is not empty.";
    for (auto i = warnings; i < in.warnings.size(); ++i)
        if (!in.warnings[i].advice.empty())
            advice = in.warnings[i].text + ". " + in.warnings[i].advice;
    throw task_error(errc::invalid_argument, in.file, where,
                     of_step + "step is missing a cmd, build, or push property", advice);
}

inline void read_steps(field_value const& value, task_file& into)
{
    auto const items = value.items("steps");
    if (items.size() > task_file::max_steps)
        throw task_error(errc::invalid_argument, value.context().file, value.where(),
                         std::to_string(items.size()) + " steps are too many",
                         "At most " + std::to_string(task_file::max_steps) + " are allowed.");
    for (auto const& item : items) {
        step_draft draft;
        auto const warnings = value.context().warnings.size();
        auto const& map =
            field_value(value.context(), "steps", *item).map("a list of maps, each with build, cmd or push");
        read_fields(value.context(), map, "a step", step_fields, draft);
        draft.step.where = item->where;
        check_kind(value.context(), draft, item->where, warnings);
        into.steps.push_back(std::move(draft.step));
    }
}

inline constexpr field<task_network> network_fields[] = {
    {"name", [](field_value const& v, task_network& n) { n.name = v.text(); }},
    {"driver", [](field_value const& v, task_network& n) { n.driver = v.text(); }},
    {"ipv6", [](field_value const& v, task_network& n) { n.ipv6 = v.flag(); }},
    {"skipCreation", [](field_value const& v, task_network& n) { n.skip_creation = v.flag(); }},
    {"isDefault", [](field_value const& v, task_network& n) { n.is_default = v.flag(); }},
};

inline constexpr field<secret_definition> secret_fields[] = {
    {"id", [](field_value const& v, secret_definition& s) { s.id = v.text(); }},
    {"keyvault", [](field_value const& v, secret_definition& s) { s.keyvault = v.text(); }},
    {"clientID", [](field_value const& v, secret_definition& s) { s.client_id = v.text(); }},
};

inline void read_secret_files(field_value const& value, task_volume& into)
{
    for (auto const& [name, content] : value.map("a map of file names to base64").entries) {
        auto const decoded = from_base64(field_value(value.context(), "secret", *content).text());
        if (!decoded)
            throw task_error(errc::invalid_argument, value.context().file, content->where,
                             "file '" + name->text
                                 + "': failed to decode Base64 value. please make sure value provided "
                                   "is Base64 encoded",
                             "In a template, add '| b64enc'.");
        into.files.insert_or_assign(name->text, *decoded);
    }
}

inline constexpr field<task_volume> volume_fields[] = {
    {"name", [](field_value const& v, task_volume& o) { o.name = v.text(); }},
    {"secret", read_secret_files},
};

/// Reads a list of maps, each into one value.
template<class T, std::size_t Size>
void read_all(field_value const& value, std::string_view what, field<T> const (&fields)[Size], std::vector<T>& into)
{
    for (auto const& item : value.items(std::string(what) + "s")) {
        T one{};
        one.where = item->where;
        auto const& map = field_value(value.context(), what, *item).map("a map");
        read_fields(value.context(), map, "a " + std::string(what), fields, one);
        into.push_back(std::move(one));
    }
}

inline void read_version(field_value const& value, task_file& into)
{
    if (auto const text = value.text(); !text.empty())
        into.version = checked_version(text, value.context().file, value.where());
}

inline void read_secrets(field_value const& value, task_file& into)
{
    read_all(value, "secret", secret_fields, into.secrets);
}

inline void warn_of_alias(field_value const& value, task_file&)
{
    value.context().warnings.push_back(
        {value.where(), "aliases have no effect in this version of task files", "Write 'version: v1.1.0'."});
}

inline constexpr field<task_file> task_fields[] = {
    {"version", read_version},
    {"steps", read_steps},
    {"stepTimeout", [](field_value const& v, task_file& t) { t.step_timeout = v.seconds(); }},
    {"workingDirectory", [](field_value const& v, task_file& t) { t.working_directory = v.text(); }},
    {"env", [](field_value const& v, task_file& t) { t.env = read_env(v); }},
    {"secrets", read_secrets},
    {"networks", [](field_value const& v, task_file& t) { read_all(v, "network", network_fields, t.networks); }},
    {"volumes", [](field_value const& v, task_file& t) { read_all(v, "volume", volume_fields, t.volumes); }},
    {"alias", warn_of_alias},
};

/// The map that a task file is; null if it is empty.
inline yaml_ptr task_map(numbered_text const& text, std::string const& file)
{
    if (text.text.size() > task_file::max_text)
        throw task_error(errc::invalid_argument, file, {}, "this task is too large",
                         "At most " + std::to_string(task_file::max_text) + " bytes are allowed.");
    auto root = parse_yaml(text, file);
    if (!root || root->is_null())
        return nullptr;
    if (root->kind != yaml_kind::map)
        throw task_error(errc::syntax, file, root->where, "a task must be a map with 'steps'",
                         "Begin with 'steps:', and list the steps below it.");
    return root;
}

ACRX_DECL task_file read_task(numbered_text const& text, std::string const& file, std::vector<std::string> const& env)
{
    task_file task;
    task.file = file;
    if (auto const root = task_map(text, file)) {
        field_context in{.file = file, .warnings = task.warnings};
        read_fields(in, *root, "a task", task_fields, task);
    }
    auto done = finish_task(std::move(task), env);
    step_graph const check(done.steps, file);
    return done;
}

ACRX_DECL std::vector<secret_definition> parse_secret_definitions(numbered_text const& text, std::string const& file)
{
    task_file task;
    task.file = file;
    auto const root = task_map(text, file);
    if (!root)
        return {};
    field_context in{.file = file, .warnings = task.warnings};
    for (auto const& [key, value] : root->entries)
        if (key->text == "secrets")
            read_secrets(field_value(in, "secrets", *value), task);
    check_secrets(task);
    return task.secrets;
}
}  // namespace detail

ACRX_DECL task_file parse_task_file(std::string_view text, std::string const& file, std::vector<std::string> const& env)
{
    return detail::read_task({std::string(text), {}}, file, env);
}
}  // namespace acrx
#endif
