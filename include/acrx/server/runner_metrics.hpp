// What a runner counts, as text for Prometheus.
#ifndef ACRX_SERVER_RUNNER_METRICS_HPP
#define ACRX_SERVER_RUNNER_METRICS_HPP

#include <acrx/core/config.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx {
/// Counters and gauges with labels. Not for several threads at once.
class runner_metrics
{
public:
    using labels = std::vector<std::pair<std::string, std::string>>;

    /// Adds one to a counter. @param help  what it counts; that of the first call is shown
    ACRX_DECL void count(std::string const& name, std::string_view help, labels const& which = {}, double by = 1);
    ACRX_DECL void set(std::string const& name, std::string_view help, double value, labels const& which = {});
    /// Exposition format 0.0.4.
    ACRX_DECL std::string text() const;

private:
    struct family
    {
        std::string help;
        bool is_counter = true;
        std::map<std::string, double> values;  ///< by labels, as they are written
    };
    family& family_of(std::string const& name, std::string_view help, bool is_counter);

    std::map<std::string, family> families_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/runner_metrics.ipp>
#endif
#endif
