// Extracts bytes as ADD does, and scans them as a layer: no name of theirs leads out of the root.
#include "target.hpp"

#include <acrx/io/files.hpp>
#include <acrx/snapshot/extract_archive.hpp>
#include <acrx/snapshot/layer_scanner.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace acrx;
using fuzz::accepts;
using fuzz::ensure;

namespace {
/// A folder in memory where there is one; gone at the end.
struct place
{
    place() : root(temporary_name(std::filesystem::exists("/dev/shm") ? "/dev/shm" : "/tmp", "acrx-fuzz"))
    {
        std::filesystem::create_directories(root);
    }
    place(place const&) = delete;
    place& operator=(place const&) = delete;
    ~place() { remove_tree(root); }

    std::filesystem::path root;
};

bool is_inside(std::string_view path)
{
    if (path.starts_with('/') || path.ends_with('/'))
        return false;
    while (!path.empty()) {
        auto const part = path.substr(0, path.find('/'));
        if (part.empty() || part == "." || part == "..")
            return false;
        path.remove_prefix(std::min(part.size() + 1, path.size()));
    }
    return true;
}

void check_extraction(std::filesystem::path const& archive, std::filesystem::path const& into)
{
    archive_limits limits;
    limits.entries = 200;
    limits.content_bytes = 1 << 20;
    limits.header_bytes = 20'000;
    auto const items = extract_archive(archive, into, limits);
    ensure(items.size() <= limits.entries, "no more entries than the limit");
    for (auto const& item : items) {
        ensure(is_inside(item.entry.path), "a path is relative and clean");
        ensure(item.entry.type != entry_type::hard_link || is_inside(item.entry.link),
               "the target of a hard link is inside");
        ensure(item.file.empty() || std::filesystem::path(item.file).parent_path() == into,
               "content lies in the folder that was given");
    }
}

void check_scan(std::filesystem::path const& blob)
{
    auto const layer = scan_layer(blob);
    for (auto const& entry : layer.index.entries())
        ensure(is_inside(entry.path), "a path of a layer is relative and clean");
    auto const again = layer_index::from_bytes(layer.index.to_bytes());
    ensure(std::ranges::equal(again.entries(), layer.index.entries()) && again.all_kept() == layer.index.all_kept(),
           "an index that was written can be read");
}
}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static place const here;
    auto const archive = here.root / "archive";
    auto const into = here.root / "into";
    std::filesystem::create_directory(into);
    std::ofstream(archive, std::ios::binary) << fuzz::text_of(data, size);
    accepts([&] { check_extraction(archive, into); });
    accepts([&] { check_scan(archive); });
    for (auto const& entry : std::filesystem::directory_iterator(here.root))
        ensure(entry.path() == archive || entry.path() == into, "nothing is written elsewhere");
    remove_tree(into);
    return 0;
}
