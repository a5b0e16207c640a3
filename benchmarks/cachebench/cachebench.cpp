// acrx-cachebench tells which cache policy makes builds shortest. Usage: acrx-cachebench --help
#include <cachebench/chart.hpp>
#include <cachebench/comparison.hpp>
#include <cachebench/git_history.hpp>
#include <cachebench/live.hpp>
#include <cachebench/report.hpp>
#include <cachebench/synthetic.hpp>

#include <acrx/core/error.hpp>
#include <acrx/core/quantities.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/scratch_folder.hpp>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <charconv>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {
using namespace acrx;
using namespace acrx::cachebench;

/// Every policy that is compared. One of your own joins with one line: see `make_policy`.
std::vector<policy> all_policies(std::vector<std::string> names)
{
    if (names.empty())
        names = {"fifo", "lru", "lfu", "sieve", "s3-fifo", "gdsf", "ttl=14d", "lru,tinylfu", "gdsf,tinylfu"};
    std::vector<policy> policies;
    for (auto const& name : names)
        policies.push_back(name == "belady" ? belady_policy() : named_policy(name));
    if (std::find(names.begin(), names.end(), "belady") == names.end())
        policies.push_back(belady_policy());
    return policies;
}

struct replay_options
{
    std::vector<std::string> traces;
    std::vector<std::string> policies;
    std::vector<std::string> budgets;
    std::vector<std::string> keys{"content"};
    std::string format = "table";
    std::string chart;
    bool strict = false;
    unsigned threads = std::thread::hardware_concurrency();
};

std::vector<traced_step> read_all(replay_options const& options)
{
    std::vector<traced_step> steps;
    std::size_t damaged = 0;
    for (auto const& name : options.traces) {
        auto const text = name == "-" ? std::string(std::istreambuf_iterator<char>(std::cin), {})
                                      : read_file(name, std::uint64_t{1} << 40);
        read_trace(text, [&](traced_step const& step) { steps.push_back(step); },
                   [&](std::size_t line, std::string const& problem) {
                       auto const say = name + ":" + std::to_string(line) + ": " + problem;
                       if (options.strict)
                           throw error(errc::damaged, say, "Without --strict such lines are left out.");
                       constexpr std::size_t most_told = 10;
                       if (damaged++ < most_told)
                           std::cerr << "warning: " << say << ": left out\n";
                   });
    }
    if (damaged > 0)
        std::cerr << "warning: " << damaged << " damaged lines were left out\n";
    return steps;
}

std::uint64_t bytes_of(std::string const& word, std::uint64_t all)
{
    double percent = 0;
    auto const* const end = word.data() + word.size();
    auto const read = std::from_chars(word.data(), end, percent);
    if (read.ec == std::errc() && percent >= 0 && std::string_view(read.ptr, end) == "%")
        return static_cast<std::uint64_t>(percent * static_cast<double>(all) / 100);
    if (auto const bytes = parse_byte_count(word))
        return *bytes;
    throw error(errc::invalid_argument, "--budget '" + word + "' is no size", "Write bytes, or a number with kB, MB, GB, TB or %.");
}

int replay_command(replay_options options)
{
    auto const steps = read_all(options);
    if (options.budgets.empty())
        options.budgets = {"1%", "2%", "5%", "10%", "20%", "40%", "80%"};
    auto const policies = all_policies(options.policies);
    std::vector<comparison_row> rows;
    for (auto const& key : options.keys) {
        auto const at = std::find(traced_keys.begin(), traced_keys.end(), key);
        if (at == traced_keys.end())
            throw error(errc::invalid_argument, "--key '" + key + "' is unknown", "It is content, chain, time or context.");
        auto const requests = to_requests(steps, static_cast<std::size_t>(at - traced_keys.begin()));
        if (requests.requests.empty())
            throw error(errc::invalid_argument, "the trace has no steps with a key of the kind " + key);
        std::vector<std::uint64_t> budgets;
        for (auto const& word : options.budgets)
            budgets.push_back(bytes_of(word, requests.unique_bytes));
        auto const more = compare(requests, key, policies, budgets, options.threads);
        rows.insert(rows.end(), more.begin(), more.end());
    }
    std::cout << (options.format == "csv" ? to_csv(rows) : options.format == "json" ? to_json(rows) : to_table(rows));
    if (!options.chart.empty())
        write_file(options.chart, rebuild_chart(rows).svg());
    return 0;
}

int history_command(history_request const& request)
{
    std::cout << trace_heading << '\n';
    history_walk walk(request, [](std::string const& text) { std::cerr << "warning: " << text << '\n'; });
    walk.run([](traced_step const& step) { std::cout << to_line(step); });
    return 0;
}

int live_command(live_request request, std::vector<std::string> const& names, std::vector<std::string> const& budgets)
{
    std::cout << "policy                    budget   steps   hits: real  simulated  error   seconds\n";
    for (auto const& policy : all_policies(names)) {
        if (policy.name == "belady")
            continue;
        for (auto const& word : budgets) {
            scratch_folder scratch(std::filesystem::temp_directory_path());
            request.scratch = scratch.get();
            auto const result = run_live(request, policy, bytes_of(word, 0));
            char line[200];
            std::snprintf(line, sizeof line, "%-22s %9s  %6llu       %6llu     %6llu  %4.1f%%  %8.1f\n", policy.name.c_str(),
                          cachebench::to_size_text(static_cast<double>(result.budget)).c_str(),
                          static_cast<unsigned long long>(result.steps), static_cast<unsigned long long>(result.real_hits),
                          static_cast<unsigned long long>(result.simulated_hits), 100 * result.error(), result.real_seconds);
            std::cout << line;
        }
    }
    return 0;
}
}  // namespace

int main(int count, char** words)
try {
    CLI::App app("Tells which cache policy makes builds shortest, from traces of real ones.", "acrx-cachebench");
    app.require_subcommand(1);
    replay_options replay;
    auto* replaying = app.add_subcommand("replay", "Replay traces through policies and budgets");
    replaying->add_option("TRACE", replay.traces, "Written by acrx-quick build --trace or by history; - is standard input")->required();
    replaying->add_option("--policy", replay.policies, "As acrx-quick build --cache-policy; repeatable")->allow_extra_args(false);
    replaying->add_option("--budget", replay.budgets, "Bytes, 10GB, or 5% of all layers; repeatable")->allow_extra_args(false);
    replaying->add_option("--key", replay.keys, "content, chain, time or context; repeatable")->allow_extra_args(false);
    replaying->add_option("--format", replay.format, "table, csv or json")->check(CLI::IsMember({"table", "csv", "json"}));
    replaying->add_option("--svg", replay.chart, "Also draw rebuild time over cache size");
    replaying->add_option("--threads", replay.threads, "That replay at once; else one a processor");
    replaying->add_flag("--strict", replay.strict, "Stop at a damaged line instead of leaving it out");

    history_request history;
    auto* walking = app.add_subcommand("history", "Write the trace of one build a commit, without running any");
    walking->add_option("REPOSITORY", history.repository, "Folder of a git repository")->required();
    walking->add_option("-f,--file", history.dockerfile, "Dockerfile in the repository");
    walking->add_option("--context", history.context, "Folder in the repository");
    walking->add_option("--commits", history.most, "Only the last so many");

    std::size_t steps = 1'000'000;
    std::uint64_t seed = 1;
    auto* making = app.add_subcommand("synthetic", "Write a trace of builds that never were");
    making->add_option("--steps", steps, "Lines");
    making->add_option("--seed", seed, "Another number gives another trace");

    live_request live;
    std::vector<std::string> live_policies{"lru", "gdsf"};
    std::vector<std::string> live_budgets{"10MB"};
    auto* living = app.add_subcommand("live", "Make real builds of a repository, and tell what the simulator is wrong by");
    living->add_option("REPOSITORY", live.repository, "Folder of a git repository")->required();
    living->add_option("--acrx-quick", live.program, "The program")->required();
    living->add_option("-f,--file", live.dockerfile, "Dockerfile in the repository");
    living->add_option("--commits", live.most, "The last so many");
    living->add_option("--policy", live_policies, "Repeatable")->allow_extra_args(false);
    living->add_option("--budget", live_budgets, "Repeatable")->allow_extra_args(false);

    CLI11_PARSE(app, count, words);
    if (replaying->parsed())
        return replay_command(replay);
    if (walking->parsed())
        return history_command(history);
    if (living->parsed())
        return live_command(live, live_policies, live_budgets);
    std::cout << trace_heading << '\n';
    for (auto const& step : synthetic_trace(steps, seed))
        std::cout << to_line(step);
    return 0;
} catch (std::exception const& e) {
    auto const* ours = dynamic_cast<acrx::error const*>(&e);
    std::cerr << "acrx-cachebench: " << (ours != nullptr ? ours->text() : e.what()) << '\n';
    if (ours != nullptr && !ours->advice().empty())
        std::cerr << "  hint: " << ours->advice() << '\n';
    return 1;
}
