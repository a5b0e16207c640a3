#include <acrx/trigger/git_refs.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <support/git_servers.hpp>
#include <support/run.hpp>

#include <string>

using namespace acrx;
using acrx::testing::run;

BOOST_AUTO_TEST_SUITE(trigger_git_refs)

BOOST_AUTO_TEST_CASE(reads_branches_and_the_default_one)
{
    auto const id = std::string(40, 'a');
    auto const refs = parse_ls_remote("ref: refs/heads/main\tHEAD\n" + id + "\tHEAD\n" + id + "\trefs/heads/main\n" + id
                                      + "\trefs/heads/feature/x\n" + id + "\trefs/tags/v1\n");
    BOOST_TEST(refs.default_branch == "main");
    BOOST_TEST(refs.branches.size() == 2);
    BOOST_TEST(refs.branches.at("feature/x") == id);
}

BOOST_AUTO_TEST_CASE(passes_over_what_git_would_not_write)
{
    auto const id = std::string(40, 'a');
    for (auto const& line : {id + "\trefs/heads/-x", id + "\trefs/heads/a..b", std::string("abc\trefs/heads/main"),
                             std::string("refs/heads/main"), std::string("\t"), id + "\trefs/heads/"}) {
        auto const refs = parse_ls_remote(line + "\n");
        BOOST_TEST(refs.branches.empty(), line);
    }
    BOOST_TEST(parse_ls_remote("ref: refs/heads/--x\tHEAD").default_branch == "");
}

BOOST_AUTO_TEST_CASE(asks_git)
{
    acrx::testing::git_shelf const shelf;
    shelf.write("app", "echo 1 > file; git add .; git commit -q -m one; git branch other");
    git_ls_remote lister(std::chrono::seconds(30), "file");
    auto const refs = run(lister.list(shelf.file_url("app.git"), ""));
    BOOST_TEST(refs.default_branch == "main");
    BOOST_TEST(refs.branches.at("main") == shelf.id("app", "main"));
    BOOST_TEST(refs.branches.size() == 2);
    BOOST_CHECK_THROW(run(lister.list(shelf.file_url("none.git"), "")), error);
    BOOST_CHECK_THROW(run(git_ls_remote().list(shelf.file_url("app.git"), "")), error);
    BOOST_CHECK_EXCEPTION(run(lister.list("http://user:geheim@127.0.0.1:1/x.git", "token")), error, [](error const& e) {
        return e.text().find("geheim") == std::string::npos && e.text().find("token") == std::string::npos;
    });
}

BOOST_AUTO_TEST_SUITE_END()
