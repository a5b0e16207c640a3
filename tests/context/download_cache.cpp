#include <acrx/context/download_cache.hpp>

#include "support/run.hpp"
#include "support/scratch_folder.hpp"
#include "support/scripted_server.hpp"

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(context_download_cache)
namespace {
/// A server whose one file has a version, and a cache of downloads.
struct fixture
{
    fixture()
        : server([this](seen_request const& request) {
              ++asked;
              auto const tag = "\"" + content + "\"";
              if (request.header("if-none-match") == tag)
                  return reply{.status = 304, .headers = {{"ETag", tag}, {"Content-Length", "0"}}};
              ++sent;
              return reply{.headers = {{"Last-Modified", "Tue, 14 Nov 2023 22:13:20 GMT"}, {"ETag", tag}},
                           .body = content};
          })
    {}
    kept_download get(digest checksum = {})
    {
        download_cache cache(folder / "downloads");
        return run(cache.get({.url = server.url("/x?token=s3cret"), .checksum = std::move(checksum)}));
    }
    scratch_folder folder;
    std::string content = "one";
    int asked = 0;
    int sent = 0;
    scripted_server server;
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(downloads_the_same_content_once, fixture)
{
    for (int i = 0; i < 2; ++i) {
        auto const got = get();
        BOOST_TEST(read_file(got.file, 100) == "one");
        BOOST_TEST(got.digest.str() == digest_of("one").str());
        BOOST_TEST(got.size == 3U);
        BOOST_TEST((got.modified == time_point(std::chrono::seconds(1'700'000'000))));
    }
    BOOST_TEST(asked == 2);
    BOOST_TEST(sent == 1);
    content = "other";
    BOOST_TEST(read_file(get().file, 100) == "other");
    BOOST_TEST(sent == 2);
}

BOOST_FIXTURE_TEST_CASE(asks_nobody_for_what_a_checksum_settles, fixture)
{
    get(digest_of("one"));
    BOOST_TEST(read_file(get(digest_of("one")).file, 100) == "one");
    BOOST_TEST(asked == 1);
    BOOST_CHECK_EXCEPTION(get(digest_of("two")), error,
                          [](error const& e) { return e.code() == errc::digest_mismatch; });
    BOOST_TEST(get().size == 3U);
}

BOOST_FIXTURE_TEST_CASE(downloads_again_what_was_removed, fixture)
{
    std::filesystem::remove(get().file);
    BOOST_TEST(read_file(get().file, 100) == "one");
    BOOST_TEST(sent == 2);
}

BOOST_FIXTURE_TEST_CASE(keeps_no_url, fixture)
{
    get();
    for (auto const& entry : std::filesystem::directory_iterator(folder / "downloads"))
        BOOST_TEST((read_file(entry.path(), 1000) + entry.path().string()).find("s3cret") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
