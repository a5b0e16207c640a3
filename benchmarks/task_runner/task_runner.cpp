// What does a step of a task cost, beside what it runs? Prints medians.
//
// Usage: bench_task_runner [--runs N] [--executor oci|docker]
// Needs root and /bin/busybox (busybox-static). "a step" is the slope: (51 steps - 1 step) / 50.
#include <acrx/task.hpp>
#include <quick_task/measured_process.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {
void write(fs::path const& file, std::string const& text)
{
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

double median(int runs, std::function<double()> const& measure)
{
    std::vector<double> all;
    for (int i = 0; i < runs; ++i)
        all.push_back(measure());
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
}

double seconds_of(std::function<void()> const& work)
{
    auto const began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

/// Steps that do nothing. @param when  of each; empty is "after the one before"
std::string trivial_task(int steps, std::string const& when)
{
    std::string text = "version: v1.1.0\nsteps:\n";
    for (int i = 0; i < steps; ++i)
        text += "  - cmd: busybox:bench true\n" + (when.empty() ? "" : "    when: " + when + "\n");
    return text;
}

/// Steps that wait for two before them.
std::string wide_task(int steps)
{
    std::string text = "version: v1.1.0\nsteps:\n";
    for (int i = 0; i < steps; ++i) {
        auto const id = [](int n) { return "s" + std::to_string(n); };
        text += "  - id: " + id(i) + "\n    cmd: busybox:bench true\n";
        if (i > 1)
            text += "    when: [" + id(i - 1) + ", " + id(i / 2) + "]\n";
    }
    return text;
}

class runs_of_acrx
{
public:
    runs_of_acrx(fs::path folder, std::string executor) : folder_(std::move(folder)), executor_(std::move(executor))
    {
        write(folder_ / "busybox/Dockerfile", "FROM scratch\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n");
        fs::copy_file("/bin/busybox", folder_ / "busybox/busybox", fs::copy_options::overwrite_existing);
        start({"build", "-t", "busybox:bench", (folder_ / "busybox").string()});
    }
    double seconds(std::string const& task) const
    {
        write(folder_ / "task/acb.yaml", task);
        return start({"run", "--executor", executor_, (folder_ / "task").string()}).seconds;
    }

private:
    acrx::bench::measurement start(std::vector<std::string> words) const
    {
        words.insert(words.begin(), ACRX_QUICK);
        words.insert(words.begin() + 2, {"--home", (folder_ / "home").string()});
        return acrx::bench::run(words, (folder_ / "log").string());
    }

    fs::path folder_;
    std::string executor_;
};

void show(char const* what, double seconds, char const* goal) { std::printf("%-55s %9.1f ms   %s\n", what, seconds * 1000, goal); }
}  // namespace

int main(int argc, char** argv)
try {
    int runs = 5;
    std::string executor = "oci";
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::string(argv[i]) == "--runs")
            runs = std::stoi(argv[i + 1]);
        else if (std::string(argv[i]) == "--executor")
            executor = argv[i + 1];
        else
            throw std::invalid_argument("usage: bench_task_runner [--runs N] [--executor oci|docker]");
    }
    auto const folder = fs::temp_directory_path() / "acrx-bench-task-runner";
    fs::remove_all(folder);
    runs_of_acrx const acrx_quick(folder, executor);

    auto const one = median(runs, [&] { return acrx_quick.seconds(trivial_task(1, "")); });
    auto const many = median(runs, [&] { return acrx_quick.seconds(trivial_task(51, "")); });
    auto const beside = median(runs, [&] { return acrx_quick.seconds(trivial_task(50, "['-']")); });
    show("a run of one trivial step, process start to exit", one, "goal 250 ms");
    show("a trivial step, one after another", (many - one) / 50, "goal 40 ms");
    show("a trivial step, 50 side by side", (beside - one) / 49, "less than the one above: both cores work");

    auto const text = wide_task(1000);
    auto const planned = acrx::parse_task_file(text, "task").steps;
    auto const plan = median(runs, [&] { return seconds_of([&] { acrx::step_graph const graph(planned); }); });
    show("the graph of 1,000 steps", plan, "goal 20 ms");
    std::string lines = "version: v1.1.0\nsteps:\n";
    for (int i = 0; i < 499; ++i)
        lines += "  - cmd: image:{{.Run.ID}} {{.Values.a | upper}}\n    env: [\"N={{add " + std::to_string(i) + " 1}}\"]\n";
    acrx::task_data data;
    data.run.id = "ca1";
    data.values.emplace("a", acrx::templating::value("text"));
    auto const rendered = median(runs, [&] { return seconds_of([&] { acrx::render_task(acrx::split_task(lines, "task"), data); }); });
    show("rendering a task file of 1,000 lines", rendered, "goal 5 ms");
    fs::remove_all(folder);
    return 0;
} catch (std::exception const& e) {
    std::cerr << "bench_task_runner: " << e.what() << '\n';
    return 1;
}
