// Images for several platforms out of one build, and the index that holds them.
#include "build_fixture.hpp"
#include "support/registry_server.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(quick_task_several_platforms)
namespace {
std::size_t count(std::string const& text, std::string const& part)
{
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

std::string const two = "--platform linux/amd64,linux/arm64 ";
/// Compiles, as it were, on the machine that builds.
std::string const crossing = "FROM --platform=$BUILDPLATFORM busybox:base AS build\n"
                             "RUN echo shared > /shared\n"
                             "ARG TARGETARCH\n"
                             "RUN echo \"for $TARGETARCH\" > /out\n"
                             "FROM scratch\n"
                             "COPY --from=build /out /shared /\n";
}  // namespace

BOOST_FIXTURE_TEST_CASE(what_platforms_share_is_made_once, build_fixture)
{
    auto const output = must_build(crossing, two + "--platform linux/arm/v7 --no-cache");
    BOOST_TEST(count(output, "RUN echo shared") == 1U, output);
    BOOST_TEST(count(output, "RUN echo \"for") == 3U, output);
    BOOST_TEST(output.find("[linux/arm/v7 stage-1 2/2] COPY") != std::string::npos, output);
}

BOOST_FIXTURE_TEST_CASE(an_index_is_pushed_with_all_its_images, build_fixture)
{
    registry_server server;
    auto const name = server.host() + "/app:1";
    must_build(crossing, two + "--provenance=true -t " + name);
    for (std::string const architecture : {"amd64", "arm64"}) {
        auto const folder = (scratch / architecture).string();
        must("skopeo copy --quiet --src-tls-verify=false --override-arch " + architecture + " docker://" + name + " oci:" + folder + ":x");
        BOOST_TEST(must("skopeo inspect --config oci:" + folder + ":x").find("\"architecture\": \"" + architecture) != std::string::npos);
        must("umoci unpack --image " + folder + ":x " + folder + "/bundle");
        BOOST_TEST(must("cat " + folder + "/bundle/rootfs/out") == "for " + architecture + "\n");
    }
    auto const index = must("skopeo inspect --raw --tls-verify=false docker://" + name);
    BOOST_TEST(count(index, "attestation-manifest") == 2U, index);
    // Each platform finds its own image below that name.
    must_build("FROM " + name + "\nARG TARGETARCH\nLABEL for=$TARGETARCH\n", "--platform linux/arm64");
    BOOST_TEST(config().find("\"architecture\": \"arm64\"") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(an_index_of_the_local_store_is_a_base_and_survives_prune, build_fixture)
{
    must_build(crossing, two);
    auto const listed = must(quick("ls "));
    BOOST_TEST(listed.find("linux/amd64,linux/arm64") != std::string::npos, listed);
    must(quick("prune --all"));
    auto const first = tag;
    tag = build_home::get().fresh_tag();
    must_build("FROM " + first + ":" + first + "\n", "--platform linux/arm64");
    BOOST_TEST(must("cat " + unpacked() + "/out") == "for arm64\n");
}

BOOST_FIXTURE_TEST_CASE(files_go_to_a_folder_a_platform, build_fixture)
{
    auto const folder = (scratch / "root").string();
    auto const archive = (scratch / "root.tar").string();
    must_build(crossing, two + "--output " + folder + " --output type=tar,dest=" + archive);
    BOOST_TEST(must("cat " + folder + "/linux_amd64/out " + folder + "/linux_arm64/out") == "for amd64\nfor arm64\n");
    BOOST_TEST(must("tar xOf " + archive + " linux_arm64/out") == "for arm64\n");
    BOOST_TEST(must("tar tf " + archive) == "linux_amd64/\nlinux_amd64/out\nlinux_amd64/shared\n"
                                            "linux_arm64/\nlinux_arm64/out\nlinux_arm64/shared\n");
}

BOOST_FIXTURE_TEST_CASE(dockers_family_has_a_manifest_list, build_fixture)
{
    must_build(crossing, two + "--format docker");
    auto const shown = must(quick("inspect " + tag + ":" + tag));
    BOOST_TEST(shown.find("application/vnd.docker.distribution.manifest.list.v2+json") != std::string::npos, shown);
    BOOST_TEST(count(shown, "application/vnd.docker.distribution.manifest.v2+json") == 2U, shown);
    must_build(crossing, "--build-arg BUILDKIT_MULTI_PLATFORM=1 --format docker");
    BOOST_TEST(must(quick("inspect " + tag + ":" + tag)).find("manifest.list.v2+json") != std::string::npos);
    for (std::string const place : {"index", "manifest-descriptor", "manifest[linux/arm64]"})  // it has no place for them
        BOOST_TEST(build(crossing, two + "--format docker --annotation '" + place + ":a=b'").status == 2, place);
}

BOOST_FIXTURE_TEST_CASE(a_platform_named_twice_is_one, build_fixture)
{
    must_build(crossing, "--platform linux/arm64,linux/aarch64");
    BOOST_TEST(manifest().find("\"config\"") != std::string::npos, manifest());
}

BOOST_FIXTURE_TEST_CASE(one_platform_that_fails_fails_all, build_fixture)
{
    auto const result = build("FROM --platform=$BUILDPLATFORM busybox:base\nARG TARGETARCH\nRUN test $TARGETARCH = amd64\n", two);
    BOOST_TEST(result.status == 1);
    BOOST_TEST(result.output.find("Dockerfile:3") != std::string::npos, result.output);
    BOOST_TEST(shell(quick("inspect " + tag + ":" + tag)).status != 0);
}

BOOST_FIXTURE_TEST_CASE(scripts_are_told_the_digest_of_the_index, build_fixture)
{
    auto const id = (scratch / "id").string();
    auto const metadata = (scratch / "metadata").string();
    auto const output = must_build(crossing, two + "--iidfile " + id + " --metadata-file " + metadata);
    auto const digest = must("cat " + id);
    BOOST_TEST(output.find("Digest: " + digest) != std::string::npos, output);
    BOOST_TEST(must("cat " + metadata).find("containerimage.config.digest") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(an_image_is_pushed_by_its_digest_alone, build_fixture)
{
    registry_server server;
    auto const repository = server.host() + "/by/digest";
    auto const id = (scratch / "metadata").string();
    must_build("FROM scratch\nCOPY Dockerfile /\n",
               "--metadata-file " + id + " --output type=image,push-by-digest=true,name-canonical=true,push=true,name=" + repository);
    auto const digest = must("grep -o '\"containerimage.digest\": \"[^\"]*' " + id + " | cut -d'\"' -f4 | tr -d '\\n'");
    must("skopeo inspect --raw --tls-verify=false docker://" + repository + "@" + digest);
    auto const tags = must("curl -s http://" + server.host() + "/v2/by/digest/tags/list");
    BOOST_TEST(tags.find("\"tags\":[") == std::string::npos, tags);
    BOOST_TEST(must(quick("ls ")).find(repository + "@" + digest) != std::string::npos, must(quick("ls ")));
    auto const tagged = build("FROM scratch\n", "--output type=image,push-by-digest=true,push=true,name=" + repository + ":1");
    BOOST_TEST(tagged.status == 2);
    BOOST_TEST(tagged.output.find("has a tag") != std::string::npos, tagged.output);
}

BOOST_FIXTURE_TEST_CASE(an_image_without_a_name_may_have_a_prefix, build_fixture)
{
    context.write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");
    must(quick("build --no-push --output type=image,dangling-name-prefix=example.com/loose " + context.path().string()));
    BOOST_TEST(must(quick("ls ")).find("example.com/loose@sha256:") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
