// Bodies of executor/user_namespace.hpp.
#ifndef ACRX_EXECUTOR_IMPL_USER_NAMESPACE_IPP
#define ACRX_EXECUTOR_IMPL_USER_NAMESPACE_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/user_namespace.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <fcntl.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
inline bool write_at_once(std::string const& file, std::string const& text) noexcept
{
    unique_fd const opened(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
    return opened && ::write(opened.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

/// A process that holds a new user namespace until this one has entered it: if anything fails, nothing has happened.
class namespace_holder
{
public:
    namespace_holder()
    {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
            return;
        ours_ = unique_fd(ends[0]);
        unique_fd theirs(ends[1]);
        id_ = ::fork();
        if (id_ == 0) {
            ours_.reset();
            hold(theirs.get());
        }
    }
    namespace_holder(namespace_holder const&) = delete;
    namespace_holder& operator=(namespace_holder const&) = delete;
    ~namespace_holder()
    {
        if (id_ <= 0)
            return;
        ::kill(id_, SIGKILL);
        while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR)
            ;
    }

    pid_t id() const noexcept { return id_; }
    /// Whether the namespace is there.
    bool is_made() const noexcept { return answer(); }
    /// Maps the one id that everybody may map.
    bool map_one_id() const noexcept { return ask('1'); }
    /// Whether one can mount in it: AppArmor may have taken that right.
    bool is_of_use() const noexcept { return ask('m'); }

private:
    bool answer() const noexcept
    {
        char said = 0;
        return id_ > 0 && ::read(ours_.get(), &said, 1) == 1 && said == 'y';
    }
    bool ask(char what) const noexcept { return ::send(ours_.get(), &what, 1, MSG_NOSIGNAL) == 1 && answer(); }

    [[noreturn]] static void hold(int commands) noexcept
    {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        auto const uid = std::to_string(::geteuid());
        auto const gid = std::to_string(::getegid());
        auto const say = [&](bool done) {
            if (::write(commands, done ? "y" : "n", 1) != 1)
                ::_exit(1);
        };
        say(::unshare(CLONE_NEWUSER) == 0);
        for (char what = 0; ::read(commands, &what, 1) == 1;) {
            if (what == '1')
                say(write_at_once("/proc/self/setgroups", "deny") && write_at_once("/proc/self/uid_map", "0 " + uid + " 1")
                    && write_at_once("/proc/self/gid_map", "0 " + gid + " 1"));
            else
                say(::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0);
        }
        ::_exit(0);
    }

    unique_fd ours_;
    pid_t id_ = -1;
};

/// Runs newuidmap or newgidmap, silently. @return whether it did its work
inline bool run_id_helper(std::string const& name, pid_t process, std::uint32_t own, std::vector<id_range> const& more)
{
    std::vector<std::string> words{name, std::to_string(process), "0", std::to_string(own), "1"};
    std::uint32_t inside = 1;
    for (auto const& range : more) {
        for (auto const number : {inside, range.outside, range.count})
            words.push_back(std::to_string(number));
        inside += range.count;
    }
    std::vector<char*> args;
    for (auto& word : words)
        args.push_back(word.data());
    args.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    for (int const descriptor : {0, 1, 2})
        ::posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0);
    pid_t child = -1;
    auto const failed = ::posix_spawnp(&child, name.c_str(), &actions, nullptr, args.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed != 0)
        return false;
    int status = 1;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return status == 0;
}

inline bool map_subordinate_ids(pid_t process)
{
    auto const users = own_subordinate_ids("/etc/subuid");
    auto const groups = own_subordinate_ids("/etc/subgid");
    return !users.empty() && !groups.empty() && run_id_helper("newuidmap", process, ::geteuid(), users)
           && run_id_helper("newgidmap", process, ::getegid(), groups);
}

/// A root that may take on any id may also map any.
inline bool map_own_ids(pid_t process)
{
    auto const folder = "/proc/" + std::to_string(process) + "/";
    for (auto const* map : {"uid_map", "gid_map"}) {
        std::string text;
        for (auto const& range : own_ids(map)) {
            auto const inside = std::to_string(range.inside);
            text += inside + " " + inside + " " + std::to_string(range.count) + "\n";
        }
        if (!write_at_once(folder + map, text))
            return false;
    }
    return true;
}

/// Gives this process an /etc/passwd of its own, where user 0 has the name and the home of the user: ssh, for one, asks
/// there and nowhere else. Where that fails, only the files below that home are missed.
inline void show_own_account(std::string const& account) noexcept
{
    try {
        auto const text = account + read_file("/etc/passwd", std::uint64_t{16} << 20);
        auto name = (std::filesystem::temp_directory_path() / "acrx-passwd-XXXXXX").string();
        unique_fd const file(::mkostemp(name.data(), O_CLOEXEC));
        if (!file)
            return;
        write_all(file.get(), std::as_bytes(std::span(text)), name);
        if (::fchmod(file.get(), 0644) == 0 && ::unshare(CLONE_NEWNS) == 0
            && ::mount(nullptr, "/", nullptr, MS_REC | MS_SLAVE, nullptr) == 0)
            ::mount(name.c_str(), "/etc/passwd", nullptr, MS_BIND, nullptr);
        ::unlink(name.c_str());
    } catch (std::exception const&) {
    }
}

/// The line of /etc/passwd that this user has as user 0; empty for who has none.
inline std::string account_of_user()
{
    auto const* const entry = ::getpwuid(::geteuid());
    if (entry == nullptr)
        return {};
    return std::string(entry->pw_name) + ":x:0:0::" + entry->pw_dir + ":" + entry->pw_shell + "\n";
}

/// @param map  says whose ids the namespace of a holder has, and whether that worked
template<class Map>
bool enter_mapped(Map map)
{
    namespace_holder const holder;
    if (!holder.is_made() || !map(holder) || !holder.is_of_use())
        return false;
    unique_fd const space(::open(("/proc/" + std::to_string(holder.id()) + "/ns/user").c_str(), O_RDONLY | O_CLOEXEC));
    if (!space || ::setns(space.get(), CLONE_NEWUSER) != 0)
        throw_errno("entering a user namespace");  // several threads, which is for the caller to avoid
    return true;
}
}  // namespace detail

ACRX_DECL user_namespace enter_user_namespace()
{
    if (may_run_steps())
        return user_namespace::not_needed;
    bool const is_root = ::geteuid() == 0;
    auto const account = is_root ? std::string() : detail::account_of_user();
    auto const map_all = [&](detail::namespace_holder const& holder) {
        return is_root ? detail::map_own_ids(holder.id()) : detail::map_subordinate_ids(holder.id());
    };
    auto found = user_namespace::refused;
    if (detail::enter_mapped(map_all))
        found = user_namespace::many_ids;
    else if (detail::enter_mapped([](detail::namespace_holder const& holder) { return holder.map_one_id(); }))
        found = user_namespace::one_id;
    if (found != user_namespace::refused && !account.empty())
        detail::show_own_account(account);
    return found;
}
}  // namespace acrx
#endif
