#include <acrx/context/location.hpp>

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <support/test_data.hpp>

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <sstream>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(context_location)
namespace {
std::filesystem::path const data = testing::data_path("context/data");

std::string trim(std::string text)
{
    text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

/// The columns of a table's rows.
std::vector<std::vector<std::string>> read_table(std::filesystem::path const& file)
{
    std::vector<std::vector<std::string>> rows;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.starts_with("# "))
            continue;
        std::vector<std::string> row;
        std::istringstream words(line);
        for (std::string word; std::getline(words, word, '|');)
            row.push_back(trim(word));
        row.resize(5);
        rows.push_back(row);
    }
    return rows;
}

std::vector<std::string> describe(std::string const& text, location const& where)
{
    if (auto const* git = std::get_if<git_location>(&where))
        return {text, "git", git->remote, git->ref, git->folder};
    if (auto const* local = std::get_if<local_location>(&where))
        return {text, "local", local->path.string(), "", ""};
    if (auto const* web = std::get_if<web_location>(&where))
        return {text, "web", web->url, "", ""};
    if (auto const* artifact = std::get_if<oci_location>(&where))
        return {text, "oci", artifact->reference, "", ""};
    return {text, std::holds_alternative<input_location>(where) ? "input" : "empty", "", "", ""};
}

std::string text_of(boost::json::object const& object, char const* name)
{
    return std::string(object.at(name).as_string());
}

void check_fields(git_location const& git, boost::json::object const& wanted)
{
    auto remote = text_of(wanted, "Remote");
    if (remote.starts_with("github.com/"))
        remote.insert(0, "https://");
    if (!git.user_info.empty())
        remote.erase(remote.find(git.user_info), git.user_info.size() + 1);
    BOOST_TEST(git.remote == remote);
    BOOST_TEST(git.ref == text_of(wanted, "Ref"));
    BOOST_TEST(git.folder == text_of(wanted, "SubDir"));
    BOOST_TEST(git.commit == text_of(wanted, "Checksum"));
    BOOST_TEST(git.commit_times == (text_of(wanted, "MTime") == "commit"));
    BOOST_TEST(git.fetch_by_commit == wanted.at("FetchByCommit").as_bool());
}
}  // namespace

BOOST_AUTO_TEST_CASE(tells_every_form_apart)
{
    auto const rows = read_table(data / "locations.txt");
    BOOST_TEST(rows.size() > 50U);
    for (auto const& row : rows)
        BOOST_TEST(describe(row[0], parse_location(row[0])) == row, boost::test_tools::per_element());
    BOOST_CHECK(std::holds_alternative<local_location>(parse_location("  https://dev.azure.com/o/p/_git/r")));
}

BOOST_AUTO_TEST_CASE(reads_git_urls_as_buildkit_does)
{
    auto const cases = boost::json::parse(read_file(data / "git-refs.json", 1 << 20)).as_array();
    BOOST_TEST(cases.size() > 70U);
    for (auto const& item : cases) {
        auto const& row = item.as_object();
        auto const input = text_of(row, "input");
        BOOST_TEST_CONTEXT(input)
        {
            bool const is_git = row.at("is_git").as_bool();
            if (is_git && row.contains("parsed")) {
                check_fields(std::get<git_location>(parse_location(input)), row.at("parsed").as_object());
                if (!input.starts_with("github.com/"))
                    check_fields(parse_git_source(input).value(), row.at("parsed").as_object());
            } else if (is_git) {
                auto const wanted = text_of(row, "error");
                BOOST_CHECK_EXCEPTION(parse_git_source(input), error, [&](error const& e) {
                    return e.code() == errc::syntax && e.doing().ends_with(wanted);
                });
            } else {
                BOOST_CHECK(!parse_git_source(input));
                BOOST_CHECK(!std::holds_alternative<git_location>(parse_location(input)));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_rules_of_add_know_no_host_by_name)
{
    for (auto const* word : {"github.com/u/r", "https://dev.azure.com/o/p/_git/r", "file:///srv/r.git", "r.git", "oci://h/r"})
        BOOST_TEST(!parse_git_source(word));
    BOOST_TEST(parse_git_source("https://host/r.git#").value().ref == "");
}

BOOST_AUTO_TEST_CASE(keeps_the_token_apart)
{
    auto const git = std::get<git_location>(parse_location("https://user:s3%40cret@host:444/r.git#b"));
    BOOST_TEST(git.user_info == "user:s3%40cret");
    BOOST_TEST(git.remote == "https://host:444/r.git");
    BOOST_TEST(std::get<git_location>(parse_location("http://a:b/c@host/r.git")).user_info == "a:b/c");
    BOOST_TEST(std::get<git_location>(parse_location("https://host:8080/a@b/r.git")).user_info == "");
    BOOST_TEST(std::get<git_location>(parse_location("ssh://git@host/r.git")).user_info == "");
}

BOOST_AUTO_TEST_CASE(shows_no_secret)
{
    auto const shown = [](char const* text) { return redacted(parse_location(text)); };
    BOOST_TEST(shown("https://PAT@github.com/u/r.git#b:f") == "https://<REDACTED>@github.com/u/r.git#b:f");
    BOOST_TEST(shown("https://u:p@host/x.tar.gz?sig=secret") == "https://<REDACTED>@host/x.tar.gz");
    BOOST_TEST(shown("git@host:r.git#:f") == "git@host:r.git#:f");
    BOOST_TEST(shown("ssh://git:pw@host/r.git") == "ssh://git:<REDACTED>@host/r.git");
    BOOST_TEST(shown("-") == "-");
    BOOST_TEST(shown("/dev/null") == "/dev/null");
    BOOST_TEST(shown("OCI://h/r:t") == "oci://h/r:t");
    BOOST_TEST(hide_user_info("fatal: 'https://u:p@h/r' and http://t@h, but https://h/a@b/ and c://d")
               == "fatal: 'https://<REDACTED>@h/r' and http://<REDACTED>@h, but https://h/a@b/ and c://d");
}

BOOST_AUTO_TEST_CASE(takes_no_at_sign_of_a_path_or_digest_for_a_secret)
{
    for (std::string text :
         {"RUN curl https://h:$PORT/pkg@1.0", "https://h:${PORT}/@scope/pkg", "http://[::1]:5000/a:b@c",
          "https://h:/a@b", "https://h?mail=a:b@c", "docker-image://busybox:1@sha256:ab",
          "oci-layout://out:1@sha256:ab", "oci://h:1/r:t@sha256:ab", "docker-image://h:5000/r:1@sha256:ab"})
        BOOST_TEST(hide_user_info(text) == text);
    BOOST_TEST(hide_user_info("https://u:a/b$c@h/r") == "https://<REDACTED>@h/r");
    BOOST_TEST(hide_user_info("docker-image://b:1@sha256:ab,https://u:p@h")
               == "docker-image://b:1@sha256:ab,https://<REDACTED>@h");
}

BOOST_AUTO_TEST_SUITE_END()
