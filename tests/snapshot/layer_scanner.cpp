#include <acrx/snapshot/layer_scanner.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>
#include <support/tar_writer.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <string>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(snapshot_layer_scanner)
namespace {
std::string sample()
{
    testing::tar_writer tar;
    tar.folder("./").folder("etc/").file("etc/passwd", "root:x:0:0::/root:/bin/sh\n").file("etc/.wh.gone");
    tar.file("big", std::string(30'000'000, 'b')).hard_link("link", "./big").file("o/.wh..wh..opq");
    return tar.finish() + std::string(8192, '\0');
}
std::string gzip(std::string const& text)
{
    testing::scratch_folder scratch;
    scratch.write("x", text);
    auto const line = "gzip -1 " + (scratch / "x").string();
    BOOST_REQUIRE(std::system(line.c_str()) == 0);
    return read_file(scratch / "x.gz", 100'000'000);
}
net::awaitable<scanned_layer> scan_in_pieces(std::string const& blob, std::size_t piece, net::any_io_executor pool)
{
    layer_scanner scanner(pool);
    auto const bytes = std::as_bytes(std::span(blob));
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        auto const part = bytes.subspan(at, std::min(piece, bytes.size() - at));
        co_await scanner.write(part);
    }
    auto scanned = co_await scanner.finish();
    co_return scanned;
}
net::awaitable<void> scan_some(std::string const& blob, net::any_io_executor pool)
{
    layer_scanner scanner(pool);
    auto const part = std::as_bytes(std::span(blob)).first(blob.size() / 2);
    co_await scanner.write(part);
}
bool is_damaged(error const& e)
{
    return e.code() == errc::damaged;
}
}  // namespace

BOOST_AUTO_TEST_CASE(learns_all_of_a_layer_that_streams_by)
{
    net::thread_pool pool(1);
    auto const tar = sample();
    for (auto const& blob : {tar, gzip(tar)}) {
        auto const scanned = testing::run(scan_in_pieces(blob, 100'000, pool.get_executor()));
        BOOST_TEST((scanned.diff_id == digest_of(tar)));
        BOOST_TEST(scanned.archive_bytes == tar.size());
        BOOST_TEST((scanned.index.find("etc/gone")->type == entry_type::whiteout));
        BOOST_TEST(scanned.index.find("link")->link == "big");
        BOOST_TEST(scanned.index.is_opaque("o"));
        BOOST_TEST(scanned.index.kept("etc/passwd").value_or("") == "root:x:0:0::/root:/bin/sh\n");
    }
}

BOOST_AUTO_TEST_CASE(refuses_a_blob_that_is_cut_short)
{
    net::thread_pool pool(1);
    auto const packed = gzip(sample());
    auto const half = packed.substr(0, packed.size() / 2);
    BOOST_CHECK_EXCEPTION(testing::run(scan_in_pieces(half, 1000, pool.get_executor())), error, is_damaged);
    std::string const text(1'000'000, 't');
    BOOST_CHECK_EXCEPTION(testing::run(scan_in_pieces(text, 1000, pool.get_executor())), error, is_damaged);
}

BOOST_AUTO_TEST_CASE(may_be_abandoned)
{
    net::thread_pool pool(1);
    auto const tar = sample();
    BOOST_CHECK_NO_THROW(testing::run(scan_some(tar, pool.get_executor())));
}

BOOST_AUTO_TEST_CASE(scans_a_stored_blob)
{
    testing::scratch_folder scratch;
    auto const tar = sample();
    BOOST_TEST((scan_layer(scratch.write("blob", tar)).diff_id == digest_of(tar)));
    std::stop_source stop;
    stop.request_stop();
    BOOST_CHECK_EXCEPTION(scan_layer(scratch / "blob", stop.get_token()), error,
                          [](error const& e) { return e.code() == errc::canceled; });
}
BOOST_AUTO_TEST_SUITE_END()
