// Bodies of executor/device_interface.hpp.
#ifndef ACRX_EXECUTOR_IMPL_DEVICE_INTERFACE_IPP
#define ACRX_EXECUTOR_IMPL_DEVICE_INTERFACE_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/device_file.hpp>
#include <acrx/executor/device_interface.hpp>
#include <acrx/executor/host_device.hpp>

#include <algorithm>
#include <cctype>
#include <set>
#include <system_error>
#include <utility>

namespace acrx {
namespace detail {
/// Letters and digits, between them also what stands in `inner`.
inline bool is_device_word(std::string_view word, std::string_view inner)
{
    auto const is_plain = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    auto const fits = [&](char c) { return is_plain(c) || inner.find(c) != std::string_view::npos; };
    return !word.empty() && is_plain(word.front()) && is_plain(word.back())
           && std::all_of(word.begin(), word.end(), fits);
}

inline bool is_device_kind(std::string_view kind)
{
    auto const slash = kind.find('/');
    return slash != std::string_view::npos && is_device_word(kind.substr(0, slash), "_-.")
           && is_device_word(kind.substr(slash + 1), "_-.");
}

inline bool is_device_name(std::string_view name)
{
    return is_device_word(name, "_-.:");
}

/// The node of this machine tells what the file does not. @throws error if it is needed and missing
inline device_node complete_node(device_edits::node const& from, step_spec const& step)
{
    std::filesystem::path const source = from.host_path.empty() ? from.path : from.host_path;
    bool const is_known = !from.type.empty() && (from.type == "p" || (from.major && from.minor));
    auto node = is_known ? device_node() : find_host_device(source);
    node.path = from.path;
    node.source = source;
    if (!from.type.empty())
        node.type = from.type == "u" ? 'c' : from.type.front();
    if (node.type != 'p') {
        node.major = from.major.value_or(node.major);
        node.minor = from.minor.value_or(node.minor);
    }
    node.mode = from.mode.value_or(node.mode);
    node.uid = from.uid.value_or(step.uid);
    node.gid = from.gid.value_or(step.gid);
    node.access = from.access.empty() ? "rwm" : from.access == "none" ? "" : from.access;
    return node;
}

inline void set_variable(std::vector<std::string>& env, std::string const& entry)
{
    auto const name = entry.substr(0, entry.find('=') + 1);
    std::erase_if(env, [&](std::string const& known) { return known.starts_with(name); });
    env.push_back(entry);
}

inline void apply_edits(device_edits const& edits, step_spec& step)
{
    for (auto const& entry : edits.env)
        set_variable(step.env, entry);
    for (auto const& each : edits.nodes) {
        auto node = complete_node(each, step);
        if (!node.path.starts_with("/dev/")) {  // a node that were made there would stay in the image
            step.mounts.push_back(bind_mount{node.source, node.path, false});
            continue;
        }
        std::erase_if(step.devices, [&](device_node const& known) { return known.path == node.path; });
        step.devices.push_back(std::move(node));
    }
    step.mounts.insert(step.mounts.end(), edits.mounts.begin(), edits.mounts.end());
    for (auto const group : edits.groups)
        if (group != 0 && std::find(step.groups.begin(), step.groups.end(), group) == step.groups.end())
            step.groups.push_back(group);
}

inline void refuse_unsupported(std::string const& name, device_edits const& edits)
{
    if (!edits.refused.empty())
        throw error(errc::not_supported, "the device " + name + " needs " + edits.refused,
                    edits.refused == "hooks" ? "Hooks are programs that run outside of the step, on this machine." : "");
}
}  // namespace detail

/// What one file says, apart from its devices.
struct device_interface::file
{
    std::filesystem::path path;
    device_edits edits;
};

ACRX_DECL device_interface::device_interface(std::span<std::filesystem::path const> folders)
{
    for (auto const& folder : folders) {
        std::error_code failed;
        std::set<std::filesystem::path> files;
        for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
            if (auto const ending = at->path().extension(); ending == ".json" || ending == ".yaml" || ending == ".yml")
                files.insert(at->path());
        if (failed && failed != std::errc::no_such_file_or_directory)
            problems_.push_back("reading " + folder.string() + ": " + failed.message());
        for (auto const& path : files)
            try {
                add(path);
            } catch (error const& e) {
                problems_.push_back(e.text());
            }
    }
}

ACRX_DECL void device_interface::add(std::filesystem::path const& path)
{
    auto read = detail::read_device_file(path);
    if (!detail::is_device_kind(read.kind))
        throw error(errc::syntax, path.string() + ": the kind \"" + read.kind + "\" is not VENDOR/CLASS");
    auto const from = std::make_shared<file const>(file{path, std::move(read.edits)});
    for (auto& one : read.devices) {
        if (!detail::is_device_name(one.name))
            throw error(errc::syntax, path.string() + ": \"" + one.name + "\" cannot name a device");
        known_device made{from, std::move(one.edits), read.annotations, {}};
        for (auto& [key, value] : one.annotations)
            made.annotations.insert_or_assign(key, value);
        auto& known = devices_[read.kind + "=" + one.name];
        if (known.from && known.from->path.parent_path() == path.parent_path())
            made.rival = known.from->path;
        known = std::move(made);
    }
}

ACRX_DECL bool is_device_wish(std::string_view text)
{
    auto const kind = device_kind(text);
    auto const name = text.substr(std::min(kind.size() + 1, text.size()));
    return detail::is_device_kind(kind) && (text.size() == kind.size() || name == "*" || detail::is_device_name(name));
}

ACRX_DECL std::vector<std::string> device_interface::find(std::string_view wish) const
{
    if (!is_device_wish(wish))
        throw error(errc::invalid_argument, "invalid device \"" + std::string(wish) + "\"",
                    "Devices are named VENDOR/CLASS=NAME.");
    auto const kind = std::string(device_kind(wish));
    if (devices_.contains(std::string(wish)))
        return {std::string(wish)};
    auto const name = wish.substr(std::min(kind.size() + 1, wish.size()));
    std::vector<std::string> found;
    for (auto const& [known, device] : devices_) {
        if (!known.starts_with(kind + "="))
            continue;
        auto const mark = device.annotations.find("org.mobyproject.buildkit.device.class");
        if (name.empty() || name == "*" || (mark != device.annotations.end() && mark->second == name))
            found.push_back(known);
        if (name.empty())
            break;
    }
    return found;
}

ACRX_DECL void device_interface::inject(std::span<std::string const> names, step_spec& step) const
{
    std::set<file const*> seen;
    for (auto const& name : names) {
        auto const found = devices_.find(name);
        if (found == devices_.end())
            throw error(errc::not_found, "the device " + name);
        auto const& [from, edits, annotations, rival] = found->second;
        if (!rival.empty())
            throw error(errc::invalid_argument, "the device " + name + " is in two files: " + rival.string() + " and "
                                                    + from->path.string());
        detail::refuse_unsupported(name, from->edits);
        detail::refuse_unsupported(name, edits);
        if (seen.insert(from.get()).second)
            detail::apply_edits(from->edits, step);
        detail::apply_edits(edits, step);
    }
}
}  // namespace acrx
#endif
