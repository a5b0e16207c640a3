// Contexts, Dockerfiles and archives that are wrong or hostile: what the user reads, and that nothing gets out.
#include "build_folder.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <support/shell.hpp>
#include <support/tar_writer.hpp>

#include <sys/stat.h>
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(cli_hostile_input)
namespace {
struct wrong_build
{
    char const* dockerfile;
    char const* where;  ///< `Dockerfile:LINE:COL`; empty if the error belongs to no line
    std::vector<char const*> words;
};

/// The error of a build that must fail with status 1, once checked for form and for `words`.
std::string check(build_folder const& folder, wrong_build const& wrong, int status = 1)
{
    auto const result = folder.build(wrong.dockerfile, {"-t", "app:1"});
    auto const at = result.err.find("error: ");
    auto const text = at == std::string::npos ? result.err : result.err.substr(at);
    BOOST_TEST(result.status == status, wrong.dockerfile << "\n" << result.status << " " << text);
    BOOST_TEST(at != std::string::npos, text);
    BOOST_TEST(text.find("\nerror: ") == std::string::npos, text);
    BOOST_TEST(text.find("[acrx:") == std::string::npos, text);
    BOOST_TEST(text.size() < 3000U);
    for (std::string word : wrong.words)
        BOOST_TEST(text.find(word) != std::string::npos, "'" << word << "' is not in\n" << text);
    if (std::string const where = wrong.where; !where.empty()) {
        BOOST_TEST(text.find("\n" + where + "\n") != std::string::npos, "'" << where << "' is not in\n" << text);
        BOOST_TEST(text.find(" | >>> ") != std::string::npos, text);
    }
    BOOST_TEST(folder.left_behind() == "");
    return text;
}
}  // namespace

BOOST_AUTO_TEST_CASE(says_what_is_wrong_with_an_instruction_and_where)
{
    build_folder folder;
    for (auto const& wrong : std::vector<wrong_build>{
             {"FROM scratch\n\nCOPPY a /\n", "Dockerfile:3:1", {"unknown instruction: COPPY", "did you mean COPY?"}},
             {"FROM scratch\nCOPY --nope=1 hello.txt /\n", "Dockerfile:2:6", {"unknown flag: --nope"}},
             {"FROM scratch\nCOPY missing.txt /\n",
              "Dockerfile:2:1",
              {"\"/missing.txt\"", "not found", "hint: ", "ignore file"}},
             {"FROM scratch\nCOPY ../outside /\n",
              "Dockerfile:2:1",
              {"\"../outside\" leads out of the context", "hint: "}},
             {"FROM scratch AS one\nFROM scratch\nCOPY --from=one /x /\n",
              "Dockerfile:3:1",
              {"\"/x\"", "not found", "stage"}},
             {"FROM scratch\nCOPY --from=2 /x /\n", "Dockerfile:2:1", {"invalid stage index", "hint: "}},
             {"FROM scratch\nCOPY --chmod=9z hello.txt /\n", "Dockerfile:2:1", {"invalid chmod", "9z"}},
             {"FROM scratch\nCOPY --chown=nobody hello.txt /\n", "Dockerfile:2:1", {"nobody", "hint: "}},
             {"RUN true\n", "Dockerfile:1:1", {"no build stage"}},
             {"", "", {"the Dockerfile cannot be empty"}},
             {"# only a comment\n", "", {"file with no instructions", "hint: "}},
         })
        check(folder, wrong);
    auto const target = folder.build("FROM scratch AS one\n", {"--target", "two"});
    BOOST_TEST(target.status == 1);
    BOOST_TEST(target.err.find("\"two\"") != std::string::npos, target.err);
    BOOST_TEST(target.err.find("hint: The stages are: one.") != std::string::npos, target.err);
}
BOOST_AUTO_TEST_CASE(shows_how_a_step_failed, *boost::unit_test::precondition(can_run_steps))
{
    build_folder folder;
    folder.add_busybox();
    auto const text =
        check(folder, {"FROM scratch\nCOPY busybox /bin/sh\nRUN for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do "
                       "echo \"line $i\"; done; printf '\\033[31mred\\033[0m\\n' >&2; exit 42\n",
                       "Dockerfile:3:1",
                       {"exit code: 42", "line 16\n", "red\n"}});
    BOOST_TEST(text.find("line 1\n") == std::string::npos, text);
    BOOST_TEST(text.find('\x1b') == std::string::npos);
    check(folder, {"FROM scratch\nRUN true\n", "Dockerfile:2:1", {"/bin/sh"}});
}
BOOST_AUTO_TEST_CASE(does_not_follow_links_out_of_the_context)
{
    build_folder folder;
    folder.write("outside/secret", "secret");
    auto const link = [&](char const* to, char const* name) {
        std::filesystem::create_symlink(to, folder / ("ctx/" + std::string(name)));
    };
    link("/etc/passwd", "absolute");
    link("../outside/secret", "up");
    link("..", "parent");
    for (auto const& wrong : std::vector<wrong_build>{
             {"FROM scratch\nCOPY absolute /\n",
              "Dockerfile:2:1",
              {"\"/absolute\" is a link to \"/etc/passwd\"", "context", "hint: "}},
             {"FROM scratch\nCOPY up /\n", "Dockerfile:2:1", {"\"/up\" is a link to \"../outside/secret\"", "hint: "}},
             {"FROM scratch\nCOPY parent/outside/secret /\n",
              "Dockerfile:2:1",
              {"\"/parent\" is a link to \"..\"", "hint: "}},
             {"FROM scratch\nADD up /\n", "Dockerfile:2:1", {"\"/up\" is a link"}},
         })
        check(folder, wrong);
    // As part of a folder a link is copied as what it is: the image decides where it leads.
    BOOST_TEST(folder.build("FROM scratch\nCOPY . /all/\n", {"-t", "app:1"}).status == 0);
}
BOOST_AUTO_TEST_CASE(refuses_what_is_no_dockerfile)
{
    build_folder folder;
    auto const binary = folder.build(noise(5000), {"-o", "json"});
    BOOST_TEST(binary.status == 1);
    BOOST_TEST(binary.err.find("Dockerfile") != std::string::npos);
    BOOST_CHECK_NO_THROW(boost::json::parse(binary.out));

    auto const not_utf8 = folder.build("FROM scratch\nL\xe4"
                                       "BEL a=b\n",
                                       {"-o", "json"});
    BOOST_TEST(not_utf8.status == 1);
    BOOST_TEST(not_utf8.err.find("Dockerfile:2:1") != std::string::npos, not_utf8.err);
    BOOST_CHECK_NO_THROW(boost::json::parse(not_utf8.out));
    BOOST_TEST(folder.build("# caf\xe9\nFROM scratch\nLABEL a=caf\xe9\n").status == 0);  // as others do it

    auto const long_line = "FROM scratch\nLABEL a=" + std::string(70'000, 'x') + "\n";
    check(folder, {long_line.c_str(), "Dockerfile:2:1", {"line"}});
    auto const escapes =
        check(folder, {"FROM scratch\nNONE \x1b[2Jcleared\n", "Dockerfile:2:1", {"unknown instruction"}});
    BOOST_TEST(escapes.find('\x1b') == std::string::npos);

    std::filesystem::remove(folder / "ctx/Dockerfile");
    auto const missing = run_tool(folder, folder.words());
    BOOST_TEST(missing.status == 1);
    BOOST_TEST(missing.err.find("Unable to find") != std::string::npos, missing.err);
    std::filesystem::create_directory(folder / "ctx/Dockerfile");
    auto const is_folder = run_tool(folder, folder.words());
    BOOST_TEST(is_folder.status == 1);
    BOOST_TEST(is_folder.err.find("Dockerfile: it is a folder") != std::string::npos, is_folder.err);
    BOOST_TEST(is_folder.err.find("hint: ") != std::string::npos, is_folder.err);
}
BOOST_AUTO_TEST_CASE(refuses_ignore_rules_that_cannot_be_read)
{
    build_folder folder;
    folder.write("ctx/.dockerignore", "good\n[a-\n");
    check(folder, {"FROM scratch\nCOPY . /\n", "", {".dockerignore", "\"[a-\"", "syntax error in pattern"}});
    std::filesystem::remove(folder / "ctx/.dockerignore");
    std::filesystem::create_directory(folder / "ctx/.dockerignore");
    check(folder, {"FROM scratch\nCOPY . /\n", "", {".dockerignore", "it is a folder", "hint: "}});
}
BOOST_AUTO_TEST_CASE(keeps_what_archives_hold_inside_the_image, *boost::unit_test::precondition(can_run_steps))
{
    build_folder folder;
    auto const outside = folder / "outside";
    std::filesystem::create_directory(outside);
    folder.write("ctx/up.tar",
                 tar_writer().file("../../../../../../../../.." + outside.string() + "/up", "x").finish());
    folder.write("ctx/root.tar", tar_writer().file(outside.string() + "/root", "x").finish());
    folder.write("ctx/through.tar", tar_writer().symlink("way", outside.string()).file("way/through", "x").finish());
    folder.write(
        "ctx/climbs.tar",
        tar_writer().symlink("way", "../../../../../../../.." + outside.string()).file("way/climbs", "x").finish());
    folder.write("ctx/dev.tar", tar_writer().add({.name = "disk", .type = '4', .major = 8}).finish());
    folder.add_busybox();
    auto const result =
        folder.build("FROM scratch\nCOPY busybox /bin/sh\nADD up.tar /d/\nADD root.tar /d/\nADD through.tar /d/\n"
                     "ADD climbs.tar /d/\nADD dev.tar /d/\nRUN head -c1 /d/disk && exit 9; ls /d\n",
                     {"-t", "app:1"});
    BOOST_TEST(result.status == 0, result.err);  // the image has the device node, and no step can open it
    BOOST_TEST(std::filesystem::is_empty(outside));
    BOOST_TEST(folder.left_behind() == "");
    struct stat status
    {};
    BOOST_TEST_REQUIRE(::stat((folder / "home/snapshots").c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0077) == 0U);  // nobody else of this machine gets at what images hold
}
BOOST_AUTO_TEST_CASE(refuses_archives_that_are_damaged_or_too_much)
{
    build_folder folder;
    folder.write("ctx/hard.tar", tar_writer().hard_link("passwd", "../../../../etc/passwd").finish());
    check(folder, {"FROM scratch\nADD hard.tar /\n",
                   "Dockerfile:2:1",
                   {"hard.tar", "hard link \"passwd\" leads out of the archive"}});
    folder.write("ctx/hard.tar", tar_writer().hard_link("passwd", "/etc/passwd").finish());
    check(folder, {"FROM scratch\nADD hard.tar /\n",
                   "Dockerfile:2:1",
                   {"hard.tar", "\"etc/passwd\", which is no file before it"}});
    folder.write("ctx/below.tar", tar_writer().file("f").file("f/below").finish());
    check(folder, {"FROM scratch\nADD below.tar /\n", "Dockerfile:2:1", {"below.tar", "which is no folder"}});

    auto const whole = tar_writer().file("a", noise(100'000)).finish();
    folder.write("ctx/cut.tar", whole.substr(0, 60'000));
    check(folder, {"FROM scratch\nADD cut.tar /\n", "Dockerfile:2:1", {"cut.tar", "ends too early"}});
    auto const in = "cd " + folder.context() + " && ";
    folder.write("ctx/whole.tar", whole);
    for (auto const& packer : std::vector<std::string>{"gzip", "zstd", "xz", "bzip2"}) {
        // Before the end of the first block all that says "archive" is the name.
        auto const name = std::string("cut.tar.")
                          + (packer == "gzip"   ? "gz"
                             : packer == "zstd" ? "zst"
                             : packer == "xz"   ? "xz"
                                                : "bz2");
        must(in + packer + " -c whole.tar | head -c 50000 > " + name);
        check(folder,
              {("FROM scratch\nADD " + name + " /\n").c_str(), "Dockerfile:2:1", {name.c_str(), "ends too early"}});
    }

    // A stream of gzip members, each a thousandth of what it holds.
    folder.write("zeros", std::string(1 << 20, '\0'));
    auto const member = must("gzip -9c " + (folder / "zeros").string());
    folder.write("head", tar_writer::header({.name = "large"}, std::uint64_t{3} << 30));
    auto bomb = must("gzip -c " + (folder / "head").string());
    for (int i = 0; i < 3 << 10; ++i)
        bomb += member;
    folder.write("ctx/bomb.tgz", bomb);
    check(folder, {"FROM scratch\nADD bomb.tgz /\n", "Dockerfile:2:1", {"bomb.tgz", "500 times its size", "hint: "}});
}
BOOST_AUTO_TEST_CASE(names_the_setting_that_limits_steps, *boost::unit_test::precondition(can_run_steps))
{
    build_folder folder;
    folder.add_busybox();
    folder.write("ctx/Dockerfile", "FROM scratch\nCOPY busybox /bin/sh\nRUN true\n");
    must("cp " ACRX_QUICK " " + (folder / "acrx-quick").string() + " && chmod -R a+rwX " + folder.path().string());
    auto const as_nobody = [&](std::string const& words) {
        return shell("cd / && setpriv --reuid=65534 --regid=65534 --clear-groups " + (folder / "acrx-quick").string()
                     + " " + words);
    };
    auto const home = " --home " + (folder / "nobodys").string() + " ";
    // Nobody has no subordinate ids: steps see the files of one user, and the setting that would change that is named.
    auto const warned = as_nobody("build -t app:1" + home + folder.context());
    BOOST_TEST(warned.status == 0, warned.output);
    for (auto const* word : {"warning: ", "/etc/subuid", "nobody:100000:65536"})
        BOOST_TEST(warned.output.find(word) != std::string::npos, "'" << word << "' is not in\n" << warned.output);
    // Without steps nobody needs to be root.
    folder.write("ctx/Dockerfile", "FROM scratch\nCOPY busybox /bin/sh\n");
    auto const built = as_nobody("build -t app:1" + home + folder.context());
    BOOST_TEST(built.status == 0, built.output);

    auto const state = as_nobody("build -t app:1 --home /var/lib/acrx-of-root " + folder.context());
    BOOST_TEST(state.status == 4, state.output);
    BOOST_TEST(state.output.find("/var/lib/acrx-of-root") != std::string::npos, state.output);
    BOOST_TEST(state.output.find("hint: ") != std::string::npos, state.output);
    must("chmod 0 " + (folder / "ctx/hello.txt").string());
    folder.write("ctx/Dockerfile", "FROM scratch\nCOPY hello.txt /\n");
    auto const unreadable = as_nobody("build -t app:1" + home + folder.context());
    BOOST_TEST(unreadable.status == 4, unreadable.output);
    BOOST_TEST(unreadable.output.find("hello.txt\": Permission denied") != std::string::npos, unreadable.output);
    must("chmod 0 " + folder.context());
    auto const closed = as_nobody("build -t app:1" + home + folder.context());
    BOOST_TEST((closed.status == 1 || closed.status == 4), closed.output);
    BOOST_TEST(closed.output.find("Permission denied") != std::string::npos, closed.output);
}
BOOST_AUTO_TEST_SUITE_END()
