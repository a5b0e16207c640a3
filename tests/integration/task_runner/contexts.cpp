// Runs on contexts that lie elsewhere: a repository, an archive on the web, an artifact in a registry.
#include "task_folder.hpp"

#include <boost/test/unit_test.hpp>
#include <support/foreign_tools.hpp>
#include <support/git_servers.hpp>
#include <support/registry_server.hpp>
#include <support/scripted_server.hpp>

#include <fstream>
#include <iterator>
using namespace acrx::testing;
namespace utf = boost::unit_test;

BOOST_AUTO_TEST_SUITE(task_runner_contexts, *utf::precondition(can_run_containers))

std::string const build_and_read = "version: v1.1.0\nsteps:\n"
                                   "  - {id: build, build: '-t site:{{.Run.ID}} .'}\n"
                                   "  - {id: read, cmd: 'site:{{.Run.ID}} cat /page'}\n"
                                   "  - {id: look, cmd: 'busybox:base cat page'}\n"
                                   "  - {id: say, cmd: \"busybox:base echo '{{.Run.Commit}} {{.Run.Branch}}'\"}\n";
std::string const dockerfile = "FROM busybox:base\nCOPY page /page\n";

/// A registry artifact of one file, as an OCI layout in the folder `artifact`; in words that busybox has, too.
std::string const make_artifact = R"(set -e
file=$1 type=$2 notes=$3
mkdir -p artifact/blobs/sha256
put() { sum=$(sha256sum "$1" | cut -d ' ' -f 1); size=$(wc -c < "$1" | tr -d ' '); cp "$1" artifact/blobs/sha256/$sum; }
printf '{"imageLayoutVersion":"1.0.0"}' > artifact/oci-layout
printf '{}' > empty; put empty; config="{\"mediaType\":\"$type.config.v1+json\",\"digest\":\"sha256:$sum\",\"size\":$size}"
put "$file"; layer="{\"mediaType\":\"$type.content.v1.tar+gzip\",\"digest\":\"sha256:$sum\",\"size\":$size,\"annotations\":$notes}"
type=application/vnd.oci.image.manifest.v1+json
printf '{"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}' "$type" "$config" "$layer" > manifest; put manifest
printf '{"schemaVersion":2,"manifests":[{"mediaType":"%s","digest":"sha256:%s","size":%s}]}' "$type" "$sum" "$size" > artifact/index.json
)";

struct project : task_folder
{
    void write_all() const
    {
        write("ctx/acb.yaml", build_and_read);
        write("ctx/Dockerfile", dockerfile);
        write("ctx/page", "from afar\n");
    }
    void check(std::string const& location, std::string const& commit_and_branch, std::string const& options = {}) const
    {
        auto const result = run_as_it_is(options + " -f acb.yaml '" + location + "'");
        BOOST_REQUIRE_MESSAGE(result.status == 0, result.output);
        BOOST_TEST(printed(result.output, "read") == "from afar\n", result.output);
        BOOST_TEST(printed(result.output, "look") == "from afar\n", result.output);
        BOOST_TEST(printed(result.output, "say") == commit_and_branch + "\n", result.output);
    }
    std::string packed() const
    {
        must("tar -czf " + (path() / "ctx.tar.gz").string() + " -C " + context() + " .");
        std::ifstream in(path() / "ctx.tar.gz", std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
};

BOOST_AUTO_TEST_CASE(a_repository)
{
    git_shelf const shelf;
    git_http_server const server(shelf.repositories());
    project const here;
    here.write_all();
    shelf.write("site", "mkdir -p web && cp -r '" + here.context() + "'/. web/ && git add . && git commit -q -m one && git branch -f next");
    here.check(server.url("/git/site.git#next:web"), shelf.id("site", "next") + " next");
    here.write("token", "t0ken\n");
    here.check(server.url("/private/site.git#next:web"), shelf.id("site", "next") + " next",
               "--git-access-token-file " + (here.path() / "token").string());
    here.write("build/acb.yaml", "steps:\n  - build: -t site " + server.url("/git/site.git#next:web") + "\n");
    auto const built = here.run_as_it_is((here.path() / "build").string());
    BOOST_TEST(built.output.find("\"git-head-revision\":\"" + shelf.id("site", "next") + "\"") != std::string::npos, built.output);
    auto const elsewhere = here.run_as_it_is("-f none.yaml '" + server.url("/git/site.git#next:web") + "'");
    BOOST_TEST(elsewhere.status != 0);
    BOOST_TEST(elsewhere.output.find("none.yaml") != std::string::npos, elsewhere.output);
}

BOOST_AUTO_TEST_CASE(an_archive_on_the_web)
{
    project const here;
    here.write_all();
    auto const archive = here.packed();
    scripted_server server([&](seen_request const&) { return reply{.body = archive}; });
    here.check(server.url("/site.tar.gz"), " ");
}

BOOST_AUTO_TEST_CASE(an_artifact)
{
    registry_server const registry;
    project const here;
    here.write_all();
    here.packed();
    here.write("artifact.sh", make_artifact);
    must("cd " + here.path().string() + " && sh artifact.sh ctx.tar.gz application/vnd.acme "
         "'{\"org.opencontainers.image.title\":\".\",\"io.deis.oras.content.unpack\":\"true\"}' && "
         "skopeo copy --dest-tls-verify=false oci:artifact docker://" + registry.host() + "/sources/site:1");
    auto const name = registry.host() + "/sources/site:1";
    here.check("oci://" + name, " ");  // an artifact is at no commit
}

BOOST_AUTO_TEST_CASE(options_of_a_build_name_files_of_the_workspace)
{
    task_folder const here;
    here.write("ctx/app/Dockerfile", "FROM base\nCOPY --from=extra note /note\nRUN --mount=type=secret,id=key cp /run/secrets/key /copied\n");
    here.write("ctx/app/files/note", "noted\n");
    here.write("ctx/app/key.txt", "opened");
    auto const output = here.must_run(
        "version: v1.1.0\nsteps:\n"
        "  - id: build\n"
        "    workingDirectory: app\n"
        "    build: >-\n"
        "      -t made:1 --build-context base=docker-image://busybox:base --build-context extra=files\n"
        "      --secret id=key,src=key.txt --iidfile id.txt --metadata-file meta.json -o out\n"
        "      --output type=oci,dest=image.tar --annotation a.b=c --provenance=true .\n"
        "  - {id: look, cmd: \"busybox:base sh -c 'cat app/out/note app/out/copied; cut -c 1-7 app/id.txt; tar -tf app/image.tar'\", when: [build]}\n"
        "  - {id: meta, cmd: 'busybox:base cat app/meta.json', when: [build]}\n");
    auto const seen = task_folder::printed(output, "look");
    BOOST_TEST(seen.find("noted\nopenedsha256:\n") == 0U, output);
    BOOST_TEST(seen.find("index.json\n") != std::string::npos, output);
    BOOST_TEST(task_folder::printed(output, "meta").find("\"image.name\":\"docker.io/library/made:1\"") != std::string::npos, output);
}

BOOST_AUTO_TEST_CASE(a_build_reads_the_files_of_its_volumes)
{
    task_folder const here;
    here.write("ctx/Dockerfile", "FROM busybox:base\nRUN --mount=type=secret,id=key cp /run/secrets/key /copied\n");
    auto const task = [](std::string const& mounts) {
        return "volumes:\n  - {name: keys, secret: {npm: '{{.Values.k | b64enc}}', Dockerfile: '{{\"FROM busybox:base\" | b64enc}}'}}\n"
               "steps:\n"
               "  - {id: one, build: '-t one --secret id=key,src=/run/keys/npm .'" + mounts + "}\n"
               "  - {id: two, build: '-t two -f /run/keys/Dockerfile .'" + mounts + "}\n"
               "  - {id: look, cmd: 'one cat /copied'}\n";
    };
    auto const output = here.must_run(task(", volumeMounts: [{name: keys, mountPath: /run/keys/}]"), "--set k=letters");
    BOOST_TEST(task_folder::printed(output, "look") == "letters\n", output);
    auto const refused = here.run(task(""), "--set k=letters");
    BOOST_TEST(refused.output.find("'/run/keys/npm' is not below /workspace") != std::string::npos, refused.output);
}

/// Steps make a chart's archive and push it by a tool of their own, as an artifact that is no image.
BOOST_AUTO_TEST_CASE(gives_an_artifact_to_a_registry)
{
    registry_server const registry;
    task_folder const here;
    here.write("ctx/chart/Chart.yaml", "apiVersion: v2\nname: site\nversion: 1.2.3\n");
    here.write("ctx/artifact.sh", make_artifact);
    must("mkdir " + here.context() + "/tool && cd " + here.context() + "/tool && cp --parents -L /usr/bin/skopeo "
         "$(ldd /usr/bin/skopeo | grep -o '/[^ ]*') /etc/containers/policy.json .");
    here.write("ctx/tool.Dockerfile", "FROM busybox:base\nCOPY tool /\n");
    auto const output = here.must_run(
        "version: v1.1.0\nsteps:\n"
        "  - {id: tool, build: '-t tool:1 -f tool.Dockerfile .'}\n"
        "  - {id: pack, cmd: 'busybox:base tar -czf site-1.2.3.tgz chart', when: ['-']}\n"
        "  - {id: artifact, cmd: \"busybox:base sh artifact.sh site-1.2.3.tgz application/vnd.cncf.helm.chart {}\", when: [pack]}\n"
        "  - {id: push, cmd: 'tool:1 skopeo copy --dest-tls-verify=false oci:artifact docker://$Registry/charts/site:1.2.3',\n"
        "     network: host, when: [tool, artifact]}\n",
        "-r " + registry.host());
    auto const manifest = must("skopeo inspect --raw --tls-verify=false docker://" + registry.host() + "/charts/site:1.2.3");
    BOOST_TEST(manifest.find("application/vnd.cncf.helm.chart.config.v1+json") != std::string::npos, manifest + output);
    must("cd " + here.path().string() + " && skopeo copy --src-tls-verify=false docker://" + registry.host()
         + "/charts/site:1.2.3 dir:back && for f in back/*; do tar -xzOf $f chart/Chart.yaml 2>/dev/null; done | grep 'version: 1.2.3'");
}

BOOST_AUTO_TEST_SUITE_END()
