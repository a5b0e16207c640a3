// How long does a quick task take, beside buildah and Docker? Prints medians, peak memory and ratios.
//
// Usage: quick_task [--runs N] [--alone] [--acrx PATH] [--folder DIR] [WORKLOAD...]
//   --alone: acrx only; buildah needs minutes for 50,000 files
// Needs docker-registry and /bin/busybox (busybox-static); compares with buildah and a Docker engine where they are.
// A ratio is the other builder's median over that of acrx: 10 means that acrx is ten times as fast.
#include "measured_process.hpp"

#include <support/loopback_registry.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <thread>

namespace fs = std::filesystem;
using acrx::bench::measurement;
using command = std::vector<std::string>;

namespace {
void write(fs::path const& file, std::string const& text)
{
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

struct bench
{
    fs::path folder;
    std::string acrx;
    std::string host;
    int runs = 5;
    bool alone = false;
    int counter = 0;

    std::string log() const { return (folder / "output.log").string(); }
    fs::path context(std::string const& name) const { return folder / "contexts" / name; }
    std::string image(std::string const& name) const { return host + "/" + name; }
    std::string fresh(std::string const& prefix) { return prefix + std::to_string(++counter); }
};

struct builder
{
    std::string name;
    std::function<command(fs::path const& context, std::string const& tag, bool push, bool cache)> build;
    std::function<void()> forget;  ///< makes the next build a first one
};

/// What is timed: `prepare` runs before each counted run, outside the time.
struct workload
{
    std::string name;
    double target;  ///< seconds; 0 if none is set
    bool push;
    bool cache;
    std::function<void(bench&, builder&)> prepare;
    fs::path context;
    bool same_tag = true;
};

void make_files(fs::path const& folder, int count, std::mt19937_64& random)
{
    std::string text(4096, ' ');
    for (int i = 0; i < count; ++i) {
        for (auto& c : text)
            c = static_cast<char>('a' + random() % 16);
        auto const file = folder / ("d" + std::to_string(i / 100)) / ("file" + std::to_string(i) + ".txt");
        if (i % 100 == 0)
            fs::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary).write(text.data(), static_cast<std::streamsize>(512 + random() % 3000));
    }
}

/// Half random, half text.
void make_blob(fs::path const& file, std::uint64_t megabytes, std::mt19937_64& random)
{
    fs::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary);
    std::vector<std::uint64_t> block(1 << 17);
    for (std::uint64_t i = 0; i < megabytes; ++i) {
        for (auto& word : block) {
            word = random();
            if (i % 2 == 1)
                word = (word & 0x0303030303030303ULL) + 0x6161616161616161ULL;
        }
        out.write(reinterpret_cast<char const*>(block.data()), 1 << 20);
    }
}

void make_contexts(bench& b)
{
    std::mt19937_64 random(42);
    auto const base = b.image("busybox:1");
    write(b.context("busybox") / "Dockerfile",
          "FROM scratch\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\nCMD [\"sh\"]\n");
    fs::copy_file("/bin/busybox", b.context("busybox") / "busybox", fs::copy_options::overwrite_existing);
    write(b.context("cached") / "Dockerfile",
          "FROM " + base + "\nARG V=1\nENV A=1 B=2\nWORKDIR /app\nCOPY package.json ./\nRUN echo install > deps\n"
          "COPY . .\nRUN echo build > out\nEXPOSE 80\nUSER 1000\nLABEL k=v\nCMD [\"sh\"]\n");
    write(b.context("cached") / "package.json", "{}\n");
    for (int i = 0; i < 50; ++i)
        write(b.context("cached") / ("src/f" + std::to_string(i)), "text\n");
    std::string runs = "FROM " + base + "\n";
    for (int i = 0; i < 10; ++i)
        runs += "RUN echo " + std::to_string(i) + " > /f" + std::to_string(i) + "\n";
    write(b.context("ten_runs") / "Dockerfile", runs);
    write(b.context("one_gib") / "Dockerfile", "FROM " + base + "\nCOPY blob /blob\n");
    make_blob(b.context("one_gib") / "blob", 1024, random);
    write(b.context("small_files") / "Dockerfile", "FROM " + base + "\nCOPY . /src\n");
    make_files(b.context("small_files"), 50'000, random);
    write(b.context("big_base") / "Dockerfile", "FROM " + base + "\nCOPY blob /opt/blob\nRUN mkdir /app\n");
    make_blob(b.context("big_base") / "blob", 2048, random);
    write(b.context("on_big_base") / "Dockerfile", "FROM " + b.image("big:1") + "\nCOPY hello /app/hello\n");
    write(b.context("on_big_base") / "hello", "hello\n");
}

bool works(command const& probe, std::string const& log)
{
    try {
        acrx::bench::run(probe, log);
        return true;
    } catch (std::exception const&) {
        return false;
    }
}

std::vector<builder> find_builders(bench& b)
{
    auto const home = (b.folder / "acrx-home").string();
    auto acrx_build = [&b, home](fs::path const& context, std::string const& tag, bool push, bool cache) {
        command c{b.acrx, "build", "--home", home, "-t", tag, "--progress", "quiet", "--base-indexes"};
        if (!push)
            c.push_back("--no-push");
        if (!cache)
            c.push_back("--no-cache");
        c.push_back(context.string());
        return c;
    };
    auto acrx_forget = [home, n = 0]() mutable {
        if (fs::exists(home))
            fs::rename(home, home + ".old" + std::to_string(n++));  // deleting now would slow down what is measured
    };
    std::vector<builder> all{{"acrx", acrx_build, acrx_forget}};
    auto const root = (b.folder / "buildah").string();
    command const buildah{"buildah", "--root", root, "--runroot", root + "-run", "--storage-driver", "overlay"};
    auto with = [](command c, command const& more) {
        c.insert(c.end(), more.begin(), more.end());
        return c;
    };
    if (b.alone)
        return all;
    if (works(with(buildah, {"images"}), b.log()))
        all.push_back({"buildah",
                       [=](fs::path const& context, std::string const& tag, bool push, bool cache) {
                           auto build = with(buildah, {"build", "--layers", "--isolation", "chroot", "--tls-verify=false",
                                                       cache ? "--no-cache=false" : "--no-cache", "-t", tag, context.string()});
                           if (!push)
                               return build;
                           std::string line;
                           for (auto const& word : build)
                               line += word + " ";
                           line += "&& ";
                           for (auto const& word : with(buildah, {"push", "--tls-verify=false", tag}))
                               line += word + " ";
                           return command{"sh", "-c", line};
                       },
                       [=, log = b.log()] { works(with(buildah, {"rmi", "--all", "--force"}), log); }});
    if (works({"docker", "info"}, b.log()))
        all.push_back({"docker",
                       [](fs::path const& context, std::string const& tag, bool push, bool cache) {
                           auto line = "docker build " + std::string(cache ? "" : "--no-cache ") + "-t " + tag + " " + context.string();
                           return command{"sh", "-c", push ? line + " && docker push " + tag : line};
                       },
                       [log = b.log()] { works({"docker", "system", "prune", "--all", "--force"}, log); }});
    return all;
}

std::vector<workload> workloads(bench const& b)
{
    auto const warm = [](std::string const& name) {
        return [name](bench& x, builder& with) {
            acrx::bench::run(with.build(x.context(name), x.image(name + ":1"), false, true), x.log());
        };
    };
    auto const fresh = [](bench&, builder& with) { with.forget(); };
    return {
        {"cached", 0.015, true, true,
         [](bench& x, builder& with) {
             acrx::bench::run(with.build(x.context("cached"), x.image("cached:1"), true, true), x.log());
         },
         b.context("cached")},
        {"ten_runs", 0.150, false, false, warm("ten_runs"), b.context("ten_runs")},
        {"one_gib", 4.0, true, true, fresh, b.context("one_gib"), false},
        {"small_files", 2.0, false, true, fresh, b.context("small_files")},
        {"one_changed", 0.250, false, true,
         [](bench& x, builder& with) {
             acrx::bench::run(with.build(x.context("small_files"), x.image("small_files:1"), false, true), x.log());
             write(x.context("small_files") / "d7" / "file777.txt", x.fresh("changed "));
             std::this_thread::sleep_for(std::chrono::milliseconds(200));
         },
         b.context("small_files")},
        {"big_base_first", 0, true, true, fresh, b.context("on_big_base"), false},  // before an index is published
        {"big_base_indexed", 1.0, true, true,
         [](bench& x, builder& with) {
             with.forget();
             if (with.name == "acrx")
                 acrx::bench::run({x.acrx, "index", "--push", "--home", (x.folder / "acrx-home").string(), x.image("big:1")}, x.log());
             with.forget();
         },
         b.context("on_big_base"), false},
    };
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::optional<measurement> time_of(bench& b, workload& w, builder& with)
{
    std::vector<double> seconds;
    double memory = 0;
    for (int i = 0; i < b.runs; ++i) {
        if (i == 0 || w.name != "cached")
            w.prepare(b, with);
        auto const tag = b.image(w.name + "-" + with.name + ":" + (w.same_tag ? std::string("1") : b.fresh("v")));
        if (i == 0 && w.name == "cached")
            acrx::bench::run(with.build(w.context, tag, w.push, w.cache), b.log());
        auto const m = acrx::bench::run(with.build(w.context, tag, w.push, w.cache), b.log());
        seconds.push_back(m.seconds);
        memory = std::max(memory, m.megabytes);
    }
    return measurement{median(seconds), memory};
}

void report(bench& b, std::vector<std::string> const& wanted)
{
    auto builders = find_builders(b);
    acrx::bench::run(builders[0].build(b.context("busybox"), b.image("busybox:1"), true, true), b.log());
    if (wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [](auto const& w) { return w.starts_with("big"); }))
        acrx::bench::run(builders[0].build(b.context("big_base"), b.image("big:1"), true, true), b.log());
    std::printf("%-17s %-8s %10s %9s %9s %7s\n", "workload", "builder", "median s", "target s", "peak MB", "ratio");
    for (auto& w : workloads(b)) {
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), w.name) == wanted.end())
            continue;
        double own = 0;
        for (auto& with : builders) {
            try {
                auto const m = time_of(b, w, with);
                own = with.name == "acrx" ? m->seconds : own;
                std::printf("%-17s %-8s %10.3f %9.3f %9.1f %7.1f\n", w.name.c_str(), with.name.c_str(), m->seconds,
                            with.name == "acrx" ? w.target : 0.0, m->megabytes, own > 0 ? m->seconds / own : 0.0);
            } catch (std::exception const& e) {
                std::printf("%-17s %-8s %s\n", w.name.c_str(), with.name.c_str(), e.what());
            }
            std::fflush(stdout);
        }
    }
}
int usage()
{
    bench const none;
    std::cerr << "Usage: quick_task [--runs N] [--alone] [--acrx PATH] [--folder DIR] [WORKLOAD...]\nWorkloads:";
    for (auto const& w : workloads(none))
        std::cerr << ' ' << w.name;
    std::cerr << '\n';
    return 2;
}
}  // namespace

int main(int argc, char** argv)
try {
    bench b;
    b.acrx = (fs::path(argv[0]).parent_path() / "../../tools/acrx-quick").string();
    b.folder = fs::temp_directory_path() / ("acrx-bench-" + std::to_string(::getpid()));
    std::vector<std::string> wanted;
    for (int i = 1; i < argc; ++i) {
        std::string const word = argv[i];
        if (word == "--runs" && i + 1 < argc)
            b.runs = std::stoi(argv[++i]);
        else if (word == "--alone")
            b.alone = true;
        else if (word == "--acrx" && i + 1 < argc)
            b.acrx = argv[++i];
        else if (word == "--folder" && i + 1 < argc)
            b.folder = argv[++i];
        else if (word.starts_with('-'))
            return usage();
        else
            wanted.push_back(word);
    }
    auto const known = workloads(b);
    for (auto const& name : wanted)
        if (std::none_of(known.begin(), known.end(), [&](auto const& w) { return w.name == name; }))
            return usage();
    fs::create_directories(b.folder);
    acrx::bench::loopback_registry const server(b.folder);
    b.host = server.host();
    make_contexts(b);
    report(b, wanted);
    fs::remove_all(b.folder);
    return 0;
} catch (std::exception const& e) {
    std::cerr << "quick_task: " << e.what() << '\n';
    return 1;
}
