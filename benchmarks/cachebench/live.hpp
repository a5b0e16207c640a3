// Makes real builds of a repository's commits, and compares what the cache did with what the simulator says.
#ifndef ACRX_BENCHMARKS_CACHEBENCH_LIVE_HPP
#define ACRX_BENCHMARKS_CACHEBENCH_LIVE_HPP

#include <cachebench/git_history.hpp>
#include <cachebench/replay.hpp>
#include <cachebench/request_list.hpp>

#include <acrx/core/error.hpp>
#include <acrx/io/child_process.hpp>
#include <acrx/io/files.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace acrx::cachebench {
struct live_request
{
    std::filesystem::path program;     ///< acrx-quick
    std::filesystem::path repository;
    std::filesystem::path scratch;     ///< an empty folder, for clones and state
    std::string dockerfile = "Dockerfile";
    std::size_t most = 20;             ///< commits
};

/// The same builds, once for real and once simulated.
struct live_result
{
    std::string policy;
    std::uint64_t budget = 0;
    std::uint64_t steps = 0;
    std::uint64_t real_hits = 0;
    std::uint64_t simulated_hits = 0;
    double real_seconds = 0;  ///< of the builds, from start to end

    /// In steps, of all steps: what the simulator is wrong by.
    double error() const
    {
        auto const off = static_cast<double>(real_hits) - static_cast<double>(simulated_hits);
        return steps == 0 ? 0 : (off < 0 ? -off : off) / static_cast<double>(steps);
    }
};

namespace detail {
inline std::string run_program(std::vector<std::string> words)
{
    child_command command;
    command.args = std::move(words);
    auto const name = command.args.front() + " " + command.args.at(1);
    auto result = wait_for(run_child(std::move(command)));
    if (result.code != 0)
        throw acrx::error(errc::step_failed, name + " ended with " + std::to_string(result.code) + ": " + result.err.substr(0, 400));
    return result.out + result.err;
}

inline std::size_t count(std::string const& text, std::string const& word)
{
    std::size_t n = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
        ++n;
    return n;
}
}  // namespace detail

/// Builds the last commits with an empty state folder, the oldest first; removes the state again.
/// @throws acrx::error if a build fails
inline live_result run_live(live_request const& where, policy const& simulated, std::uint64_t budget)
{
    live_result result{.policy = simulated.name, .budget = budget};
    auto const clone = (where.scratch / "clone").string();
    auto const home = (where.scratch / "home").string();
    auto const trace = where.scratch / "trace";
    detail::run_program({"git", "-c", "safe.directory=*", "clone", "-q", where.repository.string(), clone});
    auto const list = detail::run_program({"git", "-C", clone, "log", "--reverse", "--first-parent",
                                           "-n" + std::to_string(where.most), "--format=%H"});
    for (std::size_t at = 0; at + 40 < list.size(); at += 41) {
        detail::run_program({"git", "-C", clone, "checkout", "-q", list.substr(at, 40)});
        auto const start = std::chrono::steady_clock::now();
        auto const log = detail::run_program({where.program.string(), "build", "--home", home, "--no-push", "--progress", "plain",
                                              "--cache-policy", simulated.name, "--cache-budget", std::to_string(budget), "--trace",
                                              trace.string(), "-f", clone + "/" + where.dockerfile, clone});
        result.real_seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        result.real_hits += detail::count(log, " CACHED\n");
    }
    std::vector<traced_step> steps;
    read_trace(read_file(trace, std::uint64_t{1} << 30), [&](traced_step const& step) { steps.push_back(step); },
               [](std::size_t line, std::string const& problem) {
                   throw acrx::error(errc::damaged, "line " + std::to_string(line) + " of the trace: " + problem);
               });
    auto const requests = to_requests(steps, 0);
    auto const replayed = simulated.run(requests, budget);
    result.steps = replayed.requests;
    result.simulated_hits = replayed.hits;
    remove_tree(where.scratch / "clone");
    remove_tree(where.scratch / "home");
    remove_tree(trace);
    return result;
}
}  // namespace acrx::cachebench
#endif
