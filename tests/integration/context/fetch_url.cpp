#include <acrx/context/fetch_url.hpp>

#include "support/run.hpp"
#include "support/scratch_folder.hpp"
#include "support/scripted_server.hpp"

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(context_fetch_url)
namespace {
struct fixture
{
    fixture()
        : server([](seen_request const& request) {
              if (request.target == "/missing")
                  return reply{.status = 404, .body = "nothing here"};
              if (request.header("if-none-match") == "\"v1\"")
                  return reply{.status = 304, .headers = {{"ETag", "\"v1\""}, {"Content-Length", "0"}}};
              return reply{.headers = {{"Last-Modified", "Tue, 14 Nov 2023 22:13:20 GMT"}, {"ETag", "\"v1\""}}, .body = "content"};
          })
    {}
    downloaded_file get(url_request request)
    {
        request.pause = std::chrono::milliseconds(1);
        return run(fetch_url(http_client(), std::move(request), folder / "file"));
    }
    scratch_folder folder;
    scripted_server server;
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(downloads_a_file_and_says_what_the_server_says, fixture)
{
    auto const got = get({.url = server.url("/x")});
    BOOST_TEST(read_file(folder / "file", 100) == "content");
    BOOST_TEST(got.size == 7U);
    BOOST_TEST(got.digest.str() == digest_of("content").str());
    BOOST_TEST((got.modified == time_point(std::chrono::seconds(1'700'000'000))));
    BOOST_TEST(got.entity_tag == "\"v1\"");
    BOOST_TEST(!got.is_unchanged);
}

BOOST_FIXTURE_TEST_CASE(does_not_load_again_what_is_known, fixture)
{
    BOOST_TEST(get({.url = server.url("/x"), .known_tag = "\"v1\""}).is_unchanged);
    BOOST_TEST(!std::filesystem::exists(folder / "file"));
    BOOST_TEST(!get({.url = server.url("/x"), .known_tag = "\"v0\""}).is_unchanged);
}

BOOST_FIXTURE_TEST_CASE(holds_content_to_its_checksum, fixture)
{
    get({.url = server.url("/x"), .checksum = digest_of("content")});
    auto const sha512 = digest::parse(
        "sha512:b2d1d285b5199c85f988d03649c37e44fd3dde01e5d69c50fef90651962f48110e9340b60d49a479c4c0b53f5f07d690686dd87d2481937a512"
        "e8b85ee7c617f");
    get({.url = server.url("/x"), .checksum = sha512});
    folder.write("file", "old");
    for (auto const& wrong : {digest_of("other"), digest::parse("sha512:" + std::string(128, '0'))})
        BOOST_CHECK_EXCEPTION(get({.url = server.url("/x"), .checksum = wrong}), error,
                              [](error const& e) { return e.code() == errc::digest_mismatch; });
    BOOST_TEST(read_file(folder / "file", 100) == "old");
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

BOOST_FIXTURE_TEST_CASE(says_why_there_is_nothing, fixture)
{
    BOOST_CHECK_EXCEPTION(get({.url = server.url("/missing")}), error, [](error const& e) {
        return e.code() == errc::not_found && e.text().find("nothing here") != std::string::npos;
    });
    BOOST_CHECK_THROW(get({.url = "ftp://host/x"}), error);
}

BOOST_AUTO_TEST_CASE(takes_the_name_from_the_path)
{
    for (auto const& [url, name] : std::vector<std::pair<std::string, std::string>>{
             {"https://h/a/b.tar.gz", "b.tar.gz"}, {"https://h/b?x=/y#z", "b"}, {"http://h/a%20b", "a b"}, {"http://u@h/x", "x"}})
        BOOST_TEST(file_name_of_url(url).value() == name);
    for (std::string const url : {"https://h", "https://h/", "https://h/a/", "https://h/a/..", "https://h/%2e%2e", "https://h/a%2fb",
                                  "https://h/?q", "https://h/a%00"})
        BOOST_TEST(!file_name_of_url(url), url);
}

BOOST_AUTO_TEST_SUITE_END()
