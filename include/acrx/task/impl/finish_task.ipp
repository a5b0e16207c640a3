// Bodies of task/task_file.hpp and task/detail/finish_task.hpp that check and complete.
#ifndef ACRX_TASK_IMPL_FINISH_TASK_IPP
#define ACRX_TASK_IMPL_FINISH_TASK_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/task/detail/finish_task.hpp>
#include <acrx/task/task_file.hpp>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>

namespace acrx {
namespace detail {
inline constexpr std::string_view alphanumerics = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

inline bool consists_of(std::string_view text, std::string_view more)
{
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return alphanumerics.find(c) != alphanumerics.npos || more.find(c) != more.npos;
    });
}

inline bool has_blank(std::string_view text)
{
    return text.find_first_of(" \t\r\n\v\f") != text.npos;
}

ACRX_DECL std::string checked_version(std::string const& text, std::string const& file, source_place where)
{
    for (auto const* known : {"1.0-preview-1", "v1.0.0", "v1.1.0"})
        if (ascii_lower(text) == known)
            return known;
    throw task_error(errc::invalid_argument, file, where,
                     "invalid version specified: \"" + text + "\", the current version is \"v1.0.0\"",
                     "Known versions are v1.1.0, v1.0.0 and 1.0-preview-1.");
}

inline bool is_guid(std::string_view text)
{
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (is_dash ? text[i] != '-'
                    : std::string_view("0123456789abcdefABCDEF").find(text[i]) == std::string_view::npos)
            return false;
    }
    return true;
}

ACRX_DECL void check_secrets(task_file const& task)
{
    std::set<std::string> ids;
    for (auto const& secret : task.secrets) {
        auto const refuse = [&](std::string const& what, std::string advice = {}) {
            throw task_error(errc::invalid_argument, task.file, secret.where,
                             "failed to validate secret with ID: " + secret.id + ": " + what, std::move(advice));
        };
        if (secret.id.empty())
            refuse("secret is missing an ID as well as auto-generated ID");
        if (has_blank(secret.id))
            refuse("secret ID cannot contain spaces");
        if (secret.keyvault.empty())
            refuse("secret should contain either keyvault property for vault secret, or msi clientID/aadResourceId for "
                   "msi "
                   "authentication",
                   "Write 'keyvault: URL'.");
        if (!secret.client_id.empty() && !is_guid(secret.client_id))
            refuse("msi client ID is not a valid guid",
                   "'" + secret.client_id
                       + "' should be eight hexadecimal digits, "
                         "then three times four, then twelve, with dashes between.");
        if (!ids.insert(secret.id).second)
            throw task_error(errc::invalid_argument, task.file, secret.where,
                             "duplicate secret found with ID: " + secret.id);
    }
}

ACRX_DECL void check_volumes(task_file const& task)
{
    std::set<std::string> names;
    for (auto const& volume : task.volumes) {
        auto const refuse = [&](std::string const& what, std::string advice = {}) {
            throw task_error(errc::invalid_argument, task.file, volume.where, what, std::move(advice));
        };
        if (volume.name.empty())
            refuse("volume name is empty");
        if (!consists_of(volume.name, "-_"))
            refuse("volume name is not well formed. Only use alphanumeric and - _: '" + volume.name + "'");
        if (volume.files.empty())
            refuse("volume '" + volume.name + "': secret is empty",
                   "Write 'secret:', and below it 'FILE: BASE64'; there are no other sources.");
        for (auto const& [name, content] : volume.files)
            if (name.empty() || name == "." || name == ".." || !consists_of(name, "-_."))
                refuse("file name, " + name + ", is not well formed. Only use alphanumeric and - _ .");
        if (!names.insert(volume.name).second)
            refuse("volume with duplicate name found: '" + volume.name + "'");
    }
}

ACRX_DECL void check_mounts(task_file const& task, task_step const& step)
{
    std::set<std::string> paths;
    for (auto const& mount : step.mounts) {
        auto const refuse = [&](std::string const& what, std::string advice = {}) {
            throw task_error(errc::invalid_argument, task.file, mount.where.line != 0 ? mount.where : step.where,
                             "step '" + step.id + "': " + what, std::move(advice));
        };
        if (step.kind == step_kind::push)
            refuse(
                "invalid use of Mounts. Mounts must have unique container paths and only used for cmd or build steps");
        if (mount.volume.empty() || mount.path.empty())
            refuse("mount name or mount path is empty");
        if (std::none_of(task.volumes.begin(), task.volumes.end(),
                         [&](auto const& v) { return v.name == mount.volume; }))
            refuse("mount name, " + mount.volume + ", does not correspond to a volume");
        if (!mount.path.starts_with('/') || mount.path.find('\0') != mount.path.npos)
            refuse("mount path '" + mount.path + "' is not absolute", "Begin it with '/'.");
        if (!paths.insert(std::filesystem::path(mount.path + '/').lexically_normal()).second)
            refuse("mount with duplicate container file path found: '" + mount.path + "'");
    }
}

ACRX_DECL std::string folder_of_step(std::string const& folder)
{
    auto clean = (std::filesystem::path("/workspace") / folder).lexically_normal().string();
    if (clean.starts_with("//"))
        clean.erase(0, 1);
    while (clean.size() > 1 && clean.ends_with('/'))
        clean.pop_back();
    return clean;
}

inline void check_networks(task_file& task)
{
    std::set<std::string> names;
    for (auto const& network : task.networks) {
        if (network.name.empty())
            throw task_error(errc::invalid_argument, task.file, network.where, "network name is empty");
        if (!consists_of(network.name, "-_.") || network.name.find_first_of("-_.") == 0)
            throw task_error(errc::invalid_argument, task.file, network.where,
                             "network name '" + network.name + "' is not well formed",
                             "Use letters, digits, '-', '_' and '.', and begin with a letter or a digit.");
        if (!names.insert(network.name).second)
            throw task_error(errc::invalid_argument, task.file, network.where,
                             "network with duplicate name found: '" + network.name + "'");
    }
    if (task.networks.empty())
        task.networks.push_back({.name = "acb_default_network", .driver = "bridge", .is_default = true});
}

inline std::string default_network(task_file const& task)
{
    std::string name;
    for (auto const& network : task.networks)
        if (network.is_default)
            name = network.name;
    return name;
}

inline void check_id(task_file const& task, task_step const& step)
{
    if (has_blank(step.id))
        throw task_error(errc::invalid_argument, task.file, step.where,
                         "step ID cannot contain spaces: '" + step.id + "'");
    if (!consists_of(step.id, "-_.") || step.id.find_first_of("-_.") == 0)
        throw task_error(errc::invalid_argument, task.file, step.where,
                         "step ID '" + step.id + "' cannot name a container",
                         "Use letters, digits, '-', '_' and '.', and begin with a letter or a digit.");
}

inline std::vector<std::string> without_repetition(std::vector<std::string> const& all)
{
    std::vector<std::string> once;
    std::set<std::string_view> seen;
    for (auto const& one : all)
        if (seen.insert(one).second)
            once.push_back(one);
    return once;
}

/// `:latest` where there is neither a tag nor a digest; each name once.
inline std::vector<std::string> complete_images(std::vector<std::string> const& images)
{
    std::vector<std::string> complete;
    for (auto image : images) {
        auto const name = image.rfind('/') == image.npos ? 0 : image.rfind('/');
        if (image.find('@') == image.npos && image.find(':', name) == image.npos)
            image += ":latest";
        complete.push_back(std::move(image));
    }
    return without_repetition(complete);
}

inline void check_images(task_file const& task, task_step const& step)
{
    for (auto const& image : step.images)
        if (image.empty() || has_blank(image) || image.starts_with(':') || image.starts_with('@'))
            throw task_error(errc::invalid_argument, task.file, step.where,
                             "step '" + step.id + "': cannot push '" + image + "': this is no image name",
                             "Write '- NAME:TAG' for each image; values of templates may be empty.");
}

inline void complete_step(task_file const& task, task_step& step)
{
    using std::chrono::milliseconds;
    check_id(task, step);
    if (step.kind == step_kind::push ? step.images.empty() : step.command.empty())
        throw task_error(errc::invalid_argument, task.file, step.where,
                         "step '" + step.id + "': step is missing a cmd, build, or push property");
    check_mounts(task, step);
    step.images = complete_images(step.images);
    check_images(task, step);
    if (step.timeout <= milliseconds(0))
        step.timeout = task.step_timeout;
    if (step.retry_delay <= milliseconds(0))
        step.retry_delay = std::chrono::seconds(5);
    step.start_delay = std::max(step.start_delay, milliseconds(0));
    step.working_directory =
        step.uses_directory_of_image && step.kind == step_kind::cmd
            ? std::string{}
            : folder_of_step(step.working_directory.empty() ? task.working_directory : step.working_directory);
    if (step.network.empty())
        step.network = default_network(task);
    step.when = without_repetition(step.when);
    try {
        step.env = merge_environments(std::move(step.env), "step", task.env, "task");
    } catch (error const& e) {
        throw task_error(errc::invalid_argument, task.file, step.where, "step '" + step.id + "': " + e.doing(),
                         e.advice());
    }
}
}  // namespace detail

ACRX_DECL std::vector<std::string> merge_environments(std::vector<std::string> own, std::string_view own_name,
                                                      std::vector<std::string> const& defaults,
                                                      std::string_view defaults_name)
{
    std::set<std::string, std::less<>> keys;
    auto const key_of = [](std::string_view item, std::string_view list) {
        auto const equals = item.find('=');
        if (equals == item.npos || equals == 0)
            throw error(errc::invalid_argument,
                        "failed to merge task and step environment variables: cannot parse " + std::string(list)
                            + " environment variable " + std::string(item) + " correctly",
                        list == "task" ? "Write NAME=VALUE; values here cannot hold commas, those of a step can."
                                       : "Write NAME=VALUE.");
        return item.substr(0, equals);
    };
    for (auto const& item : own)
        keys.emplace(key_of(item, own_name));
    for (auto const& line : defaults) {
        for (std::string_view rest = line; !rest.empty();) {
            auto const item = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(rest.size(), item.size() + 1));
            if (keys.emplace(key_of(item, defaults_name)).second)
                own.emplace_back(item);
        }
    }
    return own;
}

ACRX_DECL task_file finish_task(task_file task, std::vector<std::string> const& env)
{
    task.version = detail::checked_version(task.version, task.file, {});
    detail::check_secrets(task);
    detail::check_volumes(task);
    detail::check_networks(task);
    if (task.step_timeout <= std::chrono::milliseconds(0))
        task.step_timeout = std::chrono::seconds(600);
    if (task.working_directory.empty())
        task.working_directory = "/workspace";
    if (!env.empty())
        task.env = merge_environments(std::move(task.env), "task", env, "command line");
    for (std::size_t i = 0; i < task.steps.size(); ++i) {
        auto& step = task.steps[i];
        if (step.id.empty())
            step.id = "acb_step_" + std::to_string(i);
        detail::complete_step(task, step);
    }
    return task;
}
}  // namespace acrx
#endif
