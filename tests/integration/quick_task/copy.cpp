// COPY and ADD through the executable; the results are read by umoci.
#include "build_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_copy)

BOOST_FIXTURE_TEST_CASE(copies_files_folders_and_wildcards, build_fixture)
{
    context.write("a.txt", "A");
    context.write("b.txt", "B");
    context.write("dir/sub/c", "C");
    must("chmod 700 " + (context / "dir").string() + " && chmod 4755 " + (context / "a.txt").string()
         + " && ln -s ../a.txt " + (context / "dir/way").string());
    must_build("FROM scratch\nCOPY *.txt /t/\nCOPY dir /d\nCOPY dir/way /followed\nCOPY none* /none/\n");
    BOOST_TEST(listing(".") == "755 0:0 .\n755 0:0 ./d\n755 0:0 ./d/sub\n644 0:0 ./d/sub/c\n777 0:0 ./d/way../a.txt\n"
                               "4755 0:0 ./followed\n755 0:0 ./t\n4755 0:0 ./t/a.txt\n644 0:0 ./t/b.txt\n");
}

BOOST_FIXTURE_TEST_CASE(gives_owners_and_modes, build_fixture)
{
    context.write("f", "x");
    must_build("FROM busybox:base\nWORKDIR /w\nCOPY --chown=app f one\nCOPY --chown=app:web --chmod=750 f two\n"
               "COPY --chown=5 --chmod=u+s f new/three\nUSER app\nWORKDIR own\nCOPY f .\n");
    BOOST_TEST(listing("w") == "755 0:0 w\n755 5:5 w/new\n4644 5:5 w/new/three\n644 1000:1001 w/one\n"
                               "755 1000:1001 w/own\n644 0:0 w/own/f\n750 1000:33 w/two\n");
}

BOOST_FIXTURE_TEST_CASE(honours_the_ignore_file_and_builds_an_ignored_dockerfile, build_fixture)
{
    context.write(".dockerignore", "*\n!keep\nkeep/not\n");
    context.write("keep/yes", "1");
    context.write("keep/not", "1");
    context.write("other", "1");
    context.write(".git/config", "1");
    must_build("FROM scratch\nCOPY . /c\n");
    BOOST_TEST(listing("c") == "755 0:0 c\n755 0:0 c/keep\n644 0:0 c/keep/yes\n");
}

BOOST_FIXTURE_TEST_CASE(copies_from_stages_by_name_and_number, build_fixture)
{
    must_build("FROM busybox:base AS one\nRUN mkdir -p /out/d && echo hi > /out/f && ln /out/f /out/d/same && "
               "chown 7:8 /out/f && ln -s f /out/l\nFROM busybox:base\nRUN echo unused > /x\n"
               "FROM scratch\nCOPY --from=one /out /by-name\nCOPY --from=0 /out/l /followed\n");
    BOOST_TEST(listing(".") == "755 0:0 .\n755 0:0 ./by-name\n755 0:0 ./by-name/d\n644 7:8 ./by-name/d/same\n"
                               "644 7:8 ./by-name/f\n777 0:0 ./by-name/lf\n644 7:8 ./followed\n");
    auto const root = unpacked();
    BOOST_TEST(must("stat -c %i " + root + "/by-name/f") == must("stat -c %i " + root + "/by-name/d/same"));
}

BOOST_FIXTURE_TEST_CASE(extracts_archives_by_content, build_fixture)
{
    auto const c = context.path().string();
    must("cd " + c + " && mkdir -p in/sub && echo 1 > in/sub/f && chmod 600 in/sub/f && chown 3:4 in/sub/f && "
         "tar -C in -czf data.bin . && tar -C in -cJf data.xz . && echo no > plain.tar && rm -r in");
    must_build("FROM scratch\nADD data.bin /gz\nADD data.xz /xz/\nADD plain.tar /plain/\nCOPY data.bin /copied\n"
               "ADD --unpack=false data.bin /kept\n");
    BOOST_TEST(listing("gz") == "755 0:0 gz\n755 0:0 gz/sub\n600 3:4 gz/sub/f\n");
    BOOST_TEST(listing("xz") == "755 0:0 xz\n755 0:0 xz/sub\n600 3:4 xz/sub/f\n");
    BOOST_TEST(listing("plain") == "755 0:0 plain\n644 0:0 plain/plain.tar\n");
    BOOST_TEST(must("cmp " + c + "/data.bin " + unpacked() + "/copied") == "");
    BOOST_TEST(must("cmp " + c + "/data.bin " + unpacked() + "/kept") == "");
}

BOOST_FIXTURE_TEST_CASE(writes_documents_of_the_dockerfile, build_fixture)
{
    must_build("FROM scratch\nARG V=1\nCOPY <<A <<\"B\" /d/\nv=$V\nA\nv=$V\nB\nCOPY <<EOF /name\nx\nEOF\n");
    auto const root = unpacked();
    BOOST_TEST(must("cat " + root + "/d/A " + root + "/d/B " + root + "/name") == "v=1\nv=$V\nx\n");
}

BOOST_FIXTURE_TEST_CASE(follows_links_of_the_destination, build_fixture)
{
    context.write("f", "x");
    must_build("FROM busybox:base\nRUN mkdir /real && ln -s real /way && ln -s /real/deep /far\nCOPY f /way/\n"
               "COPY f /far/g\n");
    BOOST_TEST(listing("real") == "755 0:0 real\n755 0:0 real/deep\n644 0:0 real/deep/g\n644 0:0 real/f\n");
}

BOOST_FIXTURE_TEST_CASE(puts_links_layers_on_an_empty_root, build_fixture)
{
    context.write("f", "x");
    must_build("FROM busybox:base\nRUN mkdir /real && ln -s real /way\nCOPY --link f /way/\n");
    BOOST_TEST(listing("way") == "755 0:0 way\n644 0:0 way/f\n");
}

BOOST_FIXTURE_TEST_CASE(leaves_out_what_exclude_names, build_fixture)
{
    for (auto name : {"d/a.txt", "d/b.md", "d/s/c.md"})
        context.write(name, "x");
    must_build("FROM scratch\nCOPY --exclude=*.md d /d\n");
    BOOST_TEST(listing("d") == "755 0:0 d\n644 0:0 d/a.txt\n755 0:0 d/s\n644 0:0 d/s/c.md\n");
}

BOOST_FIXTURE_TEST_CASE(does_not_care_about_times_but_about_modes, build_fixture)
{
    auto const f = context.write("f", "x").string();
    must_build("FROM scratch\nCOPY f /f\n");
    auto const first = manifest();
    must("touch -d '2001-01-01' " + f);
    BOOST_TEST(must_build("FROM scratch\nCOPY f /f\n").find("CACHED") != std::string::npos);
    BOOST_TEST(manifest() == first);
    must("chmod 600 " + f);
    BOOST_TEST(must_build("FROM scratch\nCOPY f /f\n").find("CACHED") == std::string::npos);
    BOOST_TEST(manifest() != first);
}

BOOST_FIXTURE_TEST_CASE(gives_the_same_bytes_on_another_machine, build_fixture)
{
    for (int i = 0; i < 40; ++i)
        context.write("src/f" + std::to_string(i), std::string(static_cast<std::size_t>(i) * 1000, 'x'));
    must("find " + context.path().string() + " -exec touch -d '2020-02-02' {} +");
    auto const layers = [&](std::string const& state) {
        must(std::string(ACRX_QUICK) + " build --home " + state + " -t same:same " + context.path().string());
        return must("skopeo inspect --raw oci:" + state + ":same | grep -o '\"layers\".*'");
    };
    context.write("Dockerfile", "FROM scratch\nWORKDIR /w\nCOPY src /new/src\n");
    BOOST_TEST(layers(scratch.path() / "one") == layers(scratch.path() / "two"));
}

BOOST_AUTO_TEST_SUITE_END()
