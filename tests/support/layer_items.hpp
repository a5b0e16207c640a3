// Items to pack into layers, with files of their own.
#ifndef ACRX_TESTS_SUPPORT_LAYER_ITEMS_HPP
#define ACRX_TESTS_SUPPORT_LAYER_ITEMS_HPP

#include <acrx/io/files.hpp>
#include <acrx/snapshot/pack_layer.hpp>
#include <acrx/snapshot/path_order.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace acrx::testing {
/// A folder of its own for each case.
struct layer_place
{
    layer_place() : folder(temporary_name(std::filesystem::temp_directory_path(), "acrx-pack"))
    {
        std::filesystem::create_directories(folder);
    }
    layer_place(layer_place const&) = delete;
    layer_place& operator=(layer_place const&) = delete;
    ~layer_place() { remove_tree(folder); }

    layer_item file(std::string const& path, std::string const& bytes, bool is_known = false) const
    {
        auto const name = folder / ("file" + std::to_string(std::hash<std::string>{}(path)));
        std::ofstream(name, std::ios::binary) << bytes;
        layer_item item;
        item.entry.path = path;
        item.entry.mode = 0644;
        item.entry.mtime = time_point(std::chrono::seconds(1'700'000'000));
        item.entry.size = bytes.size();
        if (is_known)
            item.entry.content = sha256().update(bytes).finish_bytes();
        item.file = name;
        return item;
    }
    std::filesystem::path blob() const { return folder / "blob"; }

    std::filesystem::path folder;
};

inline layer_item item_of(std::string path, entry_type type, std::string link = {})
{
    layer_item item;
    item.entry.path = std::move(path);
    item.entry.type = type;
    item.entry.mode = type == entry_type::directory ? 0755 : 0644;
    item.entry.link = std::move(link);
    return item;
}

inline std::string bytes_of(unsigned seed, std::size_t size, bool is_text)
{
    std::mt19937 dice(seed);
    std::string bytes(size, '\0');
    std::generate(bytes.begin(), bytes.end(),
                  [&] { return static_cast<char>(is_text ? 'a' + dice() % 4 : dice() % 256); });
    return bytes;
}

inline pack_options options_of(compression format = compression::gzip, unsigned threads = 2)
{
    pack_options options;
    options.compression = format;
    options.threads = threads;
    return options;
}

/// Many small files, some folders, large files of awkward sizes; in path order. Several rings of blocks.
inline std::vector<layer_item> many_items(layer_place const& at, bool is_known = false)
{
    std::vector<layer_item> items;
    for (unsigned i = 0; i < 1500; ++i) {
        auto const folder = "d" + std::to_string(i % 7);
        if (i < 7)
            items.push_back(item_of(folder, entry_type::directory));
        items.push_back(at.file(folder + "/f" + std::to_string(i), bytes_of(i, i * 7 % 3000, true), is_known));
    }
    constexpr std::size_t mib = 1024 * 1024;
    for (auto const size : {mib - 1, mib, mib + 1, 3 * mib, 5 * mib + 511})
        items.push_back(at.file("big/" + std::to_string(size), bytes_of(static_cast<unsigned>(size), size, size % 2 == 1),
                                is_known));
    std::sort(items.begin(), items.end(),
              [](auto const& a, auto const& b) { return path_less{}(a.entry.path, b.entry.path); });
    return items;
}

constexpr compression formats_under_test[] = {compression::none, compression::gzip, compression::zstd};
}  // namespace acrx::testing

#endif
