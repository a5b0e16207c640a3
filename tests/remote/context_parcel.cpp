#include <acrx/remote/context_parcel.hpp>

#include <support/run.hpp>
#include <support/scratch_folder.hpp>

#include <acrx/context/local_archive.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <set>
#include <string>

using namespace acrx;
using acrx::testing::run;
using acrx::testing::scratch_folder;

BOOST_AUTO_TEST_SUITE(remote_context_parcel)
namespace {
std::string bytes_of(context_parcel const& parcel)
{
    auto const source = open_parcel(parcel);
    std::string bytes;
    for (auto piece = source(); !piece.empty(); piece = source())
        bytes.append(reinterpret_cast<char const*>(piece.data()), piece.size());
    return bytes;
}

/// The names in a parcel, unpacked as a runner does it.
struct arrived
{
    scratch_folder folder;
    build_context context;
    std::set<std::string> names;

    explicit arrived(context_parcel const& parcel)
    {
        auto const file = folder.write("context.tar", bytes_of(parcel));
        context = run(local_archive(file).fetch(folder / "into"));
        for (auto const& each : std::filesystem::recursive_directory_iterator(context.root))
            names.insert(each.path().lexically_relative(context.root).string());
    }
    std::string text(std::string const& name) const { return read_file(context.root / name, 1 << 20); }
};
}  // namespace

BOOST_AUTO_TEST_CASE(leaves_out_what_the_rules_say_but_never_the_dockerfile_and_the_rules)
{
    scratch_folder folder;
    folder.write(".dockerignore", "node_modules\n*.log\nDockerfile\n.dockerignore\n");
    folder.write("Dockerfile", "FROM scratch\n");
    folder.write("src/main.c", "int main;");
    folder.write("src/deep/debug.log", "kept: the rule is for the root");
    folder.write("debug.log", "noise");
    folder.write("node_modules/big/file", "noise");
    folder.write(".git/HEAD", "ref");
    arrived const there(parcel_of_folder(folder.path(), ""));
    std::set<std::string> const expected{".dockerignore", "Dockerfile", "src", "src/main.c", "src/deep", "src/deep/debug.log"};
    BOOST_TEST(there.names == expected, boost::test_tools::per_element());
    BOOST_TEST(there.text("src/main.c") == "int main;");
}

BOOST_AUTO_TEST_CASE(takes_the_rules_beside_another_dockerfile)
{
    scratch_folder folder;
    folder.write(".dockerignore", "a\n");
    folder.write("docker/web.Dockerfile.dockerignore", "b\ndocker\n");
    folder.write("docker/web.Dockerfile", "FROM scratch\n");
    folder.write("docker/other", "");
    folder.write("a", "");
    folder.write("b", "");
    arrived const there(parcel_of_folder(folder.path(), "docker/web.Dockerfile", {"b"}));
    std::set<std::string> const expected{".dockerignore", "a", "b", "docker", "docker/web.Dockerfile", "docker/web.Dockerfile.dockerignore"};
    BOOST_TEST(there.names == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(keeps_modes_times_and_links)
{
    scratch_folder folder;
    auto const tool = folder.write("tool", "#!/bin/sh\n");
    ::chmod(tool.c_str(), 0751);
    timespec const times[2] = {{1'700'000'000, 123'456'789}, {1'700'000'000, 123'456'789}};
    ::utimensat(AT_FDCWD, tool.c_str(), times, 0);
    std::filesystem::create_symlink("tool", folder / "link");
    std::filesystem::create_hard_link(tool, folder / "twin");
    ::mkfifo((folder / "pipe").c_str(), 0600);
    std::filesystem::create_directory(folder / "empty");
    context_parcel parcel;
    parcel.root = folder.path();
    arrived const there(parcel);
    struct stat status{};
    BOOST_REQUIRE(::stat((there.context.root / "tool").c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 07777u) == 0751u);
    BOOST_TEST(status.st_mtim.tv_sec == 1'700'000'000);
    BOOST_TEST(status.st_mtim.tv_nsec == 123'456'789);
    BOOST_TEST(std::filesystem::read_symlink(there.context.root / "link") == "tool");
    BOOST_TEST(there.text("twin") == "#!/bin/sh\n");
    BOOST_TEST(there.names.contains("empty"));
    BOOST_TEST(!there.names.contains("pipe"));
}

BOOST_AUTO_TEST_CASE(the_same_files_give_the_same_bytes)
{
    scratch_folder folder;
    for (int i = 0; i < 50; ++i)
        folder.write("f" + std::to_string(i) + "/x", std::string(static_cast<std::size_t>(i * 100), 'a'));
    context_parcel parcel;
    parcel.root = folder.path();
    parcel.added = {{"made", "text"}};
    auto const once = bytes_of(parcel);
    BOOST_TEST(once.size() % 512 == 0u);
    BOOST_TEST((bytes_of(parcel) == once));
    arrived const there(parcel);
    BOOST_TEST(there.text("made") == "text");
}

BOOST_AUTO_TEST_CASE(an_archive_is_sent_as_it_is_and_no_files_are_an_empty_tar)
{
    scratch_folder folder;
    context_parcel parcel;
    BOOST_TEST(parcel.empty());
    BOOST_TEST(bytes_of(parcel).size() == 1024u);
    parcel.root = folder.write("a.zip", "PK whatever");
    BOOST_TEST(bytes_of(parcel) == "PK whatever");
    BOOST_TEST(!parcel.empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_changes_meanwhile_is_an_error)
{
    scratch_folder folder;
    folder.write("f", std::string(1000, 'a'));
    for (std::size_t const size : {999, 1001}) {
        folder.write("f", std::string(1000, 'a'));
        context_parcel parcel;
        parcel.root = folder.path();
        auto const source = open_parcel(parcel);
        folder.write("f", std::string(size, 'a'));
        BOOST_CHECK_EXCEPTION(
            while (!source().empty()) {}, error, [](error const& e) { return e.code() == errc::damaged; });
    }
}
BOOST_AUTO_TEST_SUITE_END()
