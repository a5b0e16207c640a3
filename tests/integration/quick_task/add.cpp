// ADD of downloads and of git repositories, from real servers.
#include "build_fixture.hpp"

#include <support/git_servers.hpp>
#include <support/scripted_server.hpp>
#include <support/tar_writer.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(quick_task_add)
namespace {
/// A server of a few files, which counts what it sends.
struct web_fixture : build_fixture
{
    web_fixture()
        : server([this](seen_request const& request) {
              ++asked;
              auto const path = request.target.substr(0, request.target.find('?'));
              if (path == "/moved")
                  return reply{.status = 302, .headers = {{"Location", "/v1/file.txt"}}};
              if (path == "/private" && request.header("authorization") != "Bearer s3cret")
                  return reply{.status = 401, .body = "who are you?"};
              if (path == "/missing")
                  return reply{.status = 404, .body = "nothing here"};
              auto const version = "\"" + std::to_string(content.size()) + "\"";
              if (request.header("if-none-match") == version)
                  return reply{.status = 304, .headers = {{"ETag", version}, {"Content-Length", "0"}}};
              ++sent;
              if (path == "/archive.tar")
                  return reply{.body = tar_writer().file("inside", "in\n").finish()};
              return reply{.headers = {{"Last-Modified", "Tue, 14 Nov 2023 22:13:20 GMT"}, {"ETag", version}},
                           .body = content};
          })
    {}
    std::string url(std::string const& path) const { return server.url(path); }
    std::string times(std::string const& path) const
    {
        return must("cd " + unpacked() + " && find " + path + " -printf '%m %U:%G %s %T@ %p\\n' | LC_ALL=C sort -k5");
    }

    std::string content = "hello\n";
    int asked = 0;
    int sent = 0;
    scripted_server server;
};

struct git_fixture : build_fixture
{
    git_fixture()
    {
        shelf.write(
            "lib",
            "mkdir -p sub/deep; echo 1 > sub/one; echo run > sub/deep/tool; chmod +x sub/deep/tool; ln -s one "
            "sub/link; "
            "echo top > top; git add .; git commit -q -m one; git tag v1; echo 2 > sub/one; git commit -q -a -m two");
    }
    git_shelf shelf;
    git_http_server server{shelf.repositories()};
    std::string url(std::string const& rest = {}) const { return server.url("/git/lib.git" + rest); }
    std::string secret_url() const { return server.url("/private/lib.git"); }
};

bool has(std::string const& text, std::string const& part)
{
    return text.find(part) != std::string::npos;
}
}  // namespace

BOOST_FIXTURE_TEST_CASE(downloads_files, web_fixture)
{
    must_build("FROM scratch\nADD " + url("/v1/file.txt?x=1") + " " + url("/a%20b") + " /dir/\nADD "
               + url("/v1/file.txt") + " /named\nADD " + url("") + " /dir/\nADD --chmod=755 --chown=3:4 "
               + url("/moved") + " /dir/m\n");
    auto const list = times("dir named");
    for (auto const* line :
         {"600 0:0 6 1700000000.0000000000 dir/__unnamed__\n", "600 0:0 6 1700000000.0000000000 dir/a b\n",
          "600 0:0 6 1700000000.0000000000 dir/file.txt\n", "755 3:4 6 1700000000.0000000000 dir/m\n",
          "600 0:0 6 1700000000.0000000000 named\n"})
        BOOST_TEST(has(list, line), list);
}

BOOST_FIXTURE_TEST_CASE(downloads_again_only_what_is_new, web_fixture)
{
    auto const text = "FROM scratch\nADD " + url("/file") + " /file\n";
    must_build(text);
    auto const first = manifest();
    must_build(text);
    BOOST_TEST(manifest() == first);
    BOOST_TEST(sent == 1);
    BOOST_TEST(asked == 2);
    content = "other\n\n";
    must_build(text);
    BOOST_TEST(must("cat " + unpacked() + "/file") == content);
    BOOST_TEST(sent == 2);
}

BOOST_FIXTURE_TEST_CASE(verifies_checksums, web_fixture)
{
    auto const right = must("printf 'hello\\n' | sha256sum | cut -c1-64 | tr -d '\\n'");
    must_build("FROM scratch\nARG SUM=sha256:" + right + "\nADD --checksum=$SUM " + url("/file") + " /file\n");
    auto const before = asked;
    must_build("FROM scratch\nADD --checksum=sha256:" + right + " " + url("/file") + " /file\n");
    BOOST_TEST(asked == before);  // the checksum says it all
    auto const wrong =
        build("FROM scratch\n\nADD --checksum=sha256:" + std::string(64, '0') + " " + url("/file") + " /file\n");
    BOOST_TEST(wrong.status != 0);
    BOOST_TEST(has(wrong.output, "digest mismatch"), wrong.output);
    BOOST_TEST(has(wrong.output, "Dockerfile:3"), wrong.output);
}

BOOST_FIXTURE_TEST_CASE(unpacks_downloads_only_when_asked_to, web_fixture)
{
    must_build("FROM scratch\nADD " + url("/archive.tar") + " /kept/\nADD --unpack=true " + url("/archive.tar")
               + " /out/\nADD --unpack " + url("/file") + " /out/\n");
    auto const list = listing("kept out");
    BOOST_TEST(has(list, " kept/archive.tar"), list);
    BOOST_TEST(has(list, " out/inside"), list);
    BOOST_TEST(has(list, " out/file"), list);
    BOOST_TEST(!has(list, " out/archive.tar"), list);
}

BOOST_FIXTURE_TEST_CASE(mixes_downloads_with_files_in_order, web_fixture)
{
    context.write("first", "1");
    context.write("last", "2");
    must_build("FROM scratch\nADD first " + url("/hello") + " last <<TEXT /dir/\ntext\nTEXT\nADD first " + url("/x")
               + " /one\n"
                 "ADD "
               + url("/x") + " last /two\n");
    BOOST_TEST(must("cd " + unpacked() + "/dir && cat first hello last TEXT ../one ../two")
               == "1hello\n2text\nhello\n2");
}

BOOST_FIXTURE_TEST_CASE(says_which_line_could_not_be_downloaded, web_fixture)
{
    for (auto const& [path, word] : {std::pair("/missing", "404"), std::pair("/private", "401")}) {
        auto const failed = build("FROM scratch\nENV A=b\nADD " + url(path) + " /x\n");
        BOOST_TEST(failed.status != 0);
        BOOST_TEST(has(failed.output, "Dockerfile:3"), failed.output);
        BOOST_TEST(has(failed.output, url(path)), failed.output);
        BOOST_TEST(has(failed.output, word), failed.output);
    }
    auto const refused = build("FROM scratch\nADD http://127.0.0.1:1/x /x\n");
    BOOST_TEST(refused.status == 3, refused.output);
    BOOST_TEST(has(refused.output, "Dockerfile:2"), refused.output);
}

BOOST_FIXTURE_TEST_CASE(shows_the_credentials_of_a_host_to_nobody, web_fixture)
{
    auto const token = scratch.write("token", "s3cret\n").string();
    auto const port = url("").substr(url("").rfind(':'));
    must_build("FROM scratch\nADD " + url("/private") + " /x\n",
               "--secret id=HTTP_AUTH_TOKEN_127.0.0.1" + port + ",src=" + token);
    must_build("FROM scratch\nADD " + url("/private") + " /y\n", "--secret id=HTTP_AUTH_TOKEN_127.0.0.1,src=" + token);
    BOOST_TEST(must("cat " + unpacked() + "/y") == "hello\n");
    auto const other =
        build("FROM scratch\nADD " + url("/private") + "?z /z\n", "--secret id=HTTP_AUTH_TOKEN_localhost,src=" + token);
    BOOST_TEST(other.status != 0);
    auto const at = url("/file").find("//") + 2;
    auto with_password = url("/file");
    with_password.insert(at, "me:s3cret@");
    auto const out = must_build("FROM scratch\nADD " + with_password + " /x\n");
    BOOST_TEST(!has(out, "s3cret"), out);
    BOOST_TEST(!has(config(), "s3cret"), config());
    BOOST_TEST(shell("grep -r s3cret " + home).status == 1);
}

BOOST_FIXTURE_TEST_CASE(adds_the_files_of_a_commit, git_fixture)
{
    must_build("FROM scratch\nADD " + url() + " /all\nADD --chown=5:6 " + url("#v1:sub") + " /one/\nADD "
               + url("?tag=v1&subdir=sub/deep") + " /deep\n");
    BOOST_TEST(
        listing("all one deep")
        == "755 0:0 all\n755 0:0 all/sub\n755 0:0 all/sub/deep\n755 0:0 all/sub/deep/tool\n777 0:0 all/sub/linkone\n"
           "644 0:0 all/sub/one\n644 0:0 all/top\n755 0:0 deep\n755 0:0 deep/tool\n755 5:6 one\n755 5:6 one/deep\n"
           "755 5:6 one/deep/tool\n777 5:6 one/linkone\n644 5:6 one/one\n");
    BOOST_TEST(must("cat " + unpacked() + "/all/sub/one " + unpacked() + "/one/one") == "2\n1\n");
}

BOOST_FIXTURE_TEST_CASE(fetches_a_commit_once, git_fixture)
{
    auto const text = "FROM scratch\nADD " + url() + " /all\n";
    must_build(text);
    auto const again = must_build(text);
    BOOST_TEST(has(again, "CACHED"), again);
    shelf.write("lib", "echo 3 > sub/one; git commit -q -a -m three");
    must_build(text);
    BOOST_TEST(must("cat " + unpacked() + "/all/sub/one") == "3\n");
}

BOOST_FIXTURE_TEST_CASE(keeps_the_git_folder_when_asked_to, git_fixture)
{
    must_build("FROM scratch\nADD --keep-git-dir=true " + url("#v1") + " /all\n");
    auto const id = git_shelf::git("-c safe.directory='*' rev-parse HEAD", unpacked() + "/all");
    BOOST_TEST(id.substr(0, 40) == shelf.id("lib", "v1"));
    must_build("FROM scratch\nADD --exclude=sub " + url("#v1") + " /all\n");
    BOOST_TEST(listing("all") == "755 0:0 all\n644 0:0 all/top\n");
}

BOOST_FIXTURE_TEST_CASE(verifies_commits, git_fixture)
{
    auto const id = shelf.id("lib", "v1");
    must_build("FROM scratch\nADD --checksum=" + id + " " + url("#v1") + " /all\n");
    must_build("FROM scratch\nADD --checksum=" + id.substr(0, 12) + " " + url("#v1") + " /all\n");
    auto const wrong = build("FROM scratch\nADD --checksum=" + id + " " + url() + " /all\n");
    BOOST_TEST(wrong.status != 0);
    BOOST_TEST(has(wrong.output, id), wrong.output);
    BOOST_TEST(has(wrong.output, "Dockerfile:2"), wrong.output);
}

BOOST_FIXTURE_TEST_CASE(opens_private_repositories_with_secrets, git_fixture)
{
    auto const text = "FROM scratch\nADD " + secret_url() + "#v1 /all\n";
    auto const refused = build(text);
    BOOST_TEST(refused.status == 3);
    BOOST_TEST(has(refused.output, "Dockerfile:2"), refused.output);
    auto const header = scratch.write("header", "Basic dXNlcjpzM2NyZXQ=").string();
    must_build(text, "--secret id=GIT_AUTH_HEADER,src=" + header);
    BOOST_TEST(must("cat " + unpacked() + "/all/top") == "top\n");
    must_build("FROM scratch\nADD " + secret_url() + " /all\n", "--secret id=GIT_AUTH_HEADER.127.0.0.1,src=" + header);
    BOOST_TEST(shell("grep -r dXNlcjpzM2NyZXQ " + home).status == 1);
    for (auto const* missing : {"#nope", "#v1:nope"}) {
        auto const failed = build("FROM scratch\nENV a=b\nADD " + url(missing) + " /x\n");
        BOOST_TEST(failed.status != 0);
        BOOST_TEST(has(failed.output, "Dockerfile:3"), failed.output);
        BOOST_TEST(has(failed.output, "nope"), failed.output);
    }
}

BOOST_AUTO_TEST_SUITE_END()
