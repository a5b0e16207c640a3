// What a runner counts, as text for Prometheus.
#ifndef ACRX_SERVER_RUNNER_METRICS_HPP
#define ACRX_SERVER_RUNNER_METRICS_HPP

#include <acrx/core/config.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx {
/// The upper bounds of a histogram's buckets, rising; the last bucket has none.
using bucket_bounds = std::span<double const>;

/// In seconds: of answers, of waiting for a free place, and of runs.
inline constexpr std::array<double, 11> answer_buckets{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
inline constexpr std::array<double, 11> waiting_buckets{0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14400, 86400};
inline constexpr std::array<double, 12> run_buckets{5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 28800};

/// Counters, gauges and histograms with labels. Not for several threads at once.
class runner_metrics
{
public:
    using labels = std::vector<std::pair<std::string, std::string>>;

    /// Adds one to a counter. @param help  what it counts; that of the first call is shown
    ACRX_DECL void count(std::string const& name, std::string_view help, labels const& which = {}, double by = 1);
    ACRX_DECL void set(std::string const& name, std::string_view help, double value, labels const& which = {});
    /// Adds a value to a histogram. @param bounds  those of the first call count
    ACRX_DECL void observe(std::string const& name, std::string_view help, bucket_bounds bounds, double value, labels const& which = {});
    /// Exposition format 0.0.4.
    ACRX_DECL std::string text() const;

private:
    struct histogram
    {
        labels which;
        std::vector<std::uint64_t> counts;  ///< of each bucket alone; the last is without a bound
        double sum = 0;
    };
    struct family
    {
        std::string help;
        std::string type;                             ///< as it is written
        std::map<std::string, double> values;         ///< by labels, as they are written
        std::vector<double> bounds;
        std::map<std::string, histogram> histograms;  ///< likewise
    };
    family& family_of(std::string const& name, std::string_view help, std::string_view type);
    static std::string text_of(std::string const& name, family const& each, histogram const& one);

    std::map<std::string, family> families_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/runner_metrics.ipp>
#endif
#endif
