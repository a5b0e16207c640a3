#include <acrx/task/container_spec.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <boost/test/unit_test.hpp>
#include <support/scratch_folder.hpp>

#include <string>
#include <vector>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(task_container_spec)
namespace {
using words = std::vector<std::string>;

struct container
{
    testing::scratch_folder folder;
    task_step step{.id = "it"};
    image_config image;
    shared_folders shared{folder / "workspace", folder / "home", folder / "volumes", "acb_vol_1", {}};

    step_spec of(std::string const& command) { return make_container_spec(step, parse_run_command(command), image, shared); }
};

bind_mount const* mount_at(step_spec const& spec, std::string const& target)
{
    for (auto const& mount : spec.mounts)
        if (auto const* bind = std::get_if<bind_mount>(&mount); bind != nullptr && bind->target == target)
            return bind;
    return nullptr;
}
}  // namespace

BOOST_AUTO_TEST_CASE(runs_entry_point_and_arguments_as_docker_does)
{
    container it;
    it.image.config.entrypoint = words{"/entry", "x"};
    it.image.config.cmd = words{"default"};
    BOOST_TEST(it.of("image").args == (words{"/entry", "x", "default"}));
    BOOST_TEST(it.of("image a b").args == (words{"/entry", "x", "a", "b"}));
    BOOST_TEST(it.of("--entrypoint sh image -c y").args == (words{"sh", "-c", "y"}));
    BOOST_TEST(it.of("--entrypoint sh image").args == (words{"sh"}));
    it.step.entry_point = "bash";
    BOOST_TEST(it.of("image a").args == (words{"bash", "a"}));
    BOOST_TEST(it.of("--entrypoint '' image a").args == (words{"a"}));
    container bare;
    BOOST_CHECK_EXCEPTION(bare.of("image"), error, [](error const& e) { return e.code() == errc::invalid_argument; });
}
BOOST_AUTO_TEST_CASE(merges_variables_of_image_step_and_command)
{
    container it;
    it.image.config.env = {"PATH=/bin", "A=image", "HOME=/root"};
    it.step.env = {"A=step", "B='two words'"};
    auto const spec = it.of("-e A=command -e B image x");
    BOOST_TEST(find_env(spec.env, "PATH").value() == "/bin");
    BOOST_TEST(find_env(spec.env, "A").value() == "command");
    BOOST_TEST(find_env(spec.env, "B").value() == "two words");
    BOOST_TEST(find_env(spec.env, "HOME").value() == "/acb/home");
    BOOST_TEST(find_env(spec.env, "HOSTNAME").value() == "it");
}
BOOST_AUTO_TEST_CASE(shows_workspace_home_and_volumes)
{
    container it;
    it.step.mounts = {{.volume = "certs", .path = "/run/certs"}};
    auto const spec = it.of("-v acb_vol_1:/again:ro -v data:/data -v /workspace/sub:/sub -v /own image x");
    BOOST_TEST(mount_at(spec, "/workspace")->source == it.shared.workspace);
    BOOST_TEST(!mount_at(spec, "/workspace")->read_only);
    BOOST_TEST(mount_at(spec, "/acb/home")->source == it.shared.home);
    BOOST_TEST(mount_at(spec, "/run/certs")->source == it.shared.volumes / "certs");
    BOOST_TEST(mount_at(spec, "/again")->source == it.shared.workspace);
    BOOST_TEST(mount_at(spec, "/again")->read_only);
    BOOST_TEST(mount_at(spec, "/data")->source == it.shared.volumes / "data");
    BOOST_TEST(mount_at(spec, "/sub")->source == it.shared.workspace / "sub");
    BOOST_TEST(std::filesystem::is_directory(mount_at(spec, "/own")->source));
}
BOOST_AUTO_TEST_CASE(shows_nothing_else_of_this_machine)
{
    container it;
    for (auto const* command : {"-v /etc:/x image x", "-v /workspace/../etc:/x image x", "-v ./a:/x image x",
                                "--mount type=bind,source=/,target=/x image x", "-v /var/run/docker.sock:/s image x"})
        BOOST_CHECK_EXCEPTION(it.of(command), error, [](error const& e) { return e.code() == errc::denied; });
}
BOOST_AUTO_TEST_CASE(joins_the_network_that_is_named)
{
    container it;
    BOOST_TEST(it.of("image x").network_name == "bridge");
    it.step.network = "mine";
    it.step.ports = {"8080:80"};
    auto const spec = it.of("-p 90 --network-alias other image x");
    BOOST_TEST((spec.network == network_mode::joined));
    BOOST_TEST(spec.network_name == "mine");
    BOOST_TEST(spec.id == "it");
    BOOST_TEST(spec.aliases == words{"other"});
    BOOST_TEST(spec.ports.size() == 2U);
    BOOST_TEST((it.of("--network none image x").network == network_mode::none));
    BOOST_TEST((it.of("--network host image x").network == network_mode::host));
}
BOOST_AUTO_TEST_CASE(takes_folder_account_and_limits_from_the_nearest)
{
    container it;
    it.image.config.working_dir = "/image";
    it.image.config.user = "nobody";
    it.step.working_directory = "/workspace/deep";
    it.step.cpus = "1.5";
    auto spec = it.of("--memory 64m image x");
    BOOST_TEST(spec.working_dir == "/workspace/deep");
    BOOST_TEST(spec.quota.cpus == 1.5);
    BOOST_TEST(spec.quota.memory == 64U << 20U);
    it.step.uses_directory_of_image = true;
    BOOST_TEST(it.of("image x").working_dir == "/image");
    BOOST_TEST(it.of("-w /given image x").working_dir == "/given");
    BOOST_TEST(user_of(it.step, parse_run_command("image"), it.image) == "nobody");
    it.step.user = "app";
    BOOST_TEST(user_of(it.step, parse_run_command("image"), it.image) == "app");
    BOOST_TEST(user_of(it.step, parse_run_command("-u 5 image"), it.image) == "5");
    for (auto const* wrong : {"--memory lots image x", "--cpus none image x", "--cap-add SYS_ADMINS image x"})
        BOOST_CHECK_THROW(it.of(wrong), error);
}
BOOST_AUTO_TEST_CASE(changes_what_it_may_do)
{
    container it;
    auto const usual = it.of("image x");
    BOOST_TEST((usual.rights == step_rights()));
    auto const spec = it.of("--cap-drop ALL --cap-add chown --security-opt no-new-privileges --pids-limit 7 --group-add web "
                            "--group-add 44 image x");
    BOOST_TEST(spec.rights.capabilities == 1U);
    BOOST_TEST(spec.rights.no_new_privileges);
    BOOST_TEST(spec.quota.processes == 7U);
    BOOST_TEST(spec.more_groups == (words{"web", "44"}));
    BOOST_TEST(it.of("--pids-limit -1 image x").quota.processes == 0U);
}
BOOST_AUTO_TEST_SUITE_END()
