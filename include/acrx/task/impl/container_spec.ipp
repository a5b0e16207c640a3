// Bodies of task/container_spec.hpp.
#ifndef ACRX_TASK_IMPL_CONTAINER_SPEC_IPP
#define ACRX_TASK_IMPL_CONTAINER_SPEC_IPP
#include <acrx/build/memory_size.hpp>
#include <acrx/build/option_values.hpp>
#include <acrx/core/error.hpp>
#include <acrx/executor/host_device.hpp>
#include <acrx/task/command_words.hpp>
#include <acrx/task/container_spec.hpp>
#include <acrx/task/detail/option_words.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
/// Fills in one specification; each member is about one subject.
class container_writer
{
public:
    container_writer(task_step const& step, run_command const& command, image_config const& image,
                     shared_folders const& shared)
        : step_(step), command_(command), image_(image.config), shared_(shared)
    {}

    step_spec write()
    {
        write_rights();
        write_arguments();
        write_environment();
        write_place();
        write_mounts();
        write_network();
        write_limits();
        return std::move(spec_);
    }

    void check()
    {
        write_rights();
        write_network();
        write_limits();
        for (auto const* texts : {&step_.ports, &command_.ports, &step_.expose, &command_.expose})
            for (auto const& text : *texts)
                static_cast<void>(parse_published_ports(text));
    }

private:
    static std::string const& first_of(std::string const& a, std::string const& b) { return a.empty() ? b : a; }

    void write_rights()
    {
        spec_.privileged = step_.privileged || command_.privileged;
        spec_.rights.capabilities = changed_capabilities(command_.cap_add, command_.cap_drop);
        for (auto const& option : command_.security_options)
            apply_security_option(spec_.rights, option);
        spec_.more_groups = command_.groups;
    }

    void write_arguments()
    {
        auto const given = command_.entry_point ? *command_.entry_point : step_.entry_point;
        bool const is_given = command_.entry_point.has_value() || !given.empty();
        if (is_given && !given.empty())
            spec_.args.push_back(given);
        if (!is_given && image_.entrypoint)
            spec_.args = *image_.entrypoint;
        auto const& more = !command_.arguments.empty() || is_given ? command_.arguments
                                                                   : image_.cmd.value_or(std::vector<std::string>());
        spec_.args.insert(spec_.args.end(), more.begin(), more.end());
        if (spec_.args.empty())
            throw error(errc::invalid_argument, "running " + command_.image + ": there is no command",
                        "The image names none: write it after the image.");
    }

    void write_environment()
    {
        spec_.env = image_.env;
        if (!find_env(spec_.env, "PATH"))
            set_env(spec_.env, "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        set_env(spec_.env, "HOME", home_path);
        set_env(spec_.env, "HOSTNAME", host_name());
        for (auto const& item : step_.env)
            add(unquote_setting(item));
        for (auto const& item : command_.env)
            if (item.find('=') != std::string::npos)
                add(item);
    }

    void add(std::string_view item)
    {
        auto const equals = item.find('=');
        set_env(spec_.env, item.substr(0, equals), item.substr(equals + 1));
    }

    /// Kernels take no longer ones; the whole id still finds the container.
    std::string host_name() const
    {
        constexpr std::size_t longest = 63;
        return first_of(command_.hostname, step_.id.substr(0, longest));
    }

    void write_place()
    {
        auto const& own = step_.uses_directory_of_image ? image_.working_dir : step_.working_directory;
        spec_.working_dir = first_of(command_.working_directory, own);
        if (spec_.working_dir.empty())
            spec_.working_dir = "/";
        spec_.hostname = host_name();
        spec_.read_only_root = command_.read_only;
        spec_.isolation = step_.isolation;
    }

    void write_mounts()
    {
        show(shared_.workspace, std::string(workspace_path), false);
        show(shared_.home, std::string(home_path), false);
        if (!shared_.engine_socket.empty())
            show(shared_.engine_socket, "/var/run/docker.sock", false);
        for (auto const& mount : step_.mounts)
            show(shared_.volumes / mount.volume, mount.path, false);
        for (auto const& text : command_.volumes)
            add_volume(text);
        for (auto const& text : command_.mounts)
            add_mount(text);
        for (auto const& text : command_.tmpfs)
            add_tmpfs(text);
        for (auto const& text : command_.devices)
            spec_.devices.push_back(parse_host_device(text));
    }

    void show(std::filesystem::path const& source, std::string target, bool read_only)
    {
        spec_.mounts.push_back(bind_mount{source, std::move(target), read_only});
    }

    /// `NAME:TARGET[:ro]`, or `TARGET`.
    void add_volume(std::string const& text)
    {
        auto const first = text.find(':');
        if (first == std::string::npos)
            return show(fresh_volume(text), text, false);
        auto const second = text.find(':', first + 1);
        auto const options = second == std::string::npos ? std::string() : text.substr(second + 1);
        if (!options.empty() && options != "ro" && options != "rw" && options != "z" && options != "Z")
            throw error(errc::not_supported, "--volume '" + text + "': unknown option '" + options + "'", "Use ro or rw.");
        show(source_of(text.substr(0, first), text), text.substr(first + 1, second - first - 1), options == "ro");
    }

    /// `type=...,source=...,target=...[,readonly]`
    void add_mount(std::string const& text)
    {
        std::string type = "volume";
        std::string source;
        std::string target;
        bool read_only = false;
        std::uint64_t size = 0;
        for (std::string_view rest = text; !rest.empty();) {
            auto const field = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(field.size() + 1, rest.size()));
            auto const key = field.substr(0, field.find('='));
            auto const value = key.size() < field.size() ? field.substr(key.size() + 1) : std::string_view();
            if (key == "type")
                type = value;
            else if (key == "tmpfs-size")
                size = parse_size("--mount tmpfs-size", std::string(value));
            else if (key == "source" || key == "src")
                source = value;
            else if (key == "target" || key == "dst" || key == "destination")
                target = value;
            else if (key == "readonly" || key == "ro")
                read_only = value.empty() || value == "true" || value == "1";
            else
                throw error(errc::not_supported, "--mount '" + text + "': unknown field '" + std::string(key) + "'");
        }
        if (target.empty() || (type != "volume" && type != "bind" && type != "tmpfs"))
            throw error(errc::invalid_argument, "--mount '" + text + "'",
                        "Write type=volume|bind|tmpfs,source=NAME,target=PATH.");
        if (type == "tmpfs")
            spec_.mounts.push_back(tmpfs_mount{.target = target, .size = size, .read_only = read_only});
        else
            show(source.empty() ? fresh_volume(target) : source_of(source, text), target, read_only);
    }

    /// `TARGET[:size=SIZE,mode=OCTAL,ro,...]`; what else may stand there makes no difference.
    void add_tmpfs(std::string const& text)
    {
        auto const colon = std::min(text.find(':'), text.size());
        tmpfs_mount mount{text.substr(0, colon)};
        std::vector<std::string> options;
        add_parts(std::string_view(text).substr(std::min(colon + 1, text.size())), options);
        for (auto const& option : options) {
            if (option == "ro")
                mount.read_only = true;
            else if (option.starts_with("size="))
                mount.size = parse_size("--tmpfs size", option.substr(5));
            else if (option.starts_with("mode="))
                mount.mode = parse_mode(text, option.substr(5));
        }
        spec_.mounts.emplace_back(std::move(mount));
    }

    static std::uint32_t parse_mode(std::string const& text, std::string const& octal)
    {
        std::uint32_t mode = 0;
        auto const* const end = octal.data() + octal.size();
        auto const [at, failed] = std::from_chars(octal.data(), end, mode, 8);
        if (failed != std::errc{} || at != end || mode > 07777)
            throw error(errc::invalid_argument, "--tmpfs '" + text + "': mode " + octal + " is not octal", "Write for example 1777.");
        return mode;
    }

    /// What a volume's name, or a path of the workspace, stands for.
    std::filesystem::path source_of(std::string const& name, std::string const& whole) const
    {
        if (name == shared_.workspace_name)
            return shared_.workspace;
        if (name == "home")
            return shared_.home;
        auto const path = std::filesystem::path(name).lexically_normal();
        auto const below = path.lexically_relative(workspace_path);
        if (path.is_absolute() && !below.empty() && !below.generic_string().starts_with(".."))
            return shared_.workspace / below;
        if (path == "/var/run/docker.sock" && !shared_.engine_socket.empty())
            return shared_.engine_socket;
        if (name.find('/') != std::string::npos)
            throw error(errc::denied, "--volume '" + whole + "': a step sees no folder of this machine but its workspace",
                        "Use a path below " + std::string(workspace_path) + ", or a name for a volume of the run.");
        return made(shared_.volumes / name);
    }

    std::filesystem::path fresh_volume(std::string const& target) const
    {
        auto name = step_.id + target;
        std::replace(name.begin(), name.end(), '/', '_');
        return made(shared_.volumes / name);
    }

    static std::filesystem::path made(std::filesystem::path folder)
    {
        std::filesystem::create_directories(folder);
        return folder;
    }

    void write_network()
    {
        auto const& name = first_of(command_.network, step_.network);
        if (name == "host" || name == "none") {
            spec_.network = name == "host" ? network_mode::host : network_mode::none;
        } else {
            spec_.network = network_mode::joined;
            spec_.network_name = name.empty() || name == "default" ? "bridge" : name;
            spec_.id = step_.id;
            spec_.aliases = command_.network_aliases;
            if (host_name() != step_.id)
                spec_.aliases.push_back(host_name());
            for (auto const* texts : {&step_.ports, &command_.ports})
                for (auto const& text : *texts)
                    for (auto const& port : parse_published_ports(text))
                        spec_.ports.push_back(port);
        }
        for (auto const& text : command_.add_hosts)
            spec_.extra_hosts.push_back(parse_extra_host(text));
    }

    void write_limits()
    {
        if (auto const& cpus = first_of(command_.cpus, step_.cpus); !cpus.empty())
            spec_.quota.cpus = parse_cpus(cpus);
        if (!command_.memory.empty())
            spec_.quota.memory = parse_size("--memory", command_.memory);
        if (!command_.processes.empty())
            spec_.quota.processes = parse_processes(command_.processes);
        if (!command_.shm_size.empty())
            spec_.shm_size = parse_shm_size(command_.shm_size);
        for (auto const& text : command_.ulimits)
            spec_.limits.push_back(parse_resource_limit(text));
    }

    static double parse_cpus(std::string const& text)
    {
        double value = 0;
        auto const* const end = text.data() + text.size();
        auto const [at, failed] = std::from_chars(text.data(), end, value);
        if (failed != std::errc{} || at != end || !(value > 0) || !std::isfinite(value))
            throw error(errc::invalid_argument, "cpus '" + text + "' is not a number of processors",
                        "Write for example 1.5.");
        return value;
    }

    /// Of `--pids-limit`: 0 and -1 are no limit.
    static std::uint64_t parse_processes(std::string const& text)
    {
        std::int64_t value = 0;
        auto const* const end = text.data() + text.size();
        auto const [at, failed] = std::from_chars(text.data(), end, value);
        if (failed != std::errc{} || at != end || value < -1)
            throw error(errc::invalid_argument, "--pids-limit '" + text + "' is not a number of processes",
                        "Write for example 200; -1 is no limit.");
        return value < 0 ? 0 : static_cast<std::uint64_t>(value);
    }

    static std::uint64_t parse_size(std::string const& of, std::string const& text)
    {
        auto const size = parse_memory_size(text);
        if (!size || *size == 0)
            throw error(errc::invalid_argument, of + " '" + text + "' is not a size", "Write for example 512m or 2g.");
        return *size;
    }

    task_step const& step_;
    run_command const& command_;
    run_config const& image_;
    shared_folders const& shared_;
    step_spec spec_;
};
}  // namespace detail

ACRX_DECL step_spec make_container_spec(task_step const& step, run_command const& command, image_config const& image,
                                        shared_folders const& shared)
{
    return detail::container_writer(step, command, image, shared).write();
}

ACRX_DECL void check_container_options(task_step const& step, run_command const& command)
{
    image_config const image;
    shared_folders const shared;
    detail::container_writer(step, command, image, shared).check();
}

ACRX_DECL std::string user_of(task_step const& step, run_command const& command, image_config const& image)
{
    return !command.user.empty() ? command.user : !step.user.empty() ? step.user : image.config.user;
}
}  // namespace acrx
#endif
