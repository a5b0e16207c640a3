// Bodies of snapshot/privileges.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_PRIVILEGES_IPP
#define ACRX_SNAPSHOT_IMPL_PRIVILEGES_IPP
#include <acrx/core/error.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <linux/capability.h>
#include <pwd.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>
#include <system_error>

namespace acrx {
ACRX_DECL std::vector<id_range> own_ids(std::string const& map)
{
    std::ifstream file("/proc/self/" + map);
    if (!file)
        throw error(errc::no_permission, "reading /proc/self/" + map, "acrx needs a mounted /proc.");
    std::vector<id_range> ranges;
    for (id_range range; file >> range.inside >> range.outside >> range.count;)
        ranges.push_back(range);
    return ranges;
}

namespace detail {
inline std::optional<std::uint32_t> read_id(std::string_view text)
{
    std::uint32_t number = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

inline std::optional<int> read_setting(std::string const& name)
{
    std::ifstream file("/proc/sys/" + name);
    int value = 0;
    if (file >> value)
        return value;
    return std::nullopt;
}

/// The id by which the machine knows who runs this.
inline std::uint32_t outer_uid()
{
    auto const uid = ::geteuid();
    for (auto const& range : own_ids())
        if (uid >= range.inside && uid - range.inside < range.count)
            return range.outside + (uid - range.inside);
    return uid;
}

inline std::string user_name(std::uint32_t uid)
{
    auto const* const entry = ::getpwuid(uid);
    return entry != nullptr ? entry->pw_name : std::to_string(uid);
}

/// In a child, which the limits and filters of this process hold for, too. @return whether the kernel makes one
inline bool can_make_user_namespace() noexcept
{
    auto const child = ::fork();
    if (child == 0)
        ::_exit(::unshare(CLONE_NEWUSER) == 0 ? 0 : 1);
    int status = 1;
    return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

inline std::string what_namespaces_lack()
{
    if (read_setting("user/max_user_namespaces") == 0)
        return "User namespaces are switched off: set the sysctl user.max_user_namespaces to a number such as 15000.";
    if (read_setting("kernel/unprivileged_userns_clone") == 0)
        return "User namespaces are switched off for users: set the sysctl kernel.unprivileged_userns_clone to 1.";
    if (!can_make_user_namespace())
        return "The kernel refuses user namespaces (user.max_user_namespaces and kernel.unprivileged_userns_clone allow "
               "them): a seccomp or AppArmor profile, such as that of a container, forbids them.";
    if (read_setting("kernel/apparmor_restrict_unprivileged_userns") == 1)
        return "AppArmor takes the rights from user namespaces: set the sysctl "
               "kernel.apparmor_restrict_unprivileged_userns to 0, or give acrx a profile with `userns`.";
    return {};
}

/// newuidmap and newgidmap get their right from a set-user-id bit or from a file capability.
inline std::string what_helper_lacks(std::string const& name)
{
    char const* const variable = std::getenv("PATH");
    std::istringstream folders(variable != nullptr ? variable : "/usr/bin:/bin");
    for (std::string folder; std::getline(folders, folder, ':');) {
        auto const path = folder + "/" + name;
        struct stat status{};
        if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
            continue;
        if ((status.st_mode & S_ISUID) != 0 || ::getxattr(path.c_str(), "security.capability", nullptr, 0) > 0)
            return {};
        return path + " is not setuid root: chmod u+s " + path + ".";
    }
    return name + " is not installed: it is in the package uidmap.";
}

inline std::string what_ids_lack()
{
    for (auto const* file : {"/etc/subuid", "/etc/subgid"})
        if (own_subordinate_ids(file).empty())
            return std::string(file) + " gives this user no ids: add the line `" + user_name(outer_uid()) + ":100000:65536`.";
    for (auto const* helper : {"newuidmap", "newgidmap"})
        if (auto lacks = what_helper_lacks(helper); !lacks.empty())
            return lacks;
    if (::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1)
        return "newuidmap cannot work here: this process was started with no_new_privs.";
    return {};
}
}  // namespace detail

ACRX_DECL std::vector<id_range> subordinate_ids(std::filesystem::path const& file, std::string const& user,
                                                std::uint32_t uid)
{
    std::vector<id_range> ranges;
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        auto const first = line.find(':');
        auto const second = first == line.npos ? line.npos : line.find(':', first + 1);
        if (second == line.npos)
            continue;
        auto const text = std::string_view(line);
        auto const owner = text.substr(0, first);
        auto const start = detail::read_id(text.substr(first + 1, second - first - 1));
        auto const count = detail::read_id(text.substr(second + 1));
        if ((owner == user || owner == std::to_string(uid)) && start && count && *count > 0)
            ranges.push_back({0, *start, *count});
    }
    return ranges;
}

ACRX_DECL std::vector<id_range> own_subordinate_ids(std::filesystem::path const& file)
{
    auto const uid = detail::outer_uid();
    return subordinate_ids(file, detail::user_name(uid), uid);
}

ACRX_DECL bool is_first_user_namespace()
{
    constexpr ino_t first = 0xEFFFFFFDU;  // PROC_USER_INIT_INO, which never changes
    struct stat status{};
    return ::stat("/proc/self/ns/user", &status) != 0 || status.st_ino == first;
}

ACRX_DECL bool is_ordinary_user()
{
    if (::geteuid() != 0)
        return true;
    if (is_first_user_namespace())
        return false;
    auto const ranges = own_ids();
    return std::any_of(ranges.begin(), ranges.end(),
                       [](auto const& r) { return r.inside == 0 && r.outside != 0 && r.count == 1; });
}

ACRX_DECL bool may_run_steps()
{
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct data[2]{};
    return ::syscall(SYS_capget, &header, data) == 0 && (data[0].effective & (1U << CAP_SYS_ADMIN)) != 0;
}

ACRX_DECL std::string what_steps_lack()
{
    bool const inside = may_run_steps() && is_ordinary_user();
    auto lacks = inside ? std::string() : detail::what_namespaces_lack();
    if (lacks.empty() && is_ordinary_user())
        lacks = detail::what_ids_lack();
    return lacks;
}

ACRX_DECL void require_steps(std::string const& doing)
{
    if (may_run_steps())
        return;
    auto const lacks = what_steps_lack();
    throw error(errc::no_permission, doing,
                "RUN needs root, or a user who may make user namespaces and has subordinate ids. "
                    + (lacks.empty() ? std::string() : lacks + " ")
                    + "Inside a container, give that one --privileged, or CAP_SYS_ADMIN with its seccomp and AppArmor "
                      "profiles off. What has no RUN is built without all that.");
}
}  // namespace acrx
#endif
