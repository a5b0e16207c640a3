#include <acrx/context/remote_tarball.hpp>

#include "support/run.hpp"
#include "support/scratch_folder.hpp"
#include "support/scripted_server.hpp"
#include "support/shell.hpp"
#include "support/tar_writer.hpp"

#include <acrx/core/deadline.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(context_remote_tarball)
namespace {
std::string packed(std::string const& tool, std::size_t size = 10)
{
    scratch_folder folder;
    folder.write("a", tar_writer().file("Dockerfile", "FROM scratch\n").file("big", std::string(size, 'x')).finish());
    must(tool + " " + (folder / "a").string() + " > " + (folder / "b").string());
    return read_file(folder / "b", std::uint64_t{1} << 30);
}

remote_tarball source(std::string url)
{
    download_options options;
    options.pause = std::chrono::milliseconds(1);
    return remote_tarball(web_location{std::move(url)}, options);
}

error failure(std::string const& url)
{
    scratch_folder folder;
    try {
        run(source(url).fetch(folder.path()));
    } catch (error const& e) {
        BOOST_TEST(std::filesystem::is_empty(folder.path()));
        return e;
    }
    throw std::runtime_error("it should fail");
}

std::string dockerfile_at(std::string const& url)
{
    scratch_folder folder;
    auto const context = run(source(url).fetch(folder.path()));
    return read_file(context.root / "Dockerfile", 100);
}
}  // namespace

BOOST_AUTO_TEST_CASE(unpacks_every_kind_by_content)
{
    for (std::string const tool : {"cat", "gzip -c", "bzip2 -c", "xz -c", "zstd -qc"}) {
        auto const body = packed(tool, 3'000'000);
        scripted_server server([&](seen_request const&) { return reply{.body = body}; });
        BOOST_TEST(dockerfile_at(server.url("/name-says-nothing")) == "FROM scratch\n", tool);
    }
}

BOOST_AUTO_TEST_CASE(takes_a_text_for_a_dockerfile_and_no_web_page)
{
    scripted_server server([&](seen_request const& request) {
        return reply{.body = request.target == "/Dockerfile" ? "FROM scratch\n" : "<!DOCTYPE html>\n<html></html>"};
    });
    scratch_folder folder;
    auto const context = run(source(server.url("/Dockerfile")).fetch(folder.path()));
    BOOST_TEST(read_file(context.dockerfile, 100) == "FROM scratch\n");
    auto const page = failure(server.url("/org/repository"));
    BOOST_TEST((page.code() == errc::damaged));
    BOOST_TEST(page.advice().find(".git") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(tries_again_after_5xx_and_broken_connections)
{
    auto const body = packed("gzip -c", 2'000'000);
    int asked = 0;
    scripted_server server([&](seen_request const&) {
        switch (++asked) {
        case 1: return reply{.status = 503, .body = "busy"};
        case 2: return reply{.body = body, .cut_after = body.size() / 2};
        default: return reply{.body = body};
        }
    });
    BOOST_TEST(dockerfile_at(server.url("/a.tar.gz")) == "FROM scratch\n");
    BOOST_TEST(asked == 3);
}

BOOST_AUTO_TEST_CASE(gives_up_after_three_tries_with_the_servers_words)
{
    scripted_server server([&](seen_request const&) { return reply{.status = 502, .body = "no\n  upstream"}; });
    auto const e = failure(server.url("/a.tar.gz?sig=s3cret"));
    BOOST_TEST((e.code() == errc::unavailable));
    BOOST_TEST(e.text().find("failed to GET " + server.url("/a.tar.gz") + " with status 502: no upstream") == 0U, e.text());
    BOOST_TEST(e.text().find("s3cret") == std::string::npos);
    BOOST_TEST(server.count("GET") == 3U);
}

BOOST_AUTO_TEST_CASE(a_transfer_that_is_cut_short_is_an_error)
{
    // Plain, so that nothing but the length tells that something is missing.
    auto const body = packed("cat", 1'000'000);
    scripted_server server([&](seen_request const&) { return reply{.body = body, .cut_after = 1024}; });
    failure(server.url("/a.tar"));
    BOOST_TEST(server.count("GET") == 3U);
}

BOOST_AUTO_TEST_CASE(fails_at_once_on_4xx)
{
    std::vector<std::pair<unsigned, errc>> const answers{
        {401, errc::unauthorized}, {403, errc::denied}, {404, errc::not_found}, {429, errc::rate_limited}};
    for (auto const& [status, code] : answers) {
        scripted_server server([status = status](seen_request const&) { return reply{.status = status, .body = "why"}; });
        auto const e = failure(server.url("/a.tar"));
        BOOST_TEST((e.code() == code));
        BOOST_TEST(e.text().find("status " + std::to_string(status) + ": why") != std::string::npos);
        BOOST_TEST(server.count("GET") == 1U);
    }
}

BOOST_AUTO_TEST_CASE(follows_redirects_and_leaves_credentials_behind)
{
    auto const body = packed("xz -c");
    scripted_server far([&](seen_request const&) { return reply{.body = body}; });
    scripted_server near([&](seen_request const& request) {
        if (request.target == "/here")
            return reply{.body = body};
        return reply{.status = 302, .headers = {{"Location", request.target == "/far" ? far.url("/x") : "/here"}}};
    });
    BOOST_TEST(dockerfile_at("http://user:s3cret@" + near.host() + "/near") == "FROM scratch\n");
    BOOST_TEST(!near.seen().back().header("authorization").empty());
    BOOST_TEST(dockerfile_at("http://user:s3cret@" + near.host() + "/far") == "FROM scratch\n");
    BOOST_TEST(!near.seen().back().header("authorization").empty());
    BOOST_TEST(far.seen().back().header("authorization").empty());
}

BOOST_AUTO_TEST_CASE(a_damaged_archive_stops_the_download_and_is_not_tried_again)
{
    auto body = packed("gzip -c", 10);
    body[20] = static_cast<char>(~body[20]);
    body += std::string(30'000'000, 'x');
    scripted_server server([&](seen_request const&) { return reply{.body = body}; });
    BOOST_TEST((failure(server.url("/a.tar.gz")).code() == errc::damaged));
    BOOST_TEST(server.count("GET") == 1U);
}

BOOST_AUTO_TEST_CASE(stops_when_cancelled)
{
    scripted_server server([&](seen_request const&) { return reply{.body = "x", .delay = std::chrono::seconds(5)}; });
    scratch_folder folder;
    auto tarball = source(server.url("/a.tar"));
    auto const into = folder / "into";
    BOOST_CHECK_EXCEPTION(run(with_deadline(tarball.fetch(into), std::chrono::milliseconds(100), "waiting")), error,
                          [](error const& e) { return e.code() == errc::timed_out; });
    BOOST_TEST(std::filesystem::is_empty(into));
}

BOOST_AUTO_TEST_CASE(names_a_host_that_cannot_be_reached)
{
    auto const e = failure("http://127.0.0.1:1/a.tar");
    BOOST_TEST(e.text().find("127.0.0.1:1") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
