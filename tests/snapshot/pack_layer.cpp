#include <acrx/snapshot/pack_layer.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/snapshot/detail/archive_blocks.hpp>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <support/foreign_reader.hpp>
#include <support/layer_items.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>
using namespace acrx;
using namespace acrx::testing;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(snapshot_pack_layer)

bool runs(std::string const& command)
{
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

BOOST_AUTO_TEST_CASE(a_layer_without_change_is_the_well_known_empty_archive)
{
    layer_place const at;
    for (auto const format : formats_under_test) {
        auto const written = pack_layer({}, at.blob(), options_of(format));
        BOOST_TEST(written.layer.diff_id.str()
                   == "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef");
        BOOST_TEST(archive_in(at.blob()) == std::string(1024, '\0'));
        BOOST_CHECK(written.layer.blob.digest == digest_of(read_file(at.blob(), 4096)));
        BOOST_TEST(written.layer.blob.size == fs::file_size(at.blob()));
    }
}

BOOST_AUTO_TEST_CASE(digests_are_those_of_what_independent_readers_see)
{
    layer_place const at;
    auto const items = many_items(at);
    for (auto const format : formats_under_test) {
        auto const written = pack_layer(items, at.blob(), options_of(format));
        auto const plain = archive_in(at.blob());
        BOOST_CHECK(written.layer.diff_id == digest_of(plain));
        BOOST_CHECK(written.layer.blob.digest == digest_of(read_file(at.blob(), 1U << 30U)));
        BOOST_TEST(written.layer.blob.size == fs::file_size(at.blob()));
        BOOST_TEST(plain.size() % 512 == 0U);
        BOOST_TEST(plain.substr(plain.size() - 1024) == std::string(1024, '\0'));
        auto const entries = entries_in(at.blob());
        BOOST_REQUIRE_EQUAL(entries.size(), items.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            auto const& [name, got] = entries[i];
            bool const is_folder = items[i].entry.type == entry_type::directory;
            BOOST_REQUIRE_EQUAL(name, items[i].entry.path + (is_folder ? "/" : ""));
            if (!is_folder)
                BOOST_REQUIRE(got.content == read_file(items[i].file, 1U << 30U));
        }
    }
}

BOOST_AUTO_TEST_CASE(foreign_tools_accept_the_blobs)
{
    layer_place const at;
    auto const items = many_items(at);
    pack_layer(items, at.blob(), options_of(compression::gzip));
    if (runs("gzip --version"))
        BOOST_TEST(runs("gzip -t < " + at.blob().string()));
    if (runs("tar --version"))
        BOOST_TEST(runs("tar tvzf " + at.blob().string()));
    pack_layer(items, at.blob(), options_of(compression::zstd));
    if (runs("zstd --version"))
        BOOST_TEST(runs("zstd -t < " + at.blob().string()));
}

BOOST_AUTO_TEST_CASE(neither_threads_nor_speed_change_the_bytes)
{
    layer_place const at;
    auto const items = many_items(at);
    for (auto const format : formats_under_test) {
        auto const expected = pack_layer(items, at.blob(), options_of(format, 1));
        for (unsigned const threads : {2U, 3U, 16U, 64U}) {
            auto const again = pack_layer(items, at.blob(), options_of(format, threads));
            BOOST_CHECK(again.layer == expected.layer);
            BOOST_CHECK(again.blocks == expected.blocks);
        }
        auto slow = options_of(format, 3);
        slow.progress = [](std::uint64_t) { std::this_thread::sleep_for(std::chrono::milliseconds(2)); };
        BOOST_CHECK(pack_layer(items, at.blob(), slow).layer == expected.layer);
    }
}

BOOST_AUTO_TEST_CASE(blocks_cover_the_blob_without_gaps)
{
    layer_place const at;
    auto const written = pack_layer(many_items(at), at.blob(), options_of());
    std::uint64_t offset = 0;
    std::uint64_t archive = 0;
    for (auto const& block : written.blocks.blocks) {
        BOOST_TEST(block.blob_offset == offset);
        BOOST_CHECK(!block.key);
        offset += block.blob_length;
        archive += block.archive_length;
    }
    BOOST_TEST(offset == written.layer.blob.size);
    BOOST_TEST(archive == archive_in(at.blob()).size());
}

BOOST_AUTO_TEST_CASE(a_gzip_header_has_no_name_and_no_time)
{
    layer_place const at;
    pack_layer({}, at.blob(), options_of());
    BOOST_TEST(read_file(at.blob(), 4096).substr(0, 10) == std::string("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10));
}

BOOST_AUTO_TEST_CASE(what_does_not_compress_is_stored)
{
    layer_place const at;
    auto const dense = bytes_of(1, 3'000'000, false);
    auto const mixed = bytes_of(2, 1'000'000, false) + bytes_of(3, 2'000'000, true);
    std::vector<layer_item> const items = {at.file("dense", dense), at.file("mixed", mixed)};
    auto const written = pack_layer(items, at.blob(), options_of());
    BOOST_CHECK(digest_of(archive_in(at.blob())) == written.layer.diff_id);
    BOOST_TEST(written.layer.blob.size < 4'000'000U + 2'000'000U / 2);
    BOOST_TEST(written.blocks.blocks[0].blob_length > detail::block_content);
    BOOST_TEST(written.blocks.blocks[0].blob_length < detail::block_content + 1000);
    BOOST_TEST(runs("gzip -t < " + at.blob().string()));
}

BOOST_AUTO_TEST_CASE(every_kind_of_entry_is_written)
{
    layer_place const at;
    auto device = item_of("dev/null", entry_type::character_device);
    device.entry.device_major = 1;
    device.entry.device_minor = 3;
    auto file = item_of("f", entry_type::regular);
    file.bytes = "hello";
    file.entry.size = 5;
    file.entry.mode = 06755;
    std::vector<layer_item> const items = {item_of("", entry_type::directory),
                                           item_of("d", entry_type::directory),
                                           item_of("d", entry_type::opaque),
                                           item_of("d/gone", entry_type::whiteout),
                                           device,
                                           file,
                                           item_of("fifo", entry_type::fifo),
                                           item_of("hard", entry_type::hard_link, "f"),
                                           item_of("soft", entry_type::symbolic_link, "../f"),
                                           item_of("top-gone", entry_type::whiteout)};
    auto const written = pack_layer(items, at.blob(), options_of());
    auto const got = entries_in(at.blob());
    std::vector<std::string> names;
    for (auto const& [name, entry] : got) {
        names.push_back(name);
        BOOST_TEST(entry.owner.empty());
    }
    std::vector<std::string> const expected = {"./",   "d/",   "d/.wh..wh..opq", "d/.wh.gone", "dev/null", "f",
                                               "fifo", "hard", "soft",           ".wh.top-gone"};
    BOOST_TEST(names == expected, boost::test_tools::per_element());
    BOOST_TEST(got[1].second.mode == 0755U);
    BOOST_TEST(got[3].second.mode == 0U);
    BOOST_TEST(got[3].second.size == 0);
    BOOST_TEST(got[4].second.device == makedev(1, 3));
    BOOST_TEST(got[5].second.content == "hello");
    BOOST_TEST(got[5].second.mode == 06755U);
    BOOST_TEST(got[7].second.link == "f");
    BOOST_TEST(got[7].second.size == 0);
    BOOST_TEST(got[8].second.link == "../f");
    BOOST_TEST(written.index.is_opaque("d"));
    BOOST_TEST(written.index.entries().size() == items.size());
    // Mode, owner and link of a ustar header hold no type bits, names or more: `f` is the sixth block.
    auto const header = archive_in(at.blob()).substr(5 * 512, 512);
    BOOST_TEST(header.substr(100, 8) == std::string("0006755\0", 8));
    BOOST_TEST(header.substr(257, 8) == std::string("ustar\0" "00", 8));
    BOOST_TEST(header.substr(265, 64) == std::string(64, '\0'));
}

BOOST_AUTO_TEST_CASE(only_what_does_not_fit_ustar_takes_a_pax_header)
{
    layer_place const at;
    auto const size_of = [&](layer_item const& item) {
        pack_layer(std::span(&item, 1), at.blob(), options_of(compression::none));
        return fs::file_size(at.blob()) - 1024;
    };
    auto const named = [](std::string path, entry_type type = entry_type::regular) { return item_of(path, type); };
    auto const a = [](std::size_t n) { return std::string(n, 'a'); };
    BOOST_TEST(size_of(named(a(100))) == 512U);
    BOOST_TEST(size_of(named(a(101))) > 512U);
    BOOST_TEST(size_of(named(a(155) + '/' + a(100))) == 512U);
    BOOST_TEST(size_of(named(a(156) + '/' + a(100))) > 512U);
    BOOST_TEST(size_of(named(a(155) + '/' + a(101))) > 512U);
    BOOST_TEST(size_of(named(a(99), entry_type::directory)) == 512U);
    BOOST_TEST(size_of(named(a(100), entry_type::directory)) > 512U);
    BOOST_TEST(size_of(named(a(155) + '/' + a(99), entry_type::directory)) == 512U);
    BOOST_TEST(size_of(named(a(155) + '/' + a(100), entry_type::directory)) > 512U);
    BOOST_TEST(size_of(named(a(96), entry_type::whiteout)) == 512U);
    BOOST_TEST(size_of(named(a(97), entry_type::whiteout)) > 512U);
    BOOST_TEST(size_of(named("\xc3\xa4")) > 512U);
    BOOST_TEST(size_of(item_of("l", entry_type::symbolic_link, a(100))) == 512U);
    BOOST_TEST(size_of(item_of("l", entry_type::symbolic_link, a(101))) > 512U);
    BOOST_TEST(size_of(item_of("l", entry_type::symbolic_link, "\xff")) > 512U);
    auto owned = named("a");
    owned.entry.uid = owned.entry.gid = 2097151;
    BOOST_TEST(size_of(owned) == 512U);
    owned.entry.gid = 2097152;
    BOOST_TEST(size_of(owned) > 512U);
    auto timed = named("a");
    timed.entry.mtime = time_point(std::chrono::seconds(8589934591));
    BOOST_TEST(size_of(timed) == 512U);
    timed.entry.mtime += std::chrono::seconds(1);
    BOOST_TEST(size_of(timed) > 512U);
    timed.entry.mtime = time_point(std::chrono::seconds(-1));
    BOOST_TEST(size_of(timed) > 512U);
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_ustar_comes_back_whole)
{
    layer_place const at;
    auto item = item_of(std::string(200, 'd') + "/n\xc3\xa4me \n=" + std::string(150, 'x'), entry_type::regular);
    item.bytes = "content";
    item.entry.size = 7;
    item.entry.uid = 3'000'000;
    item.entry.gid = 4'294'967'294U;
    item.entry.mtime = time_point(std::chrono::nanoseconds(1'700'000'000'120'000'000));
    item.entry.xattrs = {{"security.capability", std::string("\1\0\n=\xff", 5)}, {"user.note", "hi"}};
    for (std::size_t length = 80; length < 120; ++length)  // around the lengths whose own digits change
        item.entry.xattrs.emplace_back("user.x" + std::to_string(length), std::string(length, 'v'));
    auto link = item_of("z", entry_type::symbolic_link, std::string(300, 'l') + "\xc3\xa9");
    link.entry.mtime = time_point(std::chrono::nanoseconds(999'999'999));
    std::vector<layer_item> const items = {item, link};
    pack_layer(items, at.blob(), options_of());
    auto const got = entries_in(at.blob());
    BOOST_REQUIRE_EQUAL(got.size(), 2U);
    BOOST_TEST(got[0].first == item.entry.path);
    BOOST_TEST(got[0].second.content == "content");
    BOOST_TEST(got[0].second.uid == 3'000'000);
    BOOST_TEST(got[0].second.gid == 4'294'967'294);
    BOOST_TEST(got[0].second.seconds == 1'700'000'000);
    BOOST_TEST(got[0].second.nanoseconds == 120'000'000);
    BOOST_TEST(got[0].second.xattrs.size() == item.entry.xattrs.size());
    for (auto const& [name, value] : item.entry.xattrs)
        BOOST_TEST(got[0].second.xattrs.at(name) == value);
    BOOST_TEST(got[1].second.link == link.entry.link);
    BOOST_TEST(got[1].second.nanoseconds == 999'999'999);
    BOOST_TEST(archive_in(at.blob()).find(" mtime=1700000000.12\n") != std::string::npos);  // no zeros at the end
}

BOOST_AUTO_TEST_CASE(times_before_the_epoch_are_negative_decimals)
{
    layer_place const at;
    std::map<std::int64_t, std::string> const table = {
        {-1, "-0.000000001"}, {-1'500'000'000, "-1.5"}, {-2'000'000'000, "-2"}, {1, "0.000000001"}};
    for (auto const& [count, text] : table) {
        auto item = item_of("a", entry_type::directory);
        item.entry.mtime = time_point(std::chrono::nanoseconds(count));
        pack_layer(std::span(&item, 1), at.blob(), options_of(compression::none));
        BOOST_TEST(read_file(at.blob(), 65536).find(" mtime=" + text + "\n") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_name_that_means_a_deletion_is_refused)
{
    layer_place const at;
    for (auto const* path : {".wh.x", "a/.wh.x", "a/.wh..wh..opq", ".wh.dir/file"}) {
        auto const item = item_of(path, entry_type::regular);
        BOOST_CHECK_EXCEPTION(pack_layer(std::span(&item, 1), at.blob(), options_of()), error,
                              [](error const& e) { return e.code() == errc::invalid_argument; });
        BOOST_TEST(!fs::exists(at.blob()));
    }
}

BOOST_AUTO_TEST_CASE(a_file_that_shrank_or_grew_or_vanished_stops_the_layer)
{
    layer_place const at;
    constexpr std::size_t mib = 1024 * 1024;
    for (auto const size : {std::size_t(0), std::size_t(1), std::size_t(512), mib - 1, mib, 3 * mib, 3 * mib + 5}) {
        for (int const change : {-1, 1}) {
            if (size == 0 && change < 0)
                continue;
            auto const item = at.file("f", bytes_of(1, size, false));
            fs::resize_file(item.file, size + static_cast<std::size_t>(change));
            BOOST_CHECK_THROW(pack_layer(std::span(&item, 1), at.blob(), options_of()), error);
            BOOST_TEST(!fs::exists(at.blob()));
        }
    }
    auto const item = at.file("f", "x");
    fs::remove(item.file);
    BOOST_CHECK_EXCEPTION(pack_layer(std::span(&item, 1), at.blob(), options_of()), error, [](error const& e) {
        return e.code() == boost::system::errc::no_such_file_or_directory;
    });
    fs::create_symlink("/etc/passwd", item.file);
    BOOST_CHECK_THROW(pack_layer(std::span(&item, 1), at.blob(), options_of()), error);
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_an_error_and_leaves_nothing)
{
    layer_place const at;
    auto const items = many_items(at);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    auto const old_action = std::signal(SIGXFSZ, SIG_IGN);
    rlimit const small{65536, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    BOOST_CHECK_EXCEPTION(pack_layer(items, at.blob(), options_of()), error, [](error const& e) {
        return e.code() == boost::system::errc::file_too_large;
    });
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, old_action);
    BOOST_TEST(!fs::exists(at.blob()));
}

BOOST_AUTO_TEST_CASE(stops_when_asked_to)
{
    layer_place const at;
    auto const items = many_items(at);
    auto const is_canceled = [](error const& e) { return e.code() == errc::canceled; };
    std::stop_source before;
    before.request_stop();
    BOOST_CHECK_EXCEPTION(pack_layer(items, at.blob(), options_of(), before.get_token()), error, is_canceled);
    std::stop_source during;
    auto options = options_of();
    options.progress = [&](std::uint64_t) { during.request_stop(); };
    BOOST_CHECK_EXCEPTION(pack_layer(items, at.blob(), options, during.get_token()), error, is_canceled);
    BOOST_TEST(!fs::exists(at.blob()));
}

BOOST_AUTO_TEST_CASE(what_progress_throws_arrives)
{
    layer_place const at;
    auto options = options_of();
    options.progress = [](std::uint64_t) { throw std::runtime_error("enough"); };
    BOOST_CHECK_THROW(pack_layer(many_items(at), at.blob(), options), std::runtime_error);
    BOOST_TEST(!fs::exists(at.blob()));
}

BOOST_AUTO_TEST_CASE(progress_grows_to_the_size_of_the_archive)
{
    layer_place const at;
    std::vector<std::uint64_t> told;
    auto options = options_of(compression::none);
    options.progress = [&](std::uint64_t done) { told.push_back(done); };
    auto const written = pack_layer(many_items(at), at.blob(), options);
    BOOST_TEST(std::is_sorted(told.begin(), told.end()));
    BOOST_TEST(told.back() == written.layer.blob.size);
}

BOOST_AUTO_TEST_CASE(levels_that_a_format_lacks_are_refused)
{
    layer_place const at;
    for (auto const& [format, level] : {std::pair(compression::gzip, 3), std::pair(compression::gzip, -1),
                                        std::pair(compression::zstd, 0), std::pair(compression::zstd, 20)}) {
        auto options = options_of(format);
        options.level = level;
        BOOST_CHECK_EXCEPTION(pack_layer({}, at.blob(), options), error,
                              [](error const& e) { return e.code() == errc::invalid_argument; });
    }
    for (int level = 0; level <= 2; ++level) {
        auto options = options_of();
        options.level = level;
        auto const written = pack_layer(many_items(at), at.blob(), options);
        BOOST_CHECK(digest_of(archive_in(at.blob())) == written.layer.diff_id);
    }
}

BOOST_AUTO_TEST_CASE(account_files_are_kept_in_the_index)
{
    layer_place const at;
    std::vector<layer_item> const items = {at.file("etc/group", "g:x:1:"), at.file("etc/passwd", "root:x:0:0::/:")};
    auto const written = pack_layer(items, at.blob(), options_of());
    BOOST_TEST(*written.index.kept("etc/passwd") == "root:x:0:0::/:");
    BOOST_TEST(*written.index.kept("etc/group") == "g:x:1:");
}

BOOST_AUTO_TEST_SUITE_END()
