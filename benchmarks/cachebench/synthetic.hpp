// Makes a trace without any repository: a large team's builds, drawn by chance but always the same.
#ifndef ACRX_BENCHMARKS_CACHEBENCH_SYNTHETIC_HPP
#define ACRX_BENCHMARKS_CACHEBENCH_SYNTHETIC_HPP

#include <acrx/replacement/step_trace.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace acrx::cachebench {
/// Images of eight to twenty steps. Few are built often and many seldom (Zipf); most builds change a late step, some an
/// early one, and all steps after it are new; half of all builds come from a branch that is some commits behind.
/// Seconds and bytes of steps are log-normal and do not depend on each other.
/// @param steps  at least so many lines
inline std::vector<traced_step> synthetic_trace(std::size_t steps, std::uint64_t seed = 1, std::size_t images = 200)
{
    struct image
    {
        std::vector<std::vector<traced_step>> versions;
    };
    std::mt19937_64 dice(seed);
    auto const fraction = [&] { return static_cast<double>(dice() >> 11) / 9007199254740992.0; };
    auto const normal = [&] {  // Box and Muller: the same numbers with every standard library
        return std::sqrt(-2 * std::log(1 - fraction())) * std::cos(6.283185307179586 * fraction());
    };
    auto const fresh = [&] {
        traced_step step;
        step.kind = dice() % 3 == 0 ? 'c' : 'r';
        step.keys.fill(dice() | 1U);
        step.bytes = static_cast<std::uint64_t>(std::exp(15 + 2 * normal()));
        step.seconds = std::exp(1 + 1.5 * normal());
        return step;
    };
    auto const link = [](std::vector<traced_step>& chain) {
        for (std::size_t i = 1; i < chain.size(); ++i)
            chain[i].parent = chain[i - 1].keys[0];
    };
    std::vector<image> all(images);
    std::vector<double> popular;
    double sum = 0;
    for (std::size_t i = 0; i < images; ++i) {
        std::vector<traced_step> first(8 + dice() % 13);
        for (auto& step : first)
            step = fresh();
        link(first);
        all[i].versions.push_back(std::move(first));
        popular.push_back(sum += 1.0 / static_cast<double>(i + 1));
    }
    std::vector<traced_step> trace;
    trace.reserve(steps + 20);
    for (std::uint64_t build = 1; trace.size() < steps; ++build) {
        auto const chosen = std::lower_bound(popular.begin(), popular.end(), fraction() * sum) - popular.begin();
        auto& versions = all[static_cast<std::size_t>(chosen)].versions;
        if (dice() % 2 == 0) {
            auto next = versions.back();
            auto const late = 1 - fraction() * fraction();
            for (auto i = static_cast<std::size_t>(late * static_cast<double>(next.size() - 1)); i < next.size(); ++i)
                next[i] = fresh();
            link(next);
            versions.push_back(std::move(next));
            if (versions.size() > 8)
                versions.erase(versions.begin());
        }
        auto const behind = static_cast<std::size_t>(fraction() * fraction() * static_cast<double>(versions.size()));
        for (auto step : versions[versions.size() - 1 - behind]) {
            step.time = 1'700'000'000 + static_cast<std::int64_t>(build) * 60;
            step.build = build;
            trace.push_back(step);
        }
    }
    return trace;
}
}  // namespace acrx::cachebench
#endif
