#include <acrx/snapshot/convert_layer.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/io/byte_source.hpp>
#include <acrx/io/decompressor.hpp>
#include <acrx/io/files.hpp>
#include <acrx/snapshot/layer_scanner.hpp>
#include <acrx/snapshot/pack_layer.hpp>
#include <support/scratch_folder.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <random>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(snapshot_convert_layer)

std::string unpacked(std::string const& bytes)
{
    bool is_given = false;
    decompressor in(
        [&]() -> std::span<std::byte const> {
            if (std::exchange(is_given, true))
                return {};
            return std::as_bytes(std::span(bytes));
        },
        "test");
    std::string plain;
    std::vector<std::byte> buffer(100'000);
    while (auto const size = in.read(buffer))
        plain.append(reinterpret_cast<char const*>(buffer.data()), size);
    return plain;
}

std::string text(boost::json::value const& value)
{
    return std::string(value.as_string());
}

/// A layer with a folder, files of all sizes, links, a whiteout and an attribute.
struct with_layer
{
    with_layer()
    {
        std::minstd_rand random(7);
        large.resize(9'000'000);
        for (auto& c : large)
            c = static_cast<char>(random());
        auto const add = [&](std::string path, entry_type type, std::string bytes = {}, std::string link = {}) {
            layer_item item;
            item.entry.path = std::move(path);
            item.entry.type = type;
            item.entry.mode = 0644;
            item.entry.uid = 3;
            item.entry.mtime = time_point(std::chrono::seconds(1'700'000'000));
            item.entry.size = bytes.size();
            item.entry.link = std::move(link);
            item.bytes = std::move(bytes);
            items.push_back(std::move(item));
        };
        add("d", entry_type::directory);
        add("d/empty", entry_type::regular);
        add("d/large", entry_type::regular, large);
        add("d/small", entry_type::regular, "small content");
        items.back().entry.xattrs = {{"user.k", "v"}};
        add("etc/passwd", entry_type::regular, "root:x:0:0::/:\n");
        add("gone", entry_type::whiteout);
        add("h", entry_type::hard_link, {}, "d/small");
        add("s", entry_type::symbolic_link, {}, "d/large");
        source = pack_layer(items, blob, {}).layer;
    }

    testing::scratch_folder folder;
    std::filesystem::path blob = folder / "blob";
    std::filesystem::path to = folder / "converted";
    std::string large;
    std::vector<layer_item> items;
    packed_layer source;
};

BOOST_FIXTURE_TEST_CASE(compresses_anew_without_touching_the_archive, with_layer)
{
    auto const plain = unpacked(read_file(blob, 1U << 30));
    for (auto const& [format, level, type] :
         {std::tuple{compression::zstd, 3, media_type::oci_layer_zstd}, {compression::none, 1, media_type::oci_layer},
          {compression::gzip, 2, media_type::oci_layer_gzip}}) {
        auto const layer = recompress_layer(blob, to, format, level);
        auto const bytes = read_file(to, 1U << 30);
        BOOST_TEST((layer.diff_id == source.diff_id));
        BOOST_TEST((layer.blob.digest == digest_of(bytes)));
        BOOST_TEST(layer.blob.size == bytes.size());
        BOOST_TEST(layer.blob.media_type == type);
        BOOST_TEST((unpacked(bytes) == plain));
    }
}
BOOST_FIXTURE_TEST_CASE(leaves_no_file_when_it_fails, with_layer)
{
    std::filesystem::resize_file(blob, std::filesystem::file_size(blob) / 2);
    BOOST_CHECK_THROW(recompress_layer(blob, to, compression::zstd, 3), error);
    BOOST_CHECK_THROW(make_seekable_layer(blob, to, 1), error);
    std::stop_source stop;
    stop.request_stop();
    BOOST_CHECK_THROW(recompress_layer(blob, to, compression::zstd, 3, stop.get_token()), error);
    BOOST_TEST(!std::filesystem::exists(to));
}
BOOST_FIXTURE_TEST_CASE(makes_the_same_seekable_layer_each_time, with_layer)
{
    auto const first = make_seekable_layer(blob, to, 1);
    auto const second = make_seekable_layer(blob, to, 1);
    BOOST_TEST((first == second));
    // What is one already is made anew, not nested.
    auto const third = make_seekable_layer(to, folder / "third", 1);
    BOOST_TEST((third == first));
}

// A reader made of the format's description alone: footer, table, one member a chunk.
struct seekable_layer : with_layer
{
    packed_layer layer = make_seekable_layer(blob, to, 1);
    std::string bytes = read_file(to, 1U << 30);
    std::size_t table_at = 0;
    boost::json::array entries;

    seekable_layer()
    {
        auto const footer = bytes.substr(bytes.size() - 51);
        BOOST_TEST(footer.substr(0, 4) == "\x1f\x8b\x08\x04");
        BOOST_TEST(footer.substr(10, 6) == std::string("\x1a\0SG\x16\0", 6));
        BOOST_TEST(footer.substr(32, 6) == "STARGZ");
        BOOST_TEST(unpacked(footer) == "");
        table_at = std::stoul(footer.substr(16, 16), nullptr, 16);
        auto const archive = unpacked(bytes.substr(table_at));
        BOOST_TEST(archive.substr(0, 17) == "stargz.index.json");
        auto const size = std::stoul(archive.substr(124, 11), nullptr, 8);
        auto const text = archive.substr(512, size);
        BOOST_TEST(layer.blob.annotations.at("containerd.io/snapshot/stargz/toc.digest") == digest_of(text).str());
        auto const table = boost::json::parse(text);
        BOOST_TEST(table.at("version") == 1);
        entries = table.at("entries").as_array();
    }
    /// The bytes of a file, read from the offsets of its lines.
    std::string content_of(std::string_view name) const
    {
        std::string content;
        for (auto const& line : entries) {
            if (text(line.at("name")) != name || !line.as_object().contains("offset"))
                continue;
            auto const& object = line.as_object();
            auto const number = [&](char const* key) {
                return object.contains(key) ? object.at(key).to_number<std::size_t>() : 0U;
            };
            BOOST_TEST(number("chunkOffset") == content.size());
            auto const rest = size_of(name) - content.size();
            auto const length = object.contains("chunkSize") ? number("chunkSize") : rest;
            auto chunk = unpacked(bytes.substr(number("offset"), table_at - number("offset"))).substr(0, length);
            BOOST_TEST(text(object.at("chunkDigest")) == digest_of(chunk).str());
            content += chunk;
        }
        return content;
    }
    std::size_t size_of(std::string_view name) const
    {
        for (auto const& line : entries)
            if (text(line.at("name")) == name && line.as_object().contains("size"))
                return line.at("size").to_number<std::size_t>();
        return 0;
    }
};

BOOST_FIXTURE_TEST_CASE(lets_each_file_be_read_alone, seekable_layer)
{
    BOOST_TEST(content_of("d/small") == "small content");
    BOOST_TEST(content_of("etc/passwd") == "root:x:0:0::/:\n");
    BOOST_TEST((content_of("d/large") == large));
    std::size_t chunks = 0;
    for (auto const& line : entries)
        if (line.at("name") == "d/large") {
            BOOST_TEST(text(line.at("type")) == (chunks == 0 ? "reg" : "chunk"));
            ++chunks;
        }
    BOOST_TEST(chunks == 3U);
}
BOOST_FIXTURE_TEST_CASE(lists_every_entry_as_it_is, seekable_layer)
{
    BOOST_TEST(entries.at(0).at("name") == ".no.prefetch.landmark");
    BOOST_TEST(content_of(".no.prefetch.landmark") == "\x0f");
    std::map<std::string, boost::json::object> lines;
    for (auto const& line : entries)
        lines.emplace(std::string(line.at("name").as_string()), line.as_object());
    BOOST_TEST(lines.at("d/").at("type") == "dir");
    BOOST_TEST(lines.at("h").at("type") == "hardlink");
    BOOST_TEST(lines.at("h").at("linkName") == "d/small");
    BOOST_TEST(lines.at("s").at("linkName") == "d/large");
    BOOST_TEST(lines.at(".wh.gone").at("type") == "reg");
    BOOST_TEST(lines.at("d/small").at("modtime") == "2023-11-14T22:13:20Z");
    BOOST_TEST(lines.at("d/small").at("uid") == 3);
    BOOST_TEST(lines.at("d/small").at("xattrs").at("user.k") == "dg==");
    BOOST_TEST(text(lines.at("d/small").at("digest")) == digest_of("small content").str());
    BOOST_TEST(!lines.at("d/empty").contains("offset"));
}
BOOST_FIXTURE_TEST_CASE(is_a_layer_like_any_other, seekable_layer)
{
    auto const scanned = scan_layer(to);
    BOOST_TEST((scanned.diff_id == layer.diff_id));
    BOOST_TEST((layer.blob.digest == digest_of(bytes)));
    BOOST_TEST(layer.blob.annotations.at("io.containers.estargz.uncompressed-size") == std::to_string(scanned.archive_bytes));
    for (auto const& item : items)
        if (item.entry.type == entry_type::regular)
            BOOST_TEST(scanned.index.find(item.entry.path)->size == item.entry.size);
}

BOOST_AUTO_TEST_SUITE_END()
