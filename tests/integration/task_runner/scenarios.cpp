// Whole pipelines: build, test, push, as teams write them.
#include "task_folder.hpp"

#include <boost/test/unit_test.hpp>
#include <support/docker_service.hpp>
#include <support/foreign_tools.hpp>
#include <support/registry_server.hpp>
using namespace acrx::testing;
namespace utf = boost::unit_test;

BOOST_AUTO_TEST_SUITE(task_runner_scenarios, *utf::precondition(can_run_containers))

struct web_project : task_folder
{
    web_project()
    {
        write("ctx/Dockerfile", "FROM busybox:base\nCOPY page /www/index.html\nCMD [\"httpd\", \"-f\", \"-h\", \"/www\", \"-p\", \"80\"]\n");
        write("ctx/page", "it works\n");
        write("ctx/test.Dockerfile", "FROM busybox:base\nCOPY check.sh /check.sh\nENTRYPOINT [\"sh\", \"/check.sh\"]\n");
        write("ctx/check.sh", "for i in 1 2 3 4 5 6 7 8 9 10; do wget -q -O - $1 | grep \"$2\" && exit 0; sleep 1; done; exit 1\n");
    }
    std::string task(std::string const& expected) const
    {
        return "version: v1.1.0\nsteps:\n"
               "  - {id: build, build: -t $Registry/web:$ID -f Dockerfile .}\n"
               "  - {id: build-test, build: -t web-test -f test.Dockerfile ., when: ['-']}\n"
               "  - {id: web, cmd: '$Registry/web:$ID', when: [build], detach: true, ports: ['80']}\n"
               "  - {id: test, cmd: 'web-test http://web/ \"" + expected + "\"', when: [web, build-test]}\n"
               "  - {id: push, push: ['$Registry/web:$ID'], when: [test]}\n";
    }
};

BOOST_AUTO_TEST_CASE(pushes_what_has_passed_its_test)
{
    registry_server registry;
    web_project project;
    auto const output = project.must_run(project.task("it works"), "-r " + registry.host() + " --id one");
    BOOST_TEST(task_folder::printed(output, "test") == "it works\n", output);
    check_image("docker://" + registry.host() + "/web:one");
    BOOST_TEST(output.find("\"repository\":\"web\",\"tag\":\"one\"") != std::string::npos, output);
}
BOOST_AUTO_TEST_CASE(pushes_nothing_that_fails_its_test)
{
    registry_server registry;
    web_project project;
    auto const result = project.run(project.task("something else"), "-r " + registry.host() + " --id two");
    BOOST_TEST(result.status == 1);
    BOOST_TEST(!std::filesystem::exists(registry.storage() / "docker/registry/v2/repositories/web"), result.output);
}
BOOST_AUTO_TEST_CASE(tests_and_scans_side_by_side)
{
    registry_server registry;
    web_project project;
    auto const output = project.must_run("version: v1.1.0\nsteps:\n"
                                         "  - {id: build, build: -t $Registry/app:1 .}\n"
                                         "  - {id: test, cmd: '$Registry/app:1 sh -c \"sleep 2; cat /www/index.html\"', when: [build]}\n"
                                         "  - {id: scan, cmd: 'busybox:base sh -c \"sleep 2; grep -r works /workspace/page\"', when: [build]}\n"
                                         "  - {id: push, push: ['$Registry/app:1'], when: [test, scan]}\n",
                                         "-r " + registry.host());
    BOOST_TEST(task_folder::printed(output, "test") == "it works\n");
    BOOST_TEST(task_folder::printed(output, "scan") == "it works\n");
    check_image("docker://" + registry.host() + "/app:1");
}
BOOST_AUTO_TEST_CASE(caches_layers_in_the_registry)
{
    registry_server registry;
    web_project project;
    std::string const task = "version: v1.1.0\nsteps:\n  - {id: build, build: -t $Registry/app:1 ., cache: enabled}\n";
    project.must_run(task, "-r " + registry.host());
    auto const tags = registry.storage() / "docker/registry/v2/repositories/app/_manifests/tags";
    BOOST_TEST(std::filesystem::exists(tags / "cache_quickrun_build"));
}
BOOST_AUTO_TEST_CASE(runs_containers_by_an_engine)
{
    docker_service const engine("podman");
    web_project project;
    project.environment = "DOCKER_HOST=unix://" + engine.socket();
    auto const output = project.must_run("version: v1.1.0\nsteps:\n"
                                         "  - {id: build, build: -t site:1 .}\n"
                                         "  - {id: read, cmd: 'site:1 cat /www/index.html'}\n",
                                         "--executor docker");
    BOOST_TEST(task_folder::printed(output, "read") == "it works\n", output);
}
BOOST_AUTO_TEST_CASE(starts_from_an_image_that_it_has_built_itself)
{
    registry_server registry;
    web_project project;
    project.must_run("steps:\n  - build: -t " + registry.host() + "/base:1 .\n  - push: [" + registry.host() + "/base:1]\n");
    project.write("ctx/a/Dockerfile", "FROM " + registry.host() + "/base:1\nLABEL a=b\n");
    project.write("ctx/b/Dockerfile", "FROM middle:1\nRUN cat /www/index.html > /copy\n");
    project.home = (project / "fresh-home").string();
    auto const output = project.must_run("steps:\n  - build: -t middle:1 a\n  - build: -t top:1 b\n"
                                         "  - {id: read, cmd: 'top:1 cat /copy'}\n");
    BOOST_TEST(task_folder::printed(output, "read") == "it works\n", output);
}
BOOST_AUTO_TEST_CASE(builds_for_several_platforms_in_one_step)
{
    registry_server registry;
    web_project project;
    auto const name = registry.host() + "/many:1";
    project.write("ctx/Dockerfile", "FROM --platform=$BUILDPLATFORM busybox:base AS made\nARG TARGETARCH\nRUN echo $TARGETARCH > /made\n"
                                    "FROM busybox:base AS amd64\nFROM scratch AS arm64\nFROM $TARGETARCH\nCOPY --from=made /made /made\n");
    auto const output = project.must_run("steps:\n  - build: --platform linux/arm64,linux/amd64 --iidfile id --metadata-file meta.json -t " + name
                                         + " .\n  - {id: read, cmd: '" + name + " cat /made'}\n"
                                           "  - {id: files, cmd: 'busybox:base cat id meta.json'}\n  - push: [" + name + "]\n");
    BOOST_TEST(task_folder::printed(output, "read") == "amd64\n", output);
    auto const pushed = must("skopeo inspect --raw --tls-verify=false docker://" + name);
    BOOST_TEST(pushed.find("\"arm64\"") != pushed.npos);
    BOOST_TEST(pushed.find("\"amd64\"") != pushed.npos);
    auto const digest = must("skopeo inspect --tls-verify=false --format '{{.Digest}}' docker://" + name);
    auto const files = task_folder::printed(output, "files");
    BOOST_TEST(files.find(digest.substr(0, 71)) == 0U, files);
    BOOST_TEST(files.find("\"image.name\":\"" + name) != files.npos, files);
}
BOOST_AUTO_TEST_CASE(squashes_an_image)
{
    web_project project;
    project.write("ctx/Dockerfile", "FROM busybox:base\nRUN rm /etc/group\nCOPY page /www/index.html\n");
    auto const output = project.must_run("steps:\n  - build: --squash -t small:1 .\n"
                                         "  - {id: read, cmd: \"small:1 sh -c 'cat /www/index.html; ls /etc'\"}\n");
    BOOST_TEST(output.find("[squash] 2 layers") != output.npos, output);
    BOOST_TEST(task_folder::printed(output, "read") == "it works\nhosts\npasswd\nresolv.conf\n", output);
}
BOOST_AUTO_TEST_CASE(runs_one_command_without_a_context)
{
    task_folder folder;
    auto const result = folder.run_as_it_is("--cmd 'busybox:base echo only this' /dev/null");
    BOOST_TEST(result.status == 0, result.output);
    BOOST_TEST(task_folder::printed(result.output, "acb_step_0") == "only this\n", result.output);
}
BOOST_AUTO_TEST_SUITE_END()
