// Builds of contexts that are no folder of this machine.
#include "tool.hpp"

#include <boost/test/unit_test.hpp>
#include <support/git_servers.hpp>
#include <support/scratch_folder.hpp>
#include <support/scripted_server.hpp>
#include <support/shell.hpp>
#include <support/tar_writer.hpp>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(cli_remote_context)
namespace {
std::string const dockerfile = "FROM scratch\nCOPY version /\n";

struct fixture
{
    tool_result build(std::vector<std::string> args) const
    {
        args.insert(args.begin(), {"build", "--no-push", "-t", "app:1", "-o", "json"});
        return started_tool(folder, std::move(args)).wait();
    }
    /// The same with an input.
    shell_result build_from(std::string const& input, std::string const& args) const
    {
        folder.write("input", input);
        return shell("ACRX_HOME=" + (folder / "home").string() + " " + ACRX_QUICK + " build --no-push -t app:1 " + args + " < "
                     + (folder / "input").string());
    }
    static std::string context() { return tar_writer().file("Dockerfile", dockerfile).file("version", "1\n").finish(); }

    scratch_folder folder;
};

struct git_fixture : fixture
{
    git_fixture()
    {
        shelf.write("app", "mkdir src; printf '" + dockerfile + "' > src/Dockerfile; printf 'FROM scratch\\nENV a=b\\n' > src/other; "
                           "echo 1 > src/version; ln -s /etc/passwd leak; git add .; git commit -q -m one; git tag v1; "
                           "echo 2 > src/version; git commit -q -a -m two");
    }
    git_shelf shelf;
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(builds_a_folder_of_a_private_repository, git_fixture)
{
    git_http_server server(shelf.repositories());
    auto const url = server.url("/private/app.git#v1:src");
    auto const token = folder.write("token", "t0ken\n").string();
    auto const built = build({"--git-access-token-file", token, url});
    BOOST_TEST(built.status == 0, built.err);
    BOOST_TEST(built.err.find(shelf.id("app", "v1")) != std::string::npos, built.err);
    BOOST_TEST(build({"http://user:s3cret@" + server.host() + "/private/app.git#:src"}).status == 0);

    auto const refused = build({url});
    BOOST_TEST(refused.status == 3);
    BOOST_TEST(refused.err.find("--git-access-token-file") != std::string::npos, refused.err);
    auto const wrong = build({"http://user:wr0ng@" + server.host() + "/private/app.git#:src"});
    BOOST_TEST(wrong.status == 3);
    BOOST_TEST((wrong.err + wrong.out).find("wr0ng") == std::string::npos);
    BOOST_TEST(wrong.err.find("<REDACTED>@") != std::string::npos, wrong.err);
    BOOST_TEST(shell("grep -r 'wr0ng\\|s3cret\\|t0ken' " + (folder / "home").string()).status == 1);
    BOOST_TEST(std::filesystem::is_empty(folder / "home/tmp"));
}

BOOST_FIXTURE_TEST_CASE(counts_the_dockerfile_from_the_root_of_the_context, git_fixture)
{
    auto const url = shelf.file_url("app.git");
    BOOST_TEST(build({"-f", "other", url + "#:src"}).status == 0);
    BOOST_TEST(build({"-f", "src/other", url}).status == 0);
    for (std::string const name : {"leak", "/etc/passwd", "../other", "none"}) {
        auto const refused = build({"-f", name, url});
        BOOST_TEST(refused.status == 1, name);
        BOOST_TEST(refused.err.find("root:") == std::string::npos, refused.err);
    }
    BOOST_TEST(build({url + "#:../x"}).status == 1);
    BOOST_TEST(build({url + "#nope"}).status == 1);
}

BOOST_FIXTURE_TEST_CASE(builds_archives_from_the_web_and_from_this_machine, fixture)
{
    scripted_server server([](seen_request const&) { return reply{.body = context()}; });
    auto const from_web = build({server.url("/app.tar")});
    BOOST_TEST(from_web.status == 0, from_web.err);
    auto const from_disk = build({folder.write("app.tar", context()).string()});
    BOOST_TEST(from_disk.status == 0, from_disk.err);
    BOOST_TEST(build({"http://127.0.0.1:1/app.tar"}).status == 3);
    BOOST_TEST(build({folder.write("noise", std::string("\x7f\0\1", 3)).string()}).status == 1);
}

BOOST_FIXTURE_TEST_CASE(reads_standard_input, fixture)
{
    auto const archive = build_from(context(), "-");
    BOOST_TEST(archive.status == 0, archive.output);
    auto const lone = build_from("FROM scratch\nENV a=b\n", "-");
    BOOST_TEST(lone.status == 0, lone.output);
    BOOST_TEST(build_from("", "-").status == 1);
    auto const copies = build_from("FROM scratch\nCOPY version /\n", "-");
    BOOST_TEST(copies.status == 1, copies.output);
}

BOOST_FIXTURE_TEST_CASE(builds_without_a_context, fixture)
{
    auto const file = folder.write("lone", "FROM scratch\nENV a=b\n").string();
    BOOST_TEST(build({"-f", file, "/dev/null"}).status == 0);
    BOOST_TEST(build({"/dev/null"}).status == 1);
    BOOST_TEST(build({"nowhere"}).status == 1);
}

BOOST_AUTO_TEST_SUITE_END()
