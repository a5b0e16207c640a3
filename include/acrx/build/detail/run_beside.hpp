// Awaits one operation while others serve it.
#ifndef ACRX_BUILD_DETAIL_RUN_BESIDE_HPP
#define ACRX_BUILD_DETAIL_RUN_BESIDE_HPP

#include <acrx/core/when_all.hpp>

#include <boost/asio/awaitable.hpp>

#include <utility>
#include <vector>

namespace acrx::detail {
/// Thrown through `when_all` to end the servants.
struct main_work_ended
{};

inline net::awaitable<void> end_all_after(net::awaitable<void> work)
{
    co_await std::move(work);
    throw main_work_ended();
}

/// Returns when `work` has ended and the servants, cancelled then, have too. A servant that fails cancels the work.
/// @par Thread safety  as `when_all`
inline net::awaitable<void> run_beside(net::awaitable<void> work, std::vector<net::awaitable<void>> servants)
{
    servants.push_back(end_all_after(std::move(work)));
    try {
        co_await when_all(std::move(servants));
    } catch (main_work_ended const&) {
    }
}
}  // namespace acrx::detail
#endif
