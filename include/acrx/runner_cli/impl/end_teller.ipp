// Bodies of runner_cli/end_teller.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_END_TELLER_IPP
#define ACRX_RUNNER_CLI_IMPL_END_TELLER_IPP
#include <acrx/core/error.hpp>
#include <acrx/runner_cli/end_teller.hpp>

#include <algorithm>
#include <chrono>

namespace acrx::cli {
namespace detail {
/// Longer than one attempt may take.
inline constexpr std::chrono::seconds patience_with_teller{45};
/// Between two looks at what was put off.
inline constexpr std::chrono::seconds pause_of_teller{2};
}  // namespace detail

ACRX_DECL std::optional<time_point> next_telling(time_point ended, time_point now)
{
    auto const age = now - ended;
    if (age >= std::chrono::hours(24))
        return std::nullopt;
    return now + std::clamp<time_point::duration>(age, std::chrono::seconds(2), std::chrono::hours(1));
}

ACRX_DECL net::awaitable<void> end_teller::run()
{
    auto const changed = service_.changed();
    for (;;) {
        auto const seen = changed.count();
        std::string trouble;
        try {
            co_await tell_all();
        } catch (error const& e) {  // of the store: what is due stays due
            trouble = e.text();
        }
        if (!trouble.empty())
            trouble_({}, trouble);
        co_await changed.wait_past(trouble.empty() ? seen : changed.count(), detail::pause_of_teller);
    }
}

inline net::awaitable<void> end_teller::tell_all()
{
    for (;;) {
        auto ended = co_await service_.take_ended(detail::patience_with_teller);
        if (!ended)
            co_return;
        co_await tell(std::move(*ended));
    }
}

inline net::awaitable<void> end_teller::tell(acrx::run_record run)
{
    auto const ended = run.finished.value_or(run.created);
    std::optional<time_point> next;
    if (ended >= since_) {
        std::string why;
        try {
            co_await hook_.tell(run);
        } catch (error const& e) {
            why = e.text();
        }
        if (!why.empty()) {
            next = next_telling(ended, system_clock().now());
            trouble_(run.id, why + (next ? "; tried again at " + to_rfc3339(*next) : "; given up"));
        }
    }
    co_await service_.set_due(run.id, next);
}
}  // namespace acrx::cli
#endif
