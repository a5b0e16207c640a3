// --build-context: files and images that take the place of stages and base images.
#include "build_fixture.hpp"

#include <support/git_servers.hpp>
#include <support/registry_server.hpp>
#include <support/scripted_server.hpp>
#include <support/tar_writer.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(quick_task_named_context)
namespace {
struct fixture : build_fixture
{
    fixture()
    {
        other.write("one", "1\n");
        other.write("sub/two", "2\n");
        other.write("junk", "x\n");
        other.write(".dockerignore", "junk\n");
        context.write("one", "main\n");
    }
    std::string option(std::string const& name) const
    {
        return "--build-context " + name + "=" + other.path().string();
    }
    std::string file(std::string const& path) const { return must("cat " + unpacked() + "/" + path); }
    scratch_folder other;
};

bool has(std::string const& text, std::string const& part)
{
    return text.find(part) != std::string::npos;
}
}  // namespace

BOOST_FIXTURE_TEST_CASE(copies_from_a_folder, fixture)
{
    must_build("FROM scratch\nCOPY --from=Files / /all/\nCOPY --from=files one /\nCOPY one /main\n", option("files"));
    BOOST_TEST(listing("all")
               == "755 0:0 all\n644 0:0 all/.dockerignore\n644 0:0 all/one\n755 0:0 all/sub\n644 0:0 all/sub/two\n");
    BOOST_TEST(file("one") + file("main") == "1\nmain\n");
    other.write("one", "changed\n");
    must_build("FROM scratch\nCOPY --from=files one /\n", option("files"));
    BOOST_TEST(file("one") == "changed\n");
}

BOOST_FIXTURE_TEST_CASE(puts_a_folder_in_place_of_a_base_image, fixture)
{
    must_build("FROM docker.io/library/base:latest\nENV a=b\nCOPY one /main\n", option("base"));
    BOOST_TEST(file("one") + file("sub/two") + file("main") == "1\n2\nmain\n");
    BOOST_TEST(has(config(), "\"a=b\""), config());
    auto const refused = build("FROM base\nCOPY nothing /\n", option("base"));
    BOOST_TEST(refused.status != 0);
    BOOST_TEST(has(refused.output, "Dockerfile:2"), refused.output);
}

BOOST_FIXTURE_TEST_CASE(puts_a_folder_in_place_of_a_stage, fixture)
{
    auto const text = "FROM nowhere.invalid/none AS built\nRUN false\nFROM scratch\nCOPY --from=built /one /\n";
    must_build(text, option("built"));
    BOOST_TEST(file("one") == "1\n");
    must_build("FROM nowhere.invalid/none AS Built\nRUN false\n", option("built"));
    BOOST_TEST(file("sub/two") == "2\n");
}

BOOST_FIXTURE_TEST_CASE(leaves_names_of_earlier_stages_alone, fixture)
{
    must_build("FROM scratch AS base\nCOPY one /stage\nFROM base\n", option("other"));
    BOOST_TEST(file("stage") == "main\n");
    must_build("FROM scratch\nCOPY one /x\n", option("scratch"));
    BOOST_TEST(file("x") == "main\n");
}

BOOST_FIXTURE_TEST_CASE(mounts_a_named_context, fixture)
{
    if (::geteuid() != 0)
        return;
    must_build("FROM busybox:base\nRUN --mount=from=files,target=/m cp /m/one /copied && ls /m > /list\n"
               "RUN --mount=from=files,source=sub,target=/m,rw touch /m/new && cp /m/two /\n",
               option("files"));
    BOOST_TEST(file("copied") + file("list") + file("two") == "1\none\nsub\n2\n");
    BOOST_TEST(!std::filesystem::exists(other / "sub/new"));
}

BOOST_FIXTURE_TEST_CASE(takes_images_of_registries_and_layouts, fixture)
{
    registry_server registry;
    auto const image = registry.host() + "/lib/base:v1";
    must_build("FROM scratch\nCOPY one /from-image\nENV origin=image\nENTRYPOINT [\"/x\"]\n",
               "-t " + image + " --output type=oci,tar=false,dest=" + (scratch / "layout").string());
    auto const text = "FROM alpine:3.20\nCOPY --from=files /from-image /copied\n";
    must_build(text, "--build-context alpine:3.20=docker-image://" + image + " --build-context files=docker-image://"
                         + image);
    BOOST_TEST(file("from-image") + file("copied") == "main\nmain\n");
    BOOST_TEST(has(config(), "origin=image"), config());

    auto const layout = "oci-layout://" + (scratch / "layout").string();
    for (auto const& where : {layout, layout + ":v1"}) {
        must("rm -rf " + home + "-2");
        auto const fresh = quick("build -t x:1 --build-context alpine:3.20=" + where + " --build-context files=" + where
                                 + " " + context.path().string());
        auto const elsewhere =
            fresh.substr(0, fresh.find("--home ") + 7) + home + "-2" + fresh.substr(fresh.find(" -t x:1"));
        auto const result = shell(elsewhere);
        BOOST_TEST(result.status == 0, result.output);
    }
    must("rm -rf " + home + "-2");
    must_build(text, "--build-context alpine:3.20=" + layout + " --build-context files=" + layout);
    BOOST_TEST(file("from-image") + file("copied") == "main\nmain\n");
    auto const wrong = build(text, "--build-context alpine:3.20=" + layout + ":v9");
    BOOST_TEST(wrong.status != 0);
    BOOST_TEST(has(wrong.output, "v9"), wrong.output);
    BOOST_TEST(has(wrong.output, "Dockerfile:1"), wrong.output);
}

BOOST_FIXTURE_TEST_CASE(fetches_repositories_and_archives, fixture)
{
    git_shelf shelf;
    shelf.write("lib", "mkdir sub; echo git > sub/one; git add .; git commit -q -m one");
    git_http_server git(shelf.repositories());
    scripted_server web([](seen_request const& request) {
        if (request.target == "/plain.txt")
            return reply{.body = "plain\n"};
        return reply{.body = tar_writer().file("one", "tar\n").finish()};
    });
    must_build("FROM scratch\nCOPY --from=g one /g\nCOPY --from=t one /t\nCOPY --from=f /plain.txt /f\n",
               "--build-context 'g=" + git.url("/git/lib.git#:sub") + "' --build-context t=" + web.url("/x.tar")
                   + " --build-context f=" + web.url("/plain.txt"));
    BOOST_TEST(file("g") + file("t") + file("f") == "git\ntar\nplain\n");
    auto const header = scratch.write("header", "Basic dXNlcjpzM2NyZXQ=").string();
    must_build("FROM scratch\nCOPY --from=g sub/one /g\n",
               "--secret id=GIT_AUTH_HEADER,src=" + header + " --build-context g=" + git.url("/private/lib.git"));
    auto const refused =
        build("FROM scratch\nENV a=b\nCOPY --from=g sub/one /g\n", "--build-context g=" + git.url("/private/lib.git"));
    BOOST_TEST(refused.status == 3);
    BOOST_TEST(has(refused.output, "Dockerfile:3"), refused.output);
}

BOOST_FIXTURE_TEST_CASE(gives_images_the_time_of_a_context, fixture)
{
    git_shelf shelf;
    shelf.write("lib", "printf 'FROM scratch\\nCOPY Dockerfile /\\n' > Dockerfile; git add .; "
                       "GIT_COMMITTER_DATE='1700000001 +0000' git commit -q -m one");
    scripted_server web([](seen_request const&) {
        return reply{.headers = {{"Last-Modified", "Tue, 14 Nov 2023 22:13:22 GMT"}},
                     .body = tar_writer().file("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n").finish()};
    });
    std::string const text = "FROM scratch\nARG SOURCE_DATE_EPOCH\nENV epoch=$SOURCE_DATE_EPOCH\n";
    must_build(text, "--build-arg SOURCE_DATE_EPOCH=g --build-context g=" + shelf.file_url("lib.git"));
    BOOST_TEST(has(config(), "\"2023-11-14T22:13:21Z\""), config());
    BOOST_TEST(has(config(), "epoch=1700000001"), config());
    must_build("ARG SOURCE_DATE_EPOCH=w\nFROM scratch\n", "--build-context w=" + web.url("/x.tar"));
    BOOST_TEST(has(config(), "\"2023-11-14T22:13:22Z\""), config());
    for (auto const& [where, time] :
         {std::pair(shelf.file_url("lib.git"), "22:13:21Z"), std::pair(web.url("/x.tar"), "22:13:22Z")}) {
        must(quick("build -t " + tag + ":" + tag + " --build-arg SOURCE_DATE_EPOCH=context " + where));
        BOOST_TEST(has(config(), time), config());
    }
    must_build(text, "--build-arg SOURCE_DATE_EPOCH=context");
    BOOST_TEST(has(config(), "epoch=context"), config());
    BOOST_TEST(build(text, "--build-arg SOURCE_DATE_EPOCH=unknown").status == 2);
}

BOOST_FIXTURE_TEST_CASE(opens_only_what_is_named, fixture)
{
    must_build("FROM scratch\nCOPY one /\n", "--build-context far=https://nowhere.invalid/x.tar");
    auto const missing = build("FROM scratch\nCOPY one /\n", "--build-context x=" + (scratch / "missing").string());
    BOOST_TEST(missing.status == 2, missing.output);
    for (auto const* bad : {"x", "=y", "x=", "'a b=/'", "x=target:y", "x=-"})
        BOOST_TEST(build("FROM scratch\n", std::string("--build-context ") + bad).status == 2, bad);
}

BOOST_AUTO_TEST_SUITE_END()
