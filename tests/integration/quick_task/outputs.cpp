// What the executable writes and pushes, read by foreign tools; and what it says when that fails.
#include "build_fixture.hpp"
#include "support/registry_server.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <vector>

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

BOOST_FIXTURE_TEST_CASE(writes_the_root_as_files_and_as_an_archive, build_fixture)
{
    context.write("f", "content");
    auto const folder = (scratch / "root").string();
    auto const tar = (scratch / "root.tar").string();
    must_build("FROM busybox:base\nRUN mkdir /d && echo x > /d/a && ln /d/a /d/b && ln -s a /d/l && chmod 4711 /d/a && rm /bin/vi\n"
               "COPY --chown=app:web --chmod=640 f /d/f\n",
               "--output " + folder + " --output type=tar,dest=" + tar);
    BOOST_TEST(must("stat -c '%a %h' " + folder + "/d/a") == "4711 2\n");
    BOOST_TEST(must("readlink " + folder + "/d/l") == "a\n");
    BOOST_TEST(must("cat " + folder + "/d/f") == "content");
    BOOST_TEST(!std::filesystem::exists(std::filesystem::symlink_status(folder + "/bin/vi")));
    if (must("id -u") == "0\n")
        BOOST_TEST(must("stat -c '%u:%g %a' " + folder + "/d/f") == "1000:33 640\n");
    auto const listed = must("tar tvf " + tar + " --numeric-owner d/f d/b d/l");
    BOOST_TEST(listed.find("1000/33") != std::string::npos, listed);
    BOOST_TEST(listed.find("d/b link to d/a") != std::string::npos, listed);
    must("mkdir " + (scratch / "t").string() + " && tar xf " + tar + " -C " + (scratch / "t").string());
    if (must("id -u") == "0\n")
        BOOST_TEST(must("diff -r --no-dereference " + folder + " " + (scratch / "t").string()) == "");
}

BOOST_FIXTURE_TEST_CASE(writes_nothing_but_the_archive_to_standard_output, build_fixture)
{
    context.write("Dockerfile", "FROM busybox:base\nRUN echo progress && touch /made\n");
    auto const build = quick("build -t " + tag + ":" + tag + " --output - " + context.path().string());
    BOOST_TEST(must("{ " + build + "; } 2>/dev/null | tar tf - made") == "made\n");
    // A redirection is a regular file behind /dev/stdout, which must stay what it is.
    auto const file = (scratch / "o.tar").string();
    for (auto const* type : {"tar", "oci", "docker"}) {
        auto const output = quick("build --no-push --output type=" + std::string(type) + ",dest=- " + context.path().string());
        must("{ " + output + "; } > " + file + " 2>/dev/null && tar tf " + file);
        BOOST_TEST(must("readlink /dev/stdout") == "/proc/self/fd/1\n");
    }
    BOOST_TEST(shell(quick("build --output - --output type=oci,dest=- " + context.path().string())).status == 2);
    BOOST_TEST(shell(quick("build -o json --output - " + context.path().string())).status == 2);
}

BOOST_FIXTURE_TEST_CASE(writes_layers_in_every_form, build_fixture)
{
    context.write("f", std::string(100000, 'x'));
    auto const archive = [&](std::string const& kind) { return (scratch / (kind + ".tar")).string(); };
    std::string options;
    for (auto const* kind : {"gzip", "zstd", "estargz", "uncompressed"})
        options += " --output type=oci,dest=" + archive(kind) + ",compression=" + kind;
    must_build("FROM scratch\nCOPY f /f\n", options);
    for (auto const& [kind, type] : {std::pair{"gzip", "tar+gzip"},
                                     {"zstd", "tar+zstd"},
                                     {"estargz", "stargz/toc.digest"},
                                     {"uncompressed", "layer.v1.tar\""}}) {
        auto const layout = (scratch / kind).string();
        must("skopeo copy --quiet --preserve-digests oci-archive:" + archive(kind) + " oci:" + layout + ":x");
        auto const manifest = must("skopeo inspect --raw oci:" + layout + ":x");
        BOOST_TEST(manifest.find(type) != std::string::npos, manifest);
        if (kind == std::string("zstd"))  // umoci knows no zstd
            continue;
        must("umoci unpack --rootless --image " + layout + ":x " + layout + "-b && cmp " + layout + "-b/rootfs/f "
             + (context / "f").string());
    }
    // The base's layers stay unless they are forced.
    auto const base_layer = "$(skopeo inspect --format '{{index .Layers 0}}' oci:" + home + ":base)";
    must_build("FROM busybox:base\nCOPY f /g\n",
               "--output type=oci,dest=" + archive("kept") + ",compression=zstd --output type=oci,dest=" + archive("forced")
                   + ",compression=zstd,force-compression=true");
    BOOST_TEST(shell("skopeo inspect --raw oci-archive:" + archive("kept") + " | grep -q " + base_layer).status == 0);
    BOOST_TEST(shell("skopeo inspect --raw oci-archive:" + archive("forced") + " | grep -q tar+gzip").status == 1);
}

BOOST_FIXTURE_TEST_CASE(writes_image_layouts_as_folders, build_fixture)
{
    auto const layout = (scratch / "layout").string();
    auto const output = "--output type=oci,tar=false,dest=" + layout + ",name=";
    must_build("FROM scratch\nCOPY Dockerfile /one\n", output + "app:one");
    must_build("FROM scratch\nCOPY Dockerfile /two\n", output + "app:two");
    BOOST_TEST(must("skopeo inspect --config oci:" + layout + ":one").find("/one") != std::string::npos);
    BOOST_TEST(must("skopeo inspect --config oci:" + layout + ":two").find("/two") != std::string::npos);
    scratch.write("other/file", "x");
    auto const other = "--output type=oci,tar=false,dest=" + (scratch / "other").string();
    BOOST_TEST(build("FROM scratch\nCOPY Dockerfile /f\n", other).status != 0);
}

BOOST_FIXTURE_TEST_CASE(makes_the_same_image_anywhere_at_a_given_time, build_fixture)
{
    context.write("f", "content");
    context.write("Dockerfile", "FROM scratch\nCOPY . /c/\nWORKDIR /w\n");
    std::string digests[2];
    for (int i = 0; i < 2; ++i) {
        auto const state = (scratch / ("home" + std::to_string(i))).string();
        auto const archive = (scratch / ("a" + std::to_string(i))).string();
        must("touch " + (context / "f").string());
        digests[i] = must("SOURCE_DATE_EPOCH=1000000000 " + std::string(ACRX_QUICK) + " build --home " + state
                          + " -t x:1 --output type=oci,dest=" + archive + ",rewrite-timestamp=true "
                          + context.path().string() + " >/dev/null && sha256sum < " + archive);
        must("sleep 1");
    }
    BOOST_TEST(digests[0] == digests[1]);
    auto const archive = (scratch / "a0").string();
    BOOST_TEST(must("skopeo inspect --config oci-archive:" + archive).find("2001-09-09T01:46:40Z") != std::string::npos);
    BOOST_TEST(must("tar xOf " + archive + " index.json").find("2001-09-09T01:46:40Z") != std::string::npos);
    // Without rewriting, what COPY brings keeps its time; a file that is older keeps it in any case.
    must("touch -d @900000000 " + (context / "f").string());
    auto const times = [&](std::string const& options) {
        auto const root = (scratch / "layout").string();
        must("rm -rf " + root + " " + root + "-b; "
             + quick("build --no-push --output type=oci,name=x:x,tar=false,dest=" + root + options
                     + " --build-arg SOURCE_DATE_EPOCH=1000000000 ")
             + context.path().string() + " >/dev/null && umoci unpack --rootless --image " + root + ":x " + root + "-b");
        return must("stat -c %Y " + root + "-b/rootfs/c/f " + root + "-b/rootfs/c/Dockerfile");
    };
    BOOST_TEST(times(",rewrite-timestamp=true") == "900000000\n1000000000\n");
    BOOST_TEST(times("").find("1000000000") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(annotates_images_and_says_what_they_start_from, build_fixture)
{
    auto const archive = (scratch / "a.tar").string();
    must_build("FROM busybox:base AS b\nFROM b\nLABEL x=y\n",
               "--annotation a.b=1 --annotation manifest-descriptor:d=2 --output type=oci,dest=" + archive
                   + ",annotation.only=here");
    auto const raw = must("skopeo inspect --raw oci-archive:" + archive);
    for (auto const* part : {"\"a.b\":\"1\"", "\"only\":\"here\"",
                             "\"org.opencontainers.image.base.name\":\"docker.io/library/busybox:base\""})
        BOOST_TEST(raw.find(part) != std::string::npos, raw);
    auto const base = must("skopeo inspect --format '{{.Digest}}' oci:" + home + ":base");
    BOOST_TEST(raw.find("image.base.digest\":\"" + base.substr(0, 71)) != std::string::npos, raw);
    BOOST_TEST(must("tar xOf " + archive + " index.json").find("\"d\":\"2\"") != std::string::npos);
    BOOST_TEST(manifest().find("only") == std::string::npos);
    BOOST_TEST(build("FROM scratch\nCOPY Dockerfile /f\n", "--annotation index:a=b").status == 2);
}

BOOST_FIXTURE_TEST_CASE(attests_in_an_index_that_travels_with_the_image, build_fixture)
{
    registry_server server;
    auto const name = server.host() + "/app:1";
    context.write("status", "Package: bash\nStatus: install ok installed\nVersion: 5.2\nArchitecture: amd64\n");
    context.write("package.json", R"({"name":"left-pad","version":"1.3.0"})");
    auto const archive = (scratch / "a.tar").string();
    auto const docker = (scratch / "d.tar").string();
    must_build("FROM busybox:base\nARG TOKEN\nCOPY status /var/lib/dpkg/status\n"
               "COPY package.json /app/node_modules/left-pad/package.json\n",
               "-t " + name + " --provenance=mode=max --sbom=true --secret-build-arg TOKEN=hidden-value --build-arg V=shown-value"
               " --output type=oci,dest=" + archive + " --output type=docker,dest=" + docker);
    auto const copy = (scratch / "copy").string();
    must("skopeo copy --quiet --all --src-tls-verify=false docker://" + name + " oci:" + copy + ":x");
    auto const index = must("skopeo inspect --raw oci:" + copy + ":x");
    BOOST_TEST(index.find("\"vnd.docker.reference.type\":\"attestation-manifest\"") != std::string::npos, index);
    BOOST_TEST(must("skopeo inspect --raw --tls-verify=false docker://" + name) == index);
    auto const statements = must("cat $(grep -l in-toto.io/Statement " + copy + "/blobs/sha256/*)");
    for (auto const* part : {"https://slsa.dev/provenance/v1", "https://spdx.dev/Document", "pkg:deb/debian/bash@5.2",
                             "pkg:npm/left-pad@1.3.0", "build-arg:V", "shown-value", "pkg:docker/busybox@base"})
        BOOST_TEST(statements.find(part) != std::string::npos, part);
    BOOST_TEST(statements.find("hidden-value") == std::string::npos);
    must("skopeo copy --quiet --all oci-archive:" + archive + ":1 oci:" + (scratch / "archive").string() + ":x");
    BOOST_TEST(must("skopeo inspect --raw oci:" + (scratch / "archive").string() + ":x") == index);
    BOOST_TEST(must("skopeo inspect --config docker-archive:" + docker + ":" + name).find("COPY status") != std::string::npos);
    // The image is a base like any other.
    must_build("FROM " + name + "\nRUN test -s /var/lib/dpkg/status\n");
}

BOOST_FIXTURE_TEST_CASE(refuses_outputs_that_cannot_be_written, build_fixture)
{
    scratch.write("file", "x");
    auto const file = (scratch / "file").string();
    auto const folder = scratch.path().string();
    for (auto const& options : std::vector<std::string>{
             "--output " + file, "--output type=tar,dest=" + folder, "--output type=oci,dest=/none/a.tar",
             "--output type=tar,dest=a --output type=oci,dest=./a", "--no-push --output type=image,push=true",
             "--format docker --annotation a=b", "--format docker --sbom=true"}) {
        auto const result = build("FROM scratch\nCOPY Dockerfile /f\n", options);
        BOOST_TEST(result.status == 2, options << ": " << result.output);
    }
    auto const failing = build("FROM busybox:base\nRUN false\n", "--output " + (scratch / "r").string()
                                                                     + " --output type=tar,dest=" + (scratch / "t").string());
    BOOST_TEST(failing.status == 1);
    BOOST_TEST(must("ls -A " + folder) == "file\n");
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
