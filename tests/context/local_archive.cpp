#include <acrx/context/local_archive.hpp>

#include "support/run.hpp"
#include "support/scratch_folder.hpp"
#include "support/shell.hpp"
#include "support/tar_writer.hpp"

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(context_local_archive)
namespace {
struct unpacked
{
    scratch_folder folder;
    build_context context;

    std::string text(std::string_view name) const { return read_file(context.root / name, 1 << 20); }
    struct stat status(std::string_view name) const
    {
        struct stat found{};
        if (::lstat((context.root / name).c_str(), &found) != 0)
            throw std::runtime_error("no " + std::string(name));
        return found;
    }
};

std::unique_ptr<unpacked> unpack(std::string_view bytes, archive_limits limits = context_limits)
{
    auto result = std::make_unique<unpacked>();
    auto const file = result->folder.write("context", bytes);
    result->context = run(local_archive(file, limits).fetch(result->folder / "into"));
    return result;
}

error failure(std::string_view bytes, archive_limits limits = context_limits)
{
    scratch_folder folder;
    auto const file = folder.write("context", bytes);
    try {
        run(local_archive(file, limits).fetch(folder / "into"));
    } catch (error const& e) {
        BOOST_TEST(std::filesystem::is_empty(folder / "into"));
        return e;
    }
    throw std::runtime_error("it should be refused");
}

std::string sample()
{
    return tar_writer()
        .folder("./", 0700)
        .file("Dockerfile", "FROM scratch\n")
        .folder("src", 0555)
        .add({.name = "src/run", .content = "#!/bin/sh\n", .mode = 04755})
        .symlink("link", "src/run")
        .symlink("out", "/etc/passwd")
        .hard_link("twin", "./src/run")
        .file("deep/er/file", "x")
        .finish();
}
}  // namespace

BOOST_AUTO_TEST_CASE(unpacks_files_with_their_modes_times_and_links)
{
    auto const got = unpack(sample());
    BOOST_TEST(got->text("Dockerfile") == "FROM scratch\n");
    BOOST_TEST(got->text("deep/er/file") == "x");
    BOOST_TEST((got->status("src/run").st_mode & 07777) == 04755);
    BOOST_TEST((got->status("src").st_mode & 07777) == 0555);
    BOOST_TEST(got->status("src").st_mtim.tv_sec == 1'700'000'000);
    BOOST_TEST(got->status("Dockerfile").st_mtim.tv_sec == 1'700'000'000);
    BOOST_TEST(got->status("twin").st_ino == got->status("src/run").st_ino);
    BOOST_TEST(std::filesystem::read_symlink(got->context.root / "out") == "/etc/passwd");
    BOOST_TEST(got->context.dockerfile.empty());
    BOOST_TEST(got->context.is_fetched);
    BOOST_TEST(!got->context.has_ignore_file);
}

BOOST_AUTO_TEST_CASE(knows_compressions_by_content)
{
    for (std::string const tool : {"gzip -c", "bzip2 -c", "xz -c", "zstd -qc", "cat"}) {
        scratch_folder folder;
        folder.write("a", sample());
        must(tool + " " + (folder / "a").string() + " > " + (folder / "packed").string());
        auto const got = unpack(read_file(folder / "packed", 1 << 20));
        BOOST_TEST(got->text("deep/er/file") == "x", tool);
    }
}

BOOST_AUTO_TEST_CASE(unpacks_zip)
{
    scratch_folder folder;
    folder.write("in/Dockerfile", "FROM scratch\n");
    folder.write("in/sub/run", "#!/bin/sh\n");
    must("cd " + (folder / "in").string() + " && chmod 751 sub/run && ln -s sub/run link && zip -q -r -y ../a.zip .");
    auto const got = unpack(read_file(folder / "a.zip", 1 << 20));
    BOOST_TEST(got->text("Dockerfile") == "FROM scratch\n");
    BOOST_TEST((got->status("sub/run").st_mode & 07777) == 0751);
    BOOST_TEST(std::filesystem::read_symlink(got->context.root / "link") == "sub/run");
    auto const bytes = read_file(folder / "a.zip", 1 << 20);
    BOOST_TEST((failure(bytes.substr(0, bytes.size() / 2)).code() == errc::damaged));
}

BOOST_AUTO_TEST_CASE(takes_a_text_for_a_dockerfile)
{
    auto const got = unpack("# comment\nFROM scratch\nENV a=\xc3\xa9\n");
    BOOST_TEST(std::filesystem::is_empty(got->context.root));
    BOOST_TEST(read_file(got->context.dockerfile, 100) == "# comment\nFROM scratch\nENV a=\xc3\xa9\n");
    auto const lone = unpack(tar_writer().finish());
    BOOST_TEST(std::filesystem::is_empty(lone->context.root));
    BOOST_TEST(lone->context.dockerfile.empty());
}

BOOST_AUTO_TEST_CASE(the_later_of_two_entries_counts)
{
    auto const got = unpack(tar_writer().file("a", "1").symlink("b", "a").file("b", "2").file("a", "3").symlink("c", "a")
                                .folder("c").file("c/d", "4").finish());
    BOOST_TEST(got->text("a") == "3");
    BOOST_TEST(got->text("b") == "2");
    BOOST_TEST(got->text("c/d") == "4");
}

BOOST_AUTO_TEST_CASE(nothing_leaves_the_folder)
{
    auto const absolute = unpack(tar_writer().file("/etc/x", "1").file("a/../b", "2").symlink("s", "a").folder("a").file("s/in", "3").finish());
    BOOST_TEST(absolute->text("etc/x") == "1");
    BOOST_TEST(absolute->text("b") == "2");
    BOOST_TEST(absolute->text("a/in") == "3");
    for (auto const& bytes : {tar_writer().file("../x").finish(), tar_writer().file("a/../../x").finish(),
                              tar_writer().folder("..").finish(), tar_writer().file("a").hard_link("b", "../a").finish(),
                              tar_writer().symlink("s", "/").file("s/x").finish(),
                              tar_writer().symlink("s", "../..").file("s/x").finish(),
                              tar_writer().symlink("s", "..").folder("s/x/y").finish(),
                              tar_writer().symlink("s", "/etc").hard_link("h", "s/passwd").finish()})
        BOOST_TEST((failure(bytes).code() == errc::outside_root));
}

BOOST_AUTO_TEST_CASE(refuses_what_is_damaged_or_no_context)
{
    auto const whole = sample();
    for (auto const& bytes :
         {std::string(), std::string(" \n"), std::string("\x7f" "ELF\0\0", 6), std::string("<html>x</html>"),
          whole.substr(0, 1030), whole.substr(0, 1600), whole.substr(0, 1536) + std::string(512, 'x'), std::string("\x1f\x8b\x08nonsense"),
          tar_writer().file("a").folder("b").file("a/c").finish(), tar_writer().hard_link("a", "missing").finish(),
          tar_writer().folder("a").file("a/b").file("a").finish(), tar_writer().folder("a").hard_link("b", "a").finish()})
        BOOST_TEST((failure(bytes).code() == errc::damaged));
    BOOST_TEST((failure(tar_writer().add({.name = "null", .type = '3', .major = 1, .minor = 3}).finish()).code()
                == errc::not_supported));
}

BOOST_AUTO_TEST_CASE(keeps_to_the_limits)
{
    auto limits = context_limits;
    limits.entries = 2;
    BOOST_TEST((failure(sample(), limits).code() == errc::damaged));
    limits = context_limits;
    limits.content_bytes = 5;
    BOOST_TEST((failure(sample(), limits).code() == errc::damaged));
    scratch_folder folder;
    must("cd " + folder.path().string() + " && head -c 100000 /dev/zero > zeros && touch b c && zip -q a.zip zeros b c");
    auto const zip = read_file(folder / "a.zip", 1 << 20);
    limits.content_bytes = 50'000;
    BOOST_TEST((failure(zip, limits).code() == errc::damaged));
    limits = context_limits;
    limits.entries = 2;
    BOOST_TEST((failure(zip, limits).code() == errc::damaged));
}

BOOST_AUTO_TEST_CASE(says_that_a_file_is_missing)
{
    scratch_folder folder;
    BOOST_CHECK_THROW(run(local_archive(folder / "none").fetch(folder / "into")), error);
}

BOOST_AUTO_TEST_SUITE_END()
