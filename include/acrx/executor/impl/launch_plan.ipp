// Bodies of executor/detail/launch_plan.hpp that run in the parent.
#ifndef ACRX_EXECUTOR_IMPL_LAUNCH_PLAN_IPP
#define ACRX_EXECUTOR_IMPL_LAUNCH_PLAN_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/launch_plan.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace acrx::detail {
inline std::string search_path(std::vector<std::string> const& env)
{
    std::string path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    for (auto const& variable : env)
        if (variable.starts_with("PATH="))
            path = variable.substr(5);
    return path;
}

ACRX_DECL program_start program_of(step_spec const& spec)
{
    if (spec.args.empty() || spec.args.front().empty())
        throw error(errc::invalid_argument, "running a step without a command");
    auto const& name = spec.args.front();
    program_start start;
    start.args = spec.args;
    start.env = spec.env;
    start.refused = "exec: \"" + name + "\": permission denied\n";
    if (name.find('/') != std::string::npos) {
        start.programs.push_back(name);
        start.not_found = "exec: \"" + name + "\": no such file or directory\n";
        return start;
    }
    start.not_found = "exec: \"" + name + "\": executable file not found in $PATH\n";
    auto const path = search_path(spec.env);
    for (std::string_view rest = path; !rest.empty();) {
        auto const end = rest.find(':');
        auto const folder = rest.substr(0, end);
        start.programs.push_back((folder.empty() ? "." : std::string(folder)) + "/" + name);
        rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    }
    return start;
}

ACRX_DECL std::vector<process_limit> limits_of(step_spec const& spec)
{
    constexpr std::pair<std::string_view, int> names[] = {
        {"core", RLIMIT_CORE},         {"cpu", RLIMIT_CPU},         {"data", RLIMIT_DATA},
        {"fsize", RLIMIT_FSIZE},       {"locks", RLIMIT_LOCKS},     {"memlock", RLIMIT_MEMLOCK},
        {"msgqueue", RLIMIT_MSGQUEUE}, {"nice", RLIMIT_NICE},       {"nofile", RLIMIT_NOFILE},
        {"nproc", RLIMIT_NPROC},       {"rss", RLIMIT_RSS},         {"rtprio", RLIMIT_RTPRIO},
        {"rttime", RLIMIT_RTTIME},     {"sigpending", RLIMIT_SIGPENDING}, {"stack", RLIMIT_STACK},
    };
    std::vector<process_limit> limits;
    for (auto const& wanted : spec.limits) {
        auto const* const end = std::end(names);
        auto const* const found = std::find_if(std::begin(names), end, [&](auto const& n) { return n.first == wanted.name; });
        if (found == end)
            throw error(errc::invalid_argument, "invalid ulimit type: " + wanted.name);
        limits.push_back({found->second, rlimit64{wanted.soft, wanted.hard}});
    }
    return limits;
}

ACRX_DECL std::vector<std::filesystem::path> distinct_folders(std::vector<std::filesystem::path> const& stack)
{
    std::vector<std::filesystem::path> kept;
    for (auto const& folder : stack)
        if (std::find(kept.begin(), kept.end(), folder) == kept.end())
            kept.push_back(folder);
    return kept;
}

ACRX_DECL void plan_root(launch_plan& plan, root_filesystem const& root, std::vector<std::string> const& mount_points)
{
    if (root.upper.empty())
        throw error(errc::invalid_argument, "running a step without a root filesystem");
    if (root.lower.empty()) {
        plan.folders.push_back(root.upper.string());
        return;
    }
    constexpr int first_descriptor = 4;
    auto const open = [&](std::string folder) {
        plan.folders.push_back(std::move(folder));
        return std::to_string(first_descriptor + static_cast<int>(plan.folders.size()) - 1);
    };
    // The new process mounts from /proc/self/fd: hundreds of layers fit into the one page that options may take.
    std::string stack;
    for (auto const& folder : distinct_folders(root.lower))
        stack += (stack.empty() ? "" : ":") + open(folder.string());
    for (auto const& folder : mount_points)
        stack += ":" + open(folder);
    auto const upper = open(root.upper.string());
    auto const work = open(root.work.string());
    auto options = "lowerdir=" + stack + ",upperdir=" + upper + ",workdir=" + work;
    // With userxattr overlayfs neither redirects nor copies metadata alone.
    std::vector<std::string> wishes{",index=off", ",volatile"};
    if (is_first_user_namespace())
        wishes.insert(wishes.begin(), {",redirect_dir=off", ",metacopy=off"});
    else
        options += ",userxattr";
    plan.overlay_options = {options};
    for (auto const& wish : wishes)
        plan.overlay_options.insert(plan.overlay_options.begin(), options += wish);
}
}  // namespace acrx::detail
#endif
