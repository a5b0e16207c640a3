// Bodies of executor/oci_runtime.hpp.
#ifndef ACRX_EXECUTOR_IMPL_OCI_RUNTIME_IPP
#define ACRX_EXECUTOR_IMPL_OCI_RUNTIME_IPP
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/executor/closed_group.hpp>
#include <acrx/executor/detail/control_groups.hpp>
#include <acrx/executor/detail/launch.hpp>
#include <acrx/executor/detail/mount_point_traces.hpp>
#include <acrx/executor/detail/oci_bundle.hpp>
#include <acrx/executor/detail/step_root.hpp>
#include <acrx/executor/detail/unstoppable.hpp>
#include <acrx/executor/oci_runtime.hpp>
#include <acrx/executor/run_step.hpp>
#include <acrx/io/files.hpp>

#include <boost/asio/this_coro.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <exception>
#include <functional>
#include <string>
#include <system_error>
#include <utility>

namespace acrx {
namespace detail {
inline std::vector<std::filesystem::path> runtimes_in_path()
{
    std::vector<std::filesystem::path> found;
    for (std::string const name : {"crun", "runc"})
        for (auto const* folder : {"/usr/local/sbin/", "/usr/local/bin/", "/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"})
            if (auto const program = folder + name; ::access(program.c_str(), X_OK) == 0) {
                found.emplace_back(program);
                break;
            }
    return found;
}

inline std::function<void(step_end&)> container_end(oci_bundle bundle, root_filesystem root,
                                                    std::vector<std::string> made,
                                                    std::vector<std::filesystem::path> groups)
{
    return [bundle = std::move(bundle), root = std::move(root), made = std::move(made),
            groups = std::move(groups)](step_end& end) {
        end.out_of_memory = ran_out_of_memory(groups) || runtime_ran_out_of_memory(bundle.id);
        remove_mount_points(root, made);
        remove_control_groups(groups);
        end.code = step_status(bundle, end.code);
    };
}

/// Where the mount points of all steps with these targets are: the steps of a task have the same, and files take time.
inline std::filesystem::path folder_of_targets(std::filesystem::path const& state, std::vector<mount_entry> const& own)
{
    std::string targets;
    for (auto const& mount : own)
        targets += (mount.what == mount_entry::kind::bind_file ? "file " : "folder ") + mount.target + '\0';
    return state / "targets" / std::string(digest_of(targets).encoded().substr(0, 16));
}

/// What decides whether a runtime works: its file, this start of the machine, the namespaces we are in.
inline std::string circumstances_of(std::filesystem::path const& program)
{
    struct stat status
    {};
    ::stat(program.c_str(), &status);
    auto text = program.string() + " " + std::to_string(status.st_ino) + " " + std::to_string(status.st_size) + " "
                + std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec) + " "
                + read_file_if_exists("/proc/sys/kernel/random/boot_id", 64).value_or("");
    for (auto const* name : {"user", "mnt", "pid", "cgroup", "net"}) {
        std::error_code missing;
        text += std::filesystem::read_symlink(std::string("/proc/self/ns/") + name, missing).string() + "\n";
    }
    return text;
}

/// A container that does nothing, in this machine's own root, read-only.
inline step_spec probe_spec()
{
    step_spec spec;
    spec.args = {"true"};
    spec.env = {"PATH=/usr/bin:/bin"};
    spec.root.upper = "/";
    spec.read_only_root = true;
    spec.timeout = std::chrono::seconds(20);
    return spec;
}
}  // namespace detail

ACRX_DECL oci_runtime::oci_runtime(std::filesystem::path state, std::filesystem::path program, network_options options)
    : step_table(std::filesystem::absolute(state) / "runs"), state_(std::filesystem::absolute(state)),
      forced_(std::move(program)), program_(std::make_unique<async_once<std::filesystem::path>>()),
      networks_(std::make_shared<detail::run_networks>(state_ / "networks", std::move(options)))
{
    mount_points_ = detail::make_common_mount_points(state_);
    std::filesystem::create_directories(state_ / "root");
    std::filesystem::create_directories(state_ / "runtime");
    std::filesystem::create_directories(state_ / "bundle");
}

inline net::awaitable<void> oci_runtime::start(std::filesystem::path const& program, step_spec spec, step_key const& key,
                                               bool probe)
{
    auto folder = claim(key);
    if (!folder)
        co_return;
    auto const claimed = folder->path();
    bool const joins = spec.network == network_mode::joined && spec.place.name_space.empty();
    std::exception_ptr failure;
    try {
        if (joins)
            spec.place = co_await networks_->join(spec, key);
        if (joins && networks_->options().metadata)
            add_identity_variables(spec.env, *networks_->options().metadata, spec.place.metadata);
        co_await launch_container(program, std::move(spec), key, probe, std::move(*folder));
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        bool const throws = co_await net::this_coro::throw_if_cancelled();
        co_await net::this_coro::throw_if_cancelled(false);
        try {
            co_await networks_->leave(key);
        } catch (...) {  // the first failure says more
        }
        co_await net::this_coro::throw_if_cancelled(throws);
        give_up(claimed);
        std::rethrow_exception(failure);
    }
}

inline net::awaitable<void> oci_runtime::launch_container(std::filesystem::path const& program, step_spec spec,
                                                          step_key const& key, bool probe, detail::step_folder folder)
{
    std::vector<std::filesystem::path> groups;
    std::exception_ptr failure;
    try {
        detail::oci_bundle bundle{program, state_, folder.path(), detail::to_folder_name(key)};
        auto const mounts = detail::stage_mounts(spec, folder.path());
        auto plan = detail::plan_of(spec, mounts, mount_points_, detail::folder_of_targets(state_, mounts.inside),
                                    state_ / "root");
        detail::plan_container(plan, bundle, spec, mounts.inside);
        if (detail::is_crun(program) || !spec.cgroup_parent.empty())
            groups = detail::enter_own_group(plan, spec, folder.path());
        if (!detail::is_crun(program))  // but for version 2 beside version 1, which it leaves as it is
            std::erase_if(plan.control_groups, [](auto const& file) { return !file.starts_with("/sys/fs/cgroup/unified/"); });
        if (probe)
            plan.points.clear();
        auto started = co_await detail::launch(std::move(plan));
        auto end = detail::container_end(std::move(bundle), spec.root, std::move(started.made_points), groups);
        detail::started_step step{std::move(started.process), std::move(started.output), spec.timeout, std::move(end)};
        step.release = [networks = networks_, key] { return networks->leave(key); };
        follow(co_await net::this_coro::executor, key, std::move(folder), std::move(step));
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        detail::remove_control_groups(groups);
        std::rethrow_exception(failure);
    }
}

/// Remembers a runtime that worked, as long as nothing changes that it depends on.
/// @return what went wrong; empty if the runtime works
inline net::awaitable<std::string> oci_runtime::try_out(std::filesystem::path const& program)
{
    auto const known = state_ / "tried-runtime";
    auto const now = detail::circumstances_of(program);
    if (read_file_if_exists(known, 65536) == now)
        co_return std::string();
    auto const spec = detail::probe_spec();
    auto const key = "probe/" + program.filename().string() + "/" + std::to_string(::getpid());
    co_await start(program, spec, key, true);
    std::string said;
    auto hear = [&](std::string_view text) { said += text; };
    auto const state = co_await detail::follow_step(static_cast<detail::step_table&>(*this), key, hear);
    co_await step_table::forget(key);
    if (state.now == step_state::phase::exited && state.code == 0) {
        write_file(known, now);
        co_return std::string();
    }
    co_return program.string() + ": status " + std::to_string(state.code) + ", " + said;
}

ACRX_DECL net::awaitable<std::filesystem::path> oci_runtime::program()
{
    auto find = find_program();
    auto found = co_await program_->get(std::move(find));
    co_return found;
}

inline net::awaitable<std::filesystem::path> oci_runtime::find_program()
{
    auto const candidates = forced_.empty() ? detail::runtimes_in_path() : std::vector<std::filesystem::path>{forced_};
    std::string reasons;
    for (auto const& candidate : candidates) {
        auto const trouble = co_await try_out(candidate);
        if (trouble.empty())
            co_return candidate;
        reasons += "; " + trouble;
    }
    throw error(errc::not_found, "looking for an OCI runtime that works" + reasons,
                "Install crun or runc, or use the sandbox.");
}

ACRX_DECL net::awaitable<void> oci_runtime::submit(step_spec spec, step_key key)
{
    detail::to_folder_name(key);
    detail::program_of(spec);
    auto const chosen = co_await program();
    if (networks_->options().metadata)
        enter_closed_group(spec, networks_->options().metadata->closed_group);
    co_await start(chosen, std::move(spec), key, false);
}

ACRX_DECL net::awaitable<void> oci_runtime::forget(step_key key)
{
    co_await step_table::forget(key);
    detail::remove_runtime_groups(detail::to_folder_name(key));
}

ACRX_DECL net::awaitable<void> oci_runtime::make_network(std::string run, network_spec network)
{
    networks_->declare(run, network);
    co_return;
}

ACRX_DECL net::awaitable<std::vector<published_port>> oci_runtime::published_ports(step_key key)
{
    co_return networks_->ports_of(key);
}

ACRX_DECL run_network const& oci_runtime::network(std::string const& run, std::string const& name) const
{
    return *networks_->find(run, name);
}

ACRX_DECL std::string oci_runtime::what_lacks(std::string const& run, std::string const& name) const
{
    auto const& why = network(run, name).explanation();
    return why.empty() ? why : "they have no way out: " + why;
}

ACRX_DECL net::awaitable<void> oci_runtime::end_run(std::string run)
{
    auto ending = kill_run(run);
    co_await detail::unstoppable(std::move(ending));
    auto closing = networks_->close(run);
    co_await detail::unstoppable(std::move(closing));
}

ACRX_DECL net::awaitable<std::vector<step_key>> oci_runtime::reap()
{
    auto lost = reap_lost();
    for (auto const& key : lost)
        detail::remove_runtime_groups(detail::to_folder_name(key));
    co_await reap_networks(networks_->folder());
    co_return lost;
}
}  // namespace acrx
#endif
