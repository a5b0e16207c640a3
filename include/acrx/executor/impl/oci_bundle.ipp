// Bodies of executor/detail/oci_bundle.hpp.
#ifndef ACRX_EXECUTOR_IMPL_OCI_BUNDLE_IPP
#define ACRX_EXECUTOR_IMPL_OCI_BUNDLE_IPP
#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/control_groups.hpp>
#include <acrx/executor/detail/oci_bundle.hpp>
#include <acrx/executor/detail/oci_config.hpp>
#include <acrx/executor/detail/seccomp_profile.hpp>
#include <acrx/executor/detail/step_root.hpp>
#include <acrx/io/files.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <linux/magic.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <cstdint>
#include <string_view>
#include <system_error>
#include <utility>

namespace acrx::detail {
ACRX_DECL bool is_crun(std::filesystem::path const& program)
{
    return program.filename().string().find("crun") != std::string::npos;
}

/// Version 1 control groups with a version 2 tree beside them, which crun refuses unless it is hidden.
inline bool has_hybrid_control_groups()
{
    struct statfs status
    {};
    return ::statfs("/sys/fs/cgroup/unified", &status) == 0 && status.f_type == CGROUP2_SUPER_MAGIC;
}

/// A folder that is the same for all: each container has a filesystem of its own mounted there.
inline std::filesystem::path memory_of(oci_bundle const& bundle)
{
    return bundle.state / "bundle";
}

inline std::vector<std::string> runtime_args(oci_bundle const& bundle)
{
    std::vector<std::string> args{bundle.program.string(),
                                  "--root",
                                  (bundle.state / "runtime").string(),
                                  "--log",
                                  (bundle.folder / "runtime.log").string(),
                                  "--log-format",
                                  "json"};
    if (is_crun(bundle.program))
        args.push_back("--cgroup-manager=disabled");
    for (auto const& word : {std::string("run"), std::string("--bundle"), memory_of(bundle).string(), bundle.id})
        args.push_back(word);
    return args;
}

/// The profile as crun takes it ready-made; compiling it from its rules takes a third of crun's time.
inline std::string compiled_filter(std::uint64_t capabilities)
{
    auto const filter = seccomp_filter(capabilities);
    return to_base64({reinterpret_cast<char const*>(filter.data()), filter.size() * sizeof filter.front()});
}

/// In a user namespace a runtime shows nodes of this machine, and under no other name: ours become mounts there.
inline void bind_devices(step_spec& spec, std::vector<mount_entry>& mounts)
{
    for (auto& node : own_devices(spec)) {
        node.what = mount_entry::kind::bind_file;
        mounts.push_back(std::move(node));
    }
    spec.devices.clear();
}

ACRX_DECL void plan_container(launch_plan& plan, oci_bundle const& bundle, step_spec const& spec,
                              std::vector<mount_entry> const& mounts)
{
    using kind = mount_entry::kind;
    constexpr unsigned long quiet = MS_NOSUID | MS_NOEXEC | MS_NODEV;
    plan.namespaces = CLONE_NEWNS | CLONE_NEWPID;
    plan.outside.push_back({kind::filesystem, "/proc", "proc", quiet, "", false});
    limits_of(spec);  // the runtime's own words for a wrong name would not do
    plan.outside.push_back(
        {kind::filesystem, (bundle.state / "runtime").string(), "tmpfs", MS_NOSUID | MS_NODEV, "mode=700", false});
    auto const crun = is_crun(bundle.program);
    if (crun && has_hybrid_control_groups())
        plan.outside.push_back({kind::filesystem, "/sys/fs/cgroup/unified", "tmpfs", quiet, "", false});
    for (auto const& entry : mount_table(spec, {}, mounts))
        if (!entry.target.starts_with("/dev/") && !entry.target.starts_with("/sys/"))
            plan.points.push_back(entry);
    plan.start = {{bundle.program.string()},
                  runtime_args(bundle),
                  {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
                  "exec: " + bundle.program.string() + ": not found\n",
                  "exec: " + bundle.program.string() + ": permission denied\n"};
    // In memory that only this container's processes see: the environment may hold secrets, which never reach a disk.
    auto const memory = memory_of(bundle);
    plan.outside.push_back({kind::filesystem, memory.string(), "tmpfs", quiet, "mode=700", false});
    auto const write = [&](char const* name, std::string text, mode_t mode) {
        mount_entry file{kind::file, (memory / name).string(), std::move(text), 0, "", false};
        file.mode = mode;
        plan.outside.push_back(std::move(file));
        return memory / name;
    };
    auto texts = network_texts_of(spec);
    network_files files{spec.place.hosts, write("resolv.conf", std::move(texts.resolv_conf), 0644)};
    if (files.hosts.empty())
        files.hosts = write("hosts", std::move(texts.hosts), 0644);
    auto shown = spec;
    auto own = mounts;
    if (!is_first_user_namespace())
        bind_devices(shown, own);
    auto const table = mount_table(shown, files, own);
    auto const group = std::filesystem::path("/" + spec.cgroup_parent) / ("acrx-" + bundle.id);
    auto config = oci_config(shown, table, plan.mount_point, crun ? "" : group.lexically_normal().string());
    if (crun && !spec.privileged && spec.rights.filtered)
        config["annotations"] = {{"run.oci.seccomp_bpf_data", compiled_filter(spec.rights.capabilities)}};
    write("config.json", boost::json::serialize(config), 0600);
}

ACRX_DECL std::string runtime_error(std::filesystem::path const& folder)
{
    auto const text = read_file_if_exists(folder / "runtime.log", std::uint64_t{1} << 20).value_or("");
    std::string found;
    for (std::string_view rest = text; !rest.empty();) {
        auto const end = rest.find('\n');
        error_code bad;
        auto const line = boost::json::parse(rest.substr(0, end), bad);
        rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
        if (bad || !line.is_object())
            continue;
        auto const* const level = line.as_object().if_contains("level");
        auto const* const message = line.as_object().if_contains("msg");
        if (level != nullptr && message != nullptr && *level == "error" && message->is_string())
            found = message->as_string().c_str();
    }
    return found;
}

ACRX_DECL int step_status(oci_bundle const& bundle, int code)
{
    remove_runtime_groups(bundle.id);
    auto const said = code == 0 || code > 128 ? std::string() : runtime_error(bundle.folder);
    auto const says = [&](std::string_view words) { return said.find(words) != std::string::npos; };
    if (said.empty())
        return code;
    if (says("exec") && says("ermission denied"))
        return 126;
    return says("exec") && (says("not found") || says("o such file")) ? 127 : 125;
}

ACRX_DECL bool runtime_ran_out_of_memory(std::string const& id)
{
    auto const name = "acrx-" + id;
    return ran_out_of_memory({"/sys/fs/cgroup/" + name, "/sys/fs/cgroup/memory/" + name});
}

ACRX_DECL void remove_runtime_groups(std::string const& id) noexcept
{
    std::error_code failed;
    auto const name = "acrx-" + id;
    ::rmdir(("/sys/fs/cgroup/" + name).c_str());
    for (std::filesystem::directory_iterator at("/sys/fs/cgroup", failed), end; !failed && at != end;
         at.increment(failed))
        ::rmdir((at->path() / name).c_str());
}
}  // namespace acrx::detail
#endif
