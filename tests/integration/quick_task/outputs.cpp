// What the executable writes and pushes, read by foreign tools; and what it says when that fails.
#include "build_fixture.hpp"
#include "support/registry_server.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_outputs)

BOOST_FIXTURE_TEST_CASE(writes_archives_that_other_tools_read, build_fixture)
{
    context.write("f", "content");
    auto const oci = (scratch / "oci.tar").string();
    auto const docker = (scratch / "docker.tar").string();
    must_build("FROM busybox:base\nCOPY f /f\n", "--output type=oci,dest=" + oci + " --output type=docker,dest=" + docker);
    auto const own = must("skopeo inspect --format '{{.Digest}}' oci:" + home + ":" + tag);
    BOOST_TEST(must("skopeo inspect --format '{{.Digest}}' oci-archive:" + oci) == own);
    BOOST_TEST(must("skopeo inspect --config docker-archive:" + docker).find("COPY f /f") != std::string::npos);
    auto const layout = (scratch / "layout").string();
    must("skopeo copy --quiet oci-archive:" + oci + " oci:" + layout + ":x");
    must("umoci unpack --image " + layout + ":x " + (scratch / "b").string());
    BOOST_TEST(must("cat " + (scratch / "b/rootfs/f").string()) == "content");
}

BOOST_FIXTURE_TEST_CASE(writes_zstd_layers_and_docker_manifests, build_fixture)
{
    context.write("f", std::string(100000, 'x'));
    must_build("FROM scratch\nCOPY f /f\n", "--compression zstd");
    BOOST_TEST(manifest().find("tar+zstd") != std::string::npos);
    auto const digest = must("skopeo inspect --format '{{index .Layers 0}}' oci:" + home + ":" + tag).substr(7, 64);
    BOOST_TEST(must("zstd -dc " + home + "/blobs/sha256/" + digest + " | tar -xO f | cmp " + (context / "f").string()) == "");
    must_build("FROM scratch\nCOPY f /g\n", "--format docker");
    BOOST_TEST(must(quick("inspect " + tag + ":" + tag)).find("vnd.docker.distribution.manifest.v2+json") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(pushes_without_pulling_what_nothing_needs, build_fixture)
{
    registry_server server;
    auto const base = server.host() + "/base:1";
    context.write("big", std::string(3'000'000, 'b'));
    must_build("FROM scratch\nCOPY big /big\nCOPY Dockerfile /app/Dockerfile\n", "-t " + base);
    build_fixture fresh;
    auto const state = (fresh.scratch / "home").string();
    fresh.context.write("Dockerfile", "FROM " + base + "\nCOPY Dockerfile /app/new\nENV A=1\n");
    auto const build = std::string(ACRX_QUICK) + " build --home " + state + " -t " + server.host() + "/app:1 "
                       + fresh.context.path().string();
    must(build);
    // The base has two layers; neither is in the fresh store, and the pushed image is whole.
    BOOST_TEST(must("ls " + state + "/blobs/sha256 | wc -l") == "5\n");
    auto const layout = (fresh.scratch / "layout").string();
    must("skopeo copy --quiet --src-tls-verify=false docker://" + server.host() + "/app:1 oci:" + layout + ":x");
    must("umoci unpack --image " + layout + ":x " + (fresh.scratch / "b").string());
    BOOST_TEST(must("ls " + (fresh.scratch / "b/rootfs/app").string()) == "Dockerfile\nnew\n");
    BOOST_TEST(must(build).find("CACHED") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(shares_indexes_of_a_base, build_fixture)
{
    registry_server server;
    auto const base = server.host() + "/base:1";
    context.write("big", std::string(3'000'000, 'b'));
    must_build("FROM scratch\nCOPY big /big\n", "-t " + base);
    must(quick("index --push " + base));
    build_fixture fresh;
    auto const state = (fresh.scratch / "home").string();
    fresh.context.write("Dockerfile", "FROM " + base + "\nCOPY Dockerfile /big2\n");
    auto const out = must(std::string(ACRX_QUICK) + " build --base-indexes --home " + state + " -t " + server.host()
                          + "/app:1 " + fresh.context.path().string());
    BOOST_TEST(out.find("indexing") == std::string::npos, out);
}

BOOST_FIXTURE_TEST_CASE(logs_in_and_says_when_it_cannot, build_fixture)
{
    registry_setup setup;
    setup.user = "me";
    setup.password = "pass";
    registry_server server(setup);
    auto const name = server.host() + "/app:1";
    context.write("Dockerfile", "FROM scratch\nCOPY Dockerfile /f\n");
    auto const build = quick("build -t " + name + " " + context.path().string());
    scratch.write("docker/config.json", "{\"auths\":{\"" + server.host() + "\":{\"auth\":\"bWU6cGFzcw==\"}}}");
    auto const refused = shell("DOCKER_CONFIG=/nonexistent " + build);
    BOOST_TEST(refused.status == 3);
    BOOST_TEST(refused.output.find("authentication required") != std::string::npos, refused.output);
    BOOST_TEST(shell("DOCKER_CONFIG=" + (scratch / "docker").string() + " " + build).status == 0);
}

BOOST_FIXTURE_TEST_CASE(says_which_base_is_missing_and_where, build_fixture)
{
    registry_server server;
    auto const result = build("FROM " + server.host() + "/none:1\n", "--no-push");
    BOOST_TEST(result.status != 0);
    BOOST_TEST(result.output.find("failed to resolve source metadata for " + server.host() + "/none:1") != std::string::npos,
               result.output);
    BOOST_TEST(result.output.find("Dockerfile:1") != std::string::npos, result.output);
}

BOOST_FIXTURE_TEST_CASE(refuses_hostile_archives, build_fixture)
{
    auto const c = context.path().string();
    must("cd " + c + " && echo x > x && tar --transform 's,^x,../../../escaped,' -P -cf up.tar x "
                     "&& head -c 100000 /dev/urandom > y && tar -cz y | head -c 50000 > cut.tgz && rm x y");
    must_build("FROM scratch\nADD up.tar /d/\n");
    BOOST_TEST(!std::filesystem::exists("/escaped"));
    auto const cut = build("FROM scratch\nADD cut.tgz /d/\n");
    BOOST_TEST(cut.status == 1);
    BOOST_TEST(cut.output.find("cut.tgz") != std::string::npos, cut.output);
}

BOOST_FIXTURE_TEST_CASE(lets_two_builds_of_one_context_run_at_once, build_fixture)
{
    context.write("Dockerfile", "FROM busybox:base\nCOPY . /c\nRUN echo $((6*7)) > /answer && sleep 0.3\n");
    auto const one = quick("build -t " + tag + ":one " + context.path().string());
    auto const two = quick("build -t " + tag + ":two " + context.path().string());
    auto const both = shell(one + " & first=$!; " + two + "; second=$?; wait $first && exit $second");
    BOOST_TEST(both.status == 0, both.output);
    must("skopeo inspect --raw oci:" + home + ":one && skopeo inspect --raw oci:" + home + ":two");
}

BOOST_AUTO_TEST_SUITE_END()
