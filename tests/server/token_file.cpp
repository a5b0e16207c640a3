#include <acrx/server/token_file.hpp>

#include <acrx/core/error.hpp>
#include <acrx/server/any_door.hpp>

#include <support/run.hpp>
#include <support/scratch_folder.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

using namespace acrx;
using acrx::testing::run;

BOOST_AUTO_TEST_SUITE(server_token_file)

struct file_of_tokens
{
    acrx::testing::scratch_folder folder;
    std::filesystem::path path = folder.path() / "tokens";

    void write(std::string const& text, std::filesystem::perms mode = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
    {
        std::ofstream(path) << text;
        std::filesystem::permissions(path, mode);
    }
};

BOOST_FIXTURE_TEST_CASE(knows_the_callers_of_its_lines, file_of_tokens)
{
    write("# people\n0123456789abcdef owner alice\n\nsha256:" + std::string(digest_of("fedcba9876543210").encoded())
          + "  reader # bob\n");
    token_file tokens(path);
    BOOST_TEST((run(tokens.find("0123456789abcdef")) == caller{"alice", role::owner}));
    BOOST_TEST((run(tokens.find("fedcba9876543210")) == caller{"tokens:4", role::reader}));
    for (auto const* stranger : {"", "0123456789abcde", "0123456789abcdef0", "sha256:"})
        BOOST_TEST(!run(tokens.find(stranger)));
    write("fedcba9876543210 runner\n");
    tokens.reload();
    BOOST_TEST(!run(tokens.find("0123456789abcdef")));
}

BOOST_FIXTURE_TEST_CASE(refuses_what_is_not_safe_or_not_right_and_shows_no_token, file_of_tokens)
{
    for (auto const* text : {"short owner\n", "0123456789abcdef king\n", "0123456789abcdef\n", "sha256:12 owner\n", "0123456789abcdef owner a b\n"}) {
        write(text);
        auto const hides = [](error const& e) { return e.text().find("0123456789abcdef") == std::string::npos; };
        BOOST_CHECK_EXCEPTION(token_file{path}, error, hides);
    }
    write("0123456789abcdef owner\n", std::filesystem::perms::owner_all | std::filesystem::perms::others_read);
    BOOST_CHECK_THROW(token_file{path}, error);
    BOOST_CHECK_THROW(token_file{folder.path() / "missing"}, error);
}

BOOST_FIXTURE_TEST_CASE(is_one_of_several_doors, file_of_tokens)
{
    write("0123456789abcdef owner alice\n");
    any_door doors({token_file(path)});
    BOOST_TEST(run(doors.find("0123456789abcdef")).has_value());
    BOOST_TEST(!run(doors.find("x")));
    any_door none;
    BOOST_TEST(!run(none.find("0123456789abcdef")));
    any_door open({token_file(path), open_door{}});
    BOOST_TEST((run(open.find(""))->role == role::owner));
}
BOOST_AUTO_TEST_SUITE_END()
