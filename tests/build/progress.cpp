#include <acrx/build/progress.hpp>

#include <acrx/core/when_all.hpp>

#include <support/run.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>

#include <map>
#include <stdexcept>
#include <utility>
#include <vector>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_progress)
namespace {
using outcomes = std::map<unsigned, work_ended::outcome>;

progress_sink collect(outcomes& ends)
{
    return [&ends](progress_event const& event) {
        if (auto const* end = std::get_if<work_ended>(&event))
            ends.emplace(end->id, end->how);
    };
}

/// A line of work that waits for ever, fails after a moment, or ends well.
net::awaitable<void> work(progress_sink const& sink, unsigned id, std::string how)
{
    auto const doing = co_await net::this_coro::cancellation_state;
    work_line line(sink, id, how, doing);
    net::steady_timer timer(co_await net::this_coro::executor);
    timer.expires_after(how == "waits" ? std::chrono::hours(1) : std::chrono::milliseconds(1));
    co_await timer.async_wait(net::use_awaitable);
    if (how == "fails")
        throw std::runtime_error(how);
    line.end(work_ended::outcome::done);
}
}  // namespace

BOOST_AUTO_TEST_CASE(tells_work_that_failed_from_work_that_was_canceled)
{
    outcomes ends;
    auto const sink = collect(ends);
    std::vector<net::awaitable<void>> all;
    all.push_back(work(sink, 1, "waits"));
    all.push_back(work(sink, 2, "fails"));
    BOOST_CHECK_THROW(testing::run(when_all(std::move(all))), std::runtime_error);
    BOOST_TEST((ends == outcomes{{1, work_ended::outcome::canceled}, {2, work_ended::outcome::failed}}));
}
BOOST_AUTO_TEST_CASE(tells_an_end_once)
{
    outcomes ends;
    auto const sink = collect(ends);
    testing::run(work(sink, 1, "ends"));
    BOOST_TEST((ends == outcomes{{1, work_ended::outcome::done}}));
}
BOOST_AUTO_TEST_SUITE_END()
