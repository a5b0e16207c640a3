// How fast is a layer written, and how much does it save to have written almost the same one before?
//
// Run: bench_snapshot_pack_layer [--benchmark_filter=gzip]. Inputs of 1 GiB and of 50,000 files are made in $TMPDIR
// and removed at the end; the page cache is warm. With TMPDIR on a tmpfs the disk has no say. Read the column Time (wall) and bytes_per_second (of the archive);
// `peak_rss_mb` is what the whole process ever took, so trust it for the first benchmark that is run.
#include <acrx/snapshot/pack_layer.hpp>

#include <acrx/io/files.hpp>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace {
using namespace acrx;

std::string random_bytes(std::mt19937_64& dice, std::size_t size)
{
    std::string bytes(size, '\0');
    for (auto& c : bytes)
        c = static_cast<char>(dice());
    return bytes;
}

std::string text(std::mt19937_64& dice, std::size_t size)
{
    static std::vector<std::string> const words = [] {
        std::mt19937_64 fixed(7);
        std::vector<std::string> made(4096);
        for (auto& word : made)
            for (auto left = 2 + fixed() % 9; left > 0; --left)
                word += static_cast<char>('a' + fixed() % 26);
        return made;
    }();
    std::string bytes;
    while (bytes.size() < size)
        bytes += words[dice() % words.size()] + (dice() % 12 == 0 ? ".\n" : " ");
    bytes.resize(size);
    return bytes;
}

/// Files to pack, in a folder of their own.
class input
{
public:
    explicit input(std::string const& name)
        : folder_(temporary_name(std::filesystem::temp_directory_path(), "acrx-bench-" + name))
    {
        std::filesystem::create_directories(folder_);
    }
    input(input const&) = delete;
    input& operator=(input const&) = delete;
    ~input() { std::filesystem::remove_all(folder_); }

    void add(std::string const& path, std::string const& bytes)
    {
        auto const file = folder_ / path;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << bytes;
        layer_item item;
        item.file = file.string();
        item.entry.path = path;
        item.entry.mode = 0644;
        item.entry.mtime = time_point(std::chrono::seconds(1'700'000'000));
        item.entry.size = bytes.size();
        item.entry.content = sha256().update(bytes).finish_bytes();
        items_.push_back(std::move(item));
    }
    std::vector<layer_item>& items() { return items_; }
    std::filesystem::path blob() const { return folder_ / "blob"; }
    std::filesystem::path second_blob() const { return folder_ / "blob2"; }

private:
    std::filesystem::path folder_;
    std::vector<layer_item> items_;
};

/// Two files of half a GiB, one random, one text.
input& large_files()
{
    static input made("large");
    if (made.items().empty()) {
        std::mt19937_64 dice(1);
        constexpr std::size_t half = 512U << 20U;
        made.add("random", random_bytes(dice, half));
        made.add("text", text(dice, half));
    }
    return made;
}

/// 50,000 files of 1 to 4 KiB in 500 folders.
input& small_files()
{
    static input made("small");
    if (made.items().empty()) {
        std::mt19937_64 dice(2);
        for (int i = 0; i < 50'000; ++i) {
            auto const number = std::to_string(100'000 + i);
            made.add("lib/package-" + number.substr(1, 3) + "/source-" + number + ".js",
                     text(dice, 1024 + dice() % 2048));
        }
    }
    return made;
}

std::uint64_t archive_size(written_layer const& layer)
{
    std::uint64_t sum = 0;
    for (auto const& block : layer.blocks.blocks)
        sum += block.archive_length;
    return sum;
}

void report(benchmark::State& state, std::uint64_t bytes)
{
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes * state.iterations()));
    state.counters["peak_rss_mb"] = static_cast<double>(used.ru_maxrss) / 1024;
}

pack_options with(compression format, int level)
{
    pack_options options;
    options.compression = format;
    options.level = level;
    return options;
}

void pack(benchmark::State& state, input& from, compression format, int level)
{
    std::uint64_t bytes = 0;
    for (auto _ : state) {
        auto const layer = pack_layer(from.items(), from.blob(), with(format, level));
        bytes = archive_size(layer);
    }
    report(state, bytes);
}

/// The layer of before has one file with other content.
void repack(benchmark::State& state, compression format, int level)
{
    auto& from = small_files();
    auto options = with(format, level);
    auto const before = pack_layer(from.items(), from.blob(), options);
    options.previous = previous_layer{from.blob(), before.blocks};
    auto& changed = from.items()[from.items().size() / 2];
    auto const original = changed;
    changed.bytes = "changed";
    changed.entry.size = changed.bytes.size();
    changed.file.clear();
    changed.entry.content = sha256().update(changed.bytes).finish_bytes();
    for (auto _ : state)
        benchmark::DoNotOptimize(pack_layer(from.items(), from.second_blob(), options));
    changed = original;
    report(state, archive_size(before));
}

void index_load(benchmark::State& state)
{
    std::vector<layer_entry> entries;
    for (auto const& item : small_files().items())
        entries.push_back(item.entry);
    auto const bytes = layer_index(std::move(entries)).to_bytes();
    for (auto _ : state)
        benchmark::DoNotOptimize(layer_index::from_bytes(bytes));
    state.SetItemsProcessed(static_cast<std::int64_t>(50'000 * state.iterations()));
}

[[maybe_unused]] bool const registered = [] {
    auto const add = [](std::string const& name, auto run) {
        benchmark::RegisterBenchmark(name.c_str(), run)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();
    };
    for (auto const& [name, format, level] :
         {std::tuple("gzip", compression::gzip, 1), std::tuple("zstd", compression::zstd, 1),
          std::tuple("none", compression::none, 0)}) {
        auto const f = format;
        auto const l = level;
        add("large_files/" + std::string(name), [=](benchmark::State& s) { pack(s, large_files(), f, l); });
        add("small_files/" + std::string(name), [=](benchmark::State& s) { pack(s, small_files(), f, l); });
        add("one_changed/" + std::string(name), [=](benchmark::State& s) { repack(s, f, l); });
    }
    add("load_index_50000", index_load);
    return true;
}();
}  // namespace

BENCHMARK_MAIN();
