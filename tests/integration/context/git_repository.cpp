#include <acrx/context/git_repository.hpp>

#include "fetched_repository.hpp"
#include "support/git_servers.hpp"
#include "support/run.hpp"
#include "support/scratch_folder.hpp"
#include "support/shell.hpp"

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

#include <chrono>
#include <future>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(context_git_repository)
namespace {
void check_forms(shelf const& source, std::string const& url)
{
    auto const main = source.id("app", "main");
    auto const first = source.id("app", "v1");
    struct
    {
        std::string fragment, commit, branch, version;
    } const cases[] = {
        {"", main, "HEAD", "two\n"},
        {"#main", main, "main", "two\n"},
        {"#refs/heads/main", main, "main", "two\n"},
        {"#release/1.0", source.id("app", "release/1.0"), "release/1.0", "release\n"},
        {"#v1", first, "HEAD", "one\n"},
        {"#v1-annotated", first, "HEAD", "one\n"},
        {"#" + first, first, "HEAD", "one\n"},
        {"#" + first.substr(0, 9), first, "HEAD", "one\n"},
        {"#" + source.gone, source.gone, "HEAD", "gone\n"},
        {"#pull/42/head", source.gone, "HEAD", "gone\n"},
        {"#refs/pull/42/head", source.gone, "HEAD", "gone\n"},
    };
    for (auto const& one : cases)
        BOOST_TEST_CONTEXT(url << one.fragment)
        {
            auto const got = fetch(url + one.fragment);
            BOOST_TEST(got.context.revision == one.commit);
            BOOST_TEST(got.context.branch == one.branch);
            BOOST_TEST(got.version == one.version);
            auto const commit = run(git_repository(git_at(url + one.fragment)).resolve());
            BOOST_TEST(commit.id == one.commit);
        }
}
}  // namespace

BOOST_FIXTURE_TEST_CASE(fetches_every_form_over_http, shelf)
{
    git_http_server server(repositories());
    check_forms(*this, server.url("/git/app.git"));
}

BOOST_FIXTURE_TEST_CASE(fetches_every_form_over_the_git_protocol, shelf)
{
    git_daemon_server server(repositories());
    check_forms(*this, server.url("app.git"));
}

BOOST_FIXTURE_TEST_CASE(fetches_every_form_from_this_machine, shelf)
{
    check_forms(*this, file_url("app.git"));
}

BOOST_FIXTURE_TEST_CASE(brings_files_with_their_modes_and_links_and_no_git_folder, shelf)
{
    scratch_folder into;
    git_repository repository(git_at(file_url("app.git")));
    auto const context = run(repository.fetch(into.path()));
    BOOST_TEST(!context.has_ignore_file);
    BOOST_TEST(context.is_fetched);
    BOOST_TEST(!std::filesystem::exists(context.root / ".git"));
    BOOST_TEST(std::filesystem::read_symlink(context.root / "absolute") == "/subdir");
    struct stat status{};
    BOOST_REQUIRE(::stat((context.root / "run.sh").c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0111) == 0111);
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(into.path()), {}) == 1);
}

BOOST_FIXTURE_TEST_CASE(takes_a_folder_of_the_repository, shelf)
{
    auto const url = file_url("app.git");
    for (auto const* folder : {"#main:subdir", "#:subdir", "#:/subdir", "#:./subdir/", "#:inside", "#:absolute", "#:subdir/../subdir"}) {
        scratch_folder into;
        git_repository repository(git_at(url + folder));
        auto const context = run(repository.fetch(into.path()));
        BOOST_TEST(read_file(context.root / "Dockerfile", 100) == "FROM scratch\n");
    }
    for (auto const* folder : {"#main:../subdir", "#:..", "#:up", "#:top", "#:subdir/../../x"})
        BOOST_TEST((failure(url + folder).code() == errc::outside_root), folder);
    for (auto const* folder : {"#:nosubdir", "#:out", "#:.git"})
        BOOST_TEST((failure(url + folder).code() == errc::not_found), folder);
    BOOST_TEST(mentions(failure(url + "#:subdir/Dockerfile"), "is not a folder"));
}

BOOST_FIXTURE_TEST_CASE(says_which_ref_is_missing, shelf)
{
    git_http_server server(repositories());
    for (std::string const ref : {"nope", "refs/heads/nope", "pull/7/head", "-x", "a..b", "x*", "+main", "abcd",
                                  "0123456789012345678901234567890123456789"})
        for (auto const& url : {file_url("app.git"), server.url("/git/app.git")}) {
            auto const e = failure(url + "#" + ref + ":subdir");
            BOOST_TEST((e.code() == errc::not_found), url << "#" << ref << ": " << e.text());
            BOOST_TEST(mentions(e, "\"" + ref + "\""), e.text());
        }
}

BOOST_FIXTURE_TEST_CASE(fetches_only_what_is_new_with_a_mirror, shelf)
{
    scratch_folder mirrors;
    git_options options;
    options.mirrors = mirrors.path();
    write("big", "head -c 3000000 /dev/urandom > blob; for i in 1 2 3; do echo $i > version; git add .; git commit -q -m $i; done");
    git_http_server server(repositories());
    auto const url = server.url("/git/big.git");
    auto const size = [&] { return std::stoul(must("du -sk '" + mirrors.path().string() + "'")); };

    BOOST_TEST(fetch(url, options).version == "3\n");
    auto const before = size();
    BOOST_TEST(before > 2900U);
    write("big", "echo 4 > version; git commit -q -a -m 4");
    auto const again = fetch(url, options);
    BOOST_TEST(again.version == "4\n");
    BOOST_TEST(again.context.revision == id("big", "main"));
    BOOST_TEST(size() < before + 300);
    BOOST_TEST(fetch(url + "#" + id("big", "main~3"), options).version == "1\n");
    BOOST_TEST(size() < before + 600);
}

BOOST_FIXTURE_TEST_CASE(reads_no_history, shelf)
{
    write("long", "for i in 1 2 3 4; do head -c 1000000 /dev/urandom > blob; echo $i > version; git add .; git commit -q -m $i; done");
    scratch_folder mirrors;
    git_options options;
    options.mirrors = mirrors.path();
    fetch(file_url("long.git") + "#" + id("long", "main~1"), options);
    BOOST_TEST(std::stoul(must("du -sk '" + mirrors.path().string() + "'")) < 1500U);
}

BOOST_FIXTURE_TEST_CASE(a_mirror_survives_what_a_killed_git_leaves, shelf)
{
    scratch_folder mirrors;
    git_options options;
    options.mirrors = mirrors.path();
    auto const url = file_url("app.git");
    fetch(url, options);
    std::filesystem::path mirror;
    for (auto const& entry : std::filesystem::directory_iterator(mirrors.path()))
        if (entry.is_directory())
            mirror = entry.path();
    for (auto const* name : {"shallow.lock", "packed-refs.lock", "objects/pack/tmp_pack_x"})
        std::ofstream(mirror / name) << "x";
    write("app", "echo three > version; git commit -q -a -m three");
    BOOST_TEST(fetch(url, options).version == "three\n");
    BOOST_TEST(!std::filesystem::exists(mirror / "objects/pack/tmp_pack_x"));
    std::filesystem::remove_all(mirror / "objects");
    BOOST_TEST(fetch(url, options).version == "three\n");
}

BOOST_FIXTURE_TEST_CASE(works_where_a_server_gives_no_commit_by_its_id, shelf)
{
    git_daemon_server server(repositories());
    scratch_folder home;
    home.write("gitconfig", "[protocol]\n\tversion = 0\n");
    variable const config("GIT_CONFIG_GLOBAL", (home / "gitconfig").string());
    auto const got = fetch(server.url("app.git") + "#" + id("app", "v1^{commit}"));
    BOOST_TEST(got.version == "one\n");
    auto const old = id("app", "main");
    write("app", "echo three > version; git commit -q -a -m three");
    BOOST_TEST(fetch(server.url("app.git") + "#" + old).version == "two\n");
    git("update-ref -d refs/pull/42/head", (repositories() / "app.git").string());
    BOOST_TEST((failure(server.url("app.git") + "#" + gone).code() == errc::not_found));
}

BOOST_FIXTURE_TEST_CASE(brings_submodules_but_none_from_this_machine, shelf)
{
    write("inner", "echo inner > file; git add .; git commit -q -m inner");
    write("middle", "echo middle > file; git submodule --quiet add ../inner.git deep 2>/dev/null || "
                    "git submodule --quiet add " + file_url("inner.git") + " deep; "
                    "git config -f .gitmodules submodule.deep.url ../inner.git; git add .; git commit -q -m middle");
    write("outer", "echo outer > file; git submodule --quiet add " + file_url("middle.git") + " sub; "
                   "git config -f .gitmodules submodule.sub.url ../middle.git; git add .; git commit -q -m outer; "
                   "git config -f .gitmodules submodule.sub.url " + file_url("middle.git") + "; git checkout -q -b local; "
                   "git commit -q -a -m local; git checkout -q main");
    git_http_server server(repositories());
    scratch_folder into;
    git_repository repository(git_at("http://user:s3cret@" + server.host() + "/private/outer.git#:sub"));
    auto const context = run(repository.fetch(into.path()));
    BOOST_TEST(read_file(context.root / "file", 100) == "middle\n");
    BOOST_TEST(read_file(context.root / "deep/file", 100) == "inner\n");
    BOOST_TEST(!std::filesystem::exists(context.root / ".git"));

    BOOST_TEST((failure(server.url("/git/outer.git#local")).code() == errc::not_supported));
    git_options without;
    without.submodules = false;
    BOOST_TEST(fetch(server.url("/git/outer.git#local"), without).context.revision == id("outer", "local"));
}

BOOST_FIXTURE_TEST_CASE(brings_large_files_where_git_lfs_is_installed, shelf)
{
    if (!have("git-lfs")) {
        BOOST_TEST_MESSAGE("skipped: git-lfs is not installed");
        return;
    }
    write("large", "git lfs install --local >/dev/null; git lfs track '*.bin' >/dev/null; head -c 200000 /dev/zero > a.bin; "
                   "git add .; git commit -q -m large; git lfs push --all '" + file_url("large.git") + "'");
    scratch_folder into;
    scratch_folder mirrors;
    git_options options;
    options.mirrors = mirrors.path();
    git_repository repository(git_at(file_url("large.git")), options);
    auto const context = run(repository.fetch(into.path()));
    BOOST_TEST(std::filesystem::file_size(context.root / "a.bin") == 200000U);
}

BOOST_FIXTURE_TEST_CASE(keeps_a_git_folder_that_stands_alone, shelf)
{
    scratch_folder into;
    git_options options;
    options.keep_git_folder = true;
    git_repository repository(git_at(file_url("app.git#v1")), options);
    auto const context = run(repository.fetch(into.path()));
    auto const log = git_shelf::git("log --format=%s", context.root.string());
    BOOST_TEST(log == "one\n");
    BOOST_TEST(git_shelf::git("status --porcelain", context.root.string()) == "");
}

BOOST_FIXTURE_TEST_CASE(holds_a_commit_that_is_pinned, shelf)
{
    auto where = git_at(file_url("app.git#main"));
    where.commit = id("app", "main").substr(0, 12);
    scratch_folder into;
    BOOST_TEST(run(git_repository(where).fetch(into / "a")).revision == id("app", "main"));
    where.commit = id("app", "v1");
    BOOST_CHECK_EXCEPTION(run(git_repository(where).fetch(into / "b")), error,
                          [](error const& e) { return e.code() == errc::digest_mismatch; });
    BOOST_CHECK_EXCEPTION(run(git_repository(where).resolve()), error,
                          [](error const& e) { return e.code() == errc::digest_mismatch; });
    where.fetch_by_commit = true;
    where.commit_times = true;
    auto const context = run(git_repository(where).fetch(into / "c"));
    BOOST_TEST(context.revision == where.commit);
    auto const wanted = std::stol(git_shelf::git("show -s --format=%ct v1", (repositories() / "app.git").string()));
    struct stat status{};
    BOOST_REQUIRE(::stat((context.root / "version").c_str(), &status) == 0);
    BOOST_TEST(status.st_mtim.tv_sec == wanted);
}

BOOST_FIXTURE_TEST_CASE(several_fetches_of_one_repository_take_turns, shelf)
{
    scratch_folder mirrors;
    scratch_folder into;
    git_options options;
    options.mirrors = mirrors.path();
    std::vector<std::future<build_context>> all;
    auto& host = test_context();
    host.restart();
    std::vector<git_repository> sources;
    for (std::string const ref : {"main", "v1", "release/1.0", "pull/42/head"})
        sources.emplace_back(git_at(file_url("app.git#" + ref)), options);
    std::vector<std::filesystem::path> folders;
    for (std::size_t i = 0; i < sources.size(); ++i)
        folders.push_back(into / std::to_string(i));
    for (std::size_t i = 0; i < sources.size(); ++i)
        all.push_back(boost::asio::co_spawn(host, sources[i].fetch(folders[i]), boost::asio::use_future));
    host.run();
    for (auto& one : all)
        BOOST_TEST(!one.get().revision.empty());
}
BOOST_AUTO_TEST_SUITE_END()
