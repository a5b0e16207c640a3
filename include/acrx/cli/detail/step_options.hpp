// The options about RUN steps; brings CLI11.
#ifndef ACRX_CLI_DETAIL_STEP_OPTIONS_HPP
#define ACRX_CLI_DETAIL_STEP_OPTIONS_HPP

#include <acrx/build/option_values.hpp>
#include <acrx/cli/add_option.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/cli/detail/run_options.hpp>

#include <string>

namespace acrx::cli::detail {
/// What RUN steps are given, and what they may.
inline void add_step_options(CLI::App& app, build_options& o)
{
    add_list(app, "--secret", o.secrets, "For RUN --mount=type=secret; repeatable")
        ->type_name("id=NAME[,src=FILE|,env=NAME]");
    add_list(app, "--ssh", o.ssh, "For RUN --mount=type=ssh: default, ID=SOCKET or ID=KEY; repeatable")->type_name("SPEC");
    add_read(app, "--add-host", "Line of /etc/hosts in RUN steps; repeatable",
             [&o](std::string const& v) { o.extra_hosts.push_back(parse_extra_host(v)); })
        ->type_name("NAME:IP");
    add_read(app, "--ulimit", "Limit of the processes of RUN steps; repeatable",
             [&o](std::string const& v) { o.limits.push_back(parse_limit(v)); })
        ->type_name("NAME=SOFT[:HARD]");
    add_read(app, "--shm-size", "Of /dev/shm in RUN steps; else 64m",
             [&o](std::string const& v) { o.shm_size = parse_shm_size(v); })
        ->type_name("SIZE");
    app.add_option("--cgroup-parent", o.cgroup_parent, "Control group above those of RUN steps")->type_name("PATH");
    add_read(app, "--security-opt", "Of RUN steps: no-new-privileges, seccomp=unconfined, systempaths=unconfined; repeatable",
             [&o](std::string const& v) { apply_security_option(o.rights, v); })
        ->type_name("OPTION");
    add_read(app, "--allow", "What RUN may ask for: network.host, security.insecure, device[=VENDOR/CLASS[=NAME]]; "
             "repeatable",
             [&o](std::string const& v) { allow(v, o); })
        ->type_name("ENTITLEMENT");
    add_list(app, "--cdi-spec-dir", o.device_folders,
             "Where devices of RUN --device are described; else /etc/cdi and /var/run/cdi; repeatable")
        ->type_name("FOLDER");
}
}  // namespace acrx::cli::detail
#endif
