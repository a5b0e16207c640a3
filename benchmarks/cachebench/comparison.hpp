// Runs all policies over all budgets side by side, and works out what the numbers are worth.
#ifndef ACRX_BENCHMARKS_CACHEBENCH_COMPARISON_HPP
#define ACRX_BENCHMARKS_CACHEBENCH_COMPARISON_HPP

#include <cachebench/optimum.hpp>
#include <cachebench/replay.hpp>
#include <cachebench/request_list.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace acrx::cachebench {
/// One policy at one budget.
struct comparison_row
{
    std::string key;
    std::string policy;
    std::uint64_t budget = 0;
    std::uint64_t requests = 0;
    double hit_ratio = 0;
    double byte_hit_ratio = 0;
    double saved_ratio = 0;     ///< seconds saved, of those that all steps take
    double saved_error = 0;     ///< half of the 95% confidence interval of `saved_ratio`
    double rebuild_seconds = 0; ///< that steps took which were not there
    double saved_seconds = 0;
    double moved_bytes = 0;
    double regret = 0;          ///< seconds that the bound saves and this does not, of those that the bound saves
};

/// Half of the 95% confidence interval of a ratio, by the means of twenty batches of builds in their order: builds after
/// each other are alike, batches of many less so. 0 for fewer builds than that.
inline double half_interval(std::vector<double> const& parts, std::vector<double> const& wholes)
{
    constexpr std::size_t batches = 20;
    constexpr double student = 2.093;  // 19 degrees of freedom
    if (parts.size() < batches)
        return 0;
    std::vector<double> ratios;
    for (std::size_t b = 0; b < batches; ++b) {
        double part = 0;
        double whole = 0;
        for (auto i = b * parts.size() / batches; i < (b + 1) * parts.size() / batches; ++i) {
            part += parts[i];
            whole += wholes[i];
        }
        if (whole > 0)
            ratios.push_back(part / whole);
    }
    if (ratios.size() < 2)
        return 0;
    double mean = 0;
    for (auto const r : ratios)
        mean += r / static_cast<double>(ratios.size());
    double squares = 0;
    for (auto const r : ratios)
        squares += (r - mean) * (r - mean);
    auto const n = static_cast<double>(ratios.size());
    return student * std::sqrt(squares / (n - 1) / n);
}

inline comparison_row make_row(std::string key, std::string policy, std::uint64_t budget, replay_result const& result,
                               double bound)
{
    auto const share = [](double part, double whole) { return whole > 0 ? part / whole : 0; };
    comparison_row row{.key = std::move(key), .policy = std::move(policy), .budget = budget};
    row.requests = result.requests;
    row.hit_ratio = share(static_cast<double>(result.hits), static_cast<double>(result.requests));
    row.byte_hit_ratio = share(result.hit_bytes, result.bytes);
    row.saved_ratio = share(result.saved, result.seconds);
    row.saved_error = half_interval(result.saved_by_build, result.seconds_by_build);
    row.rebuild_seconds = result.seconds - result.saved;
    row.saved_seconds = result.saved;
    row.moved_bytes = result.moved_bytes;
    auto const regret = share(bound - result.saved, bound);
    constexpr double rounding = 1e-9;
    row.regret = regret < 0 && regret > -rounding ? 0 : regret;
    return row;
}

/// The row of the bound itself, which has no hits to speak of.
inline comparison_row make_bound_row(std::string key, std::uint64_t budget, request_list const& trace, double bound)
{
    comparison_row row{.key = std::move(key), .policy = "bound", .budget = budget};
    double seconds = 0;
    for (auto const& request : trace.requests)
        seconds += trace.costs[request.id].seconds;
    row.requests = trace.requests.size();
    row.saved_seconds = bound;
    row.saved_ratio = seconds > 0 ? bound / seconds : 0;
    row.rebuild_seconds = seconds - bound;
    return row;
}

/// @param threads  that replay at once; each has a cache of its own
/// @return         a row for each policy and budget, and one for the bound of each budget, in the order given
inline std::vector<comparison_row> compare(request_list const& trace, std::string const& key,
                                           std::vector<policy> const& policies,
                                           std::vector<std::uint64_t> const& budgets, unsigned threads)
{
    auto const columns = policies.size() + 1;
    std::vector<comparison_row> rows(columns * budgets.size());
    std::vector<double> bounds(budgets.size());
    auto in_parallel = [&](std::size_t jobs, auto const& work) {
        std::atomic<std::size_t> next{0};
        std::vector<std::jthread> workers;
        for (unsigned t = 0; t < std::max(1U, threads); ++t)
            workers.emplace_back([&] {
                for (auto job = next++; job < jobs; job = next++)
                    work(job);
            });
    };
    in_parallel(budgets.size(), [&](std::size_t b) { bounds[b] = most_savable(trace, budgets[b]); });
    in_parallel(policies.size() * budgets.size(), [&](std::size_t job) {
        auto const p = job / budgets.size();
        auto const b = job % budgets.size();
        rows[job] = make_row(key, policies[p].name, budgets[b], policies[p].run(trace, budgets[b]), bounds[b]);
    });
    for (std::size_t b = 0; b < budgets.size(); ++b)
        rows[policies.size() * budgets.size() + b] = make_bound_row(key, budgets[b], trace, bounds[b]);
    return rows;
}
}  // namespace acrx::cachebench
#endif
