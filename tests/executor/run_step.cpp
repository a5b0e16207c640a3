#include <acrx/core/error.hpp>
#include <acrx/executor/run_step.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>
#include <support/archetypes/step_executor.hpp>
#include <support/run.hpp>

#include <memory>
using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(executor_run_step)

/// An executor on paper: says what it was asked, and has its output at once or never.
class paper_executor
{
public:
    explicit paper_executor(std::vector<std::string> pieces, bool ends) : pieces_(std::move(pieces)), ends_(ends) {}

    net::awaitable<void> submit(step_spec const&, step_key const& key)
    {
        *said += "submit " + key + "\n";
        co_return;
    }
    net::awaitable<step_state> observe(step_key const&)
    {
        *said += "observe\n";
        co_return step_state{step_state::phase::exited, 6, false};
    }
    net::awaitable<step_output> log(step_key const&, std::uint64_t offset)
    {
        *said += "log " + std::to_string(offset) + "\n";
        if (next_ < pieces_.size()) {
            step_output piece{pieces_[next_++], false};
            piece.ended = ends_ && next_ == pieces_.size();
            co_return piece;
        }
        net::steady_timer never(co_await net::this_coro::executor, 1h);
        co_await never.async_wait(net::use_awaitable);
        co_return step_output{};
    }
    net::awaitable<void> cancel(step_key const&, std::chrono::milliseconds grace)
    {
        net::steady_timer dying(co_await net::this_coro::executor, 50ms);
        co_await dying.async_wait(net::use_awaitable);
        *said += "gone after " + std::to_string(grace.count()) + "\n";
    }
    net::awaitable<std::vector<step_key>> list(std::string const&) { co_return std::vector<step_key>{}; }
    net::awaitable<void> forget(step_key const&) { co_return; }

    std::shared_ptr<std::string> said = std::make_shared<std::string>();

private:
    std::vector<std::string> pieces_;
    std::size_t next_ = 0;
    bool ends_;
};

BOOST_AUTO_TEST_CASE(submits_follows_and_observes)
{
    paper_executor executor({"ab", "", "cde"}, true);
    std::string output;
    auto sink = [&](std::string_view text) { output += text; };
    step_spec const spec;
    BOOST_TEST(testing::run(run_step(executor, spec, "k", sink)).code == 6);
    BOOST_TEST(output == "abcde");
    BOOST_TEST(*executor.said == "submit k\nlog 0\nlog 2\nlog 2\nobserve\n");
}

BOOST_AUTO_TEST_CASE(a_sink_that_throws_cancels_the_step)
{
    paper_executor executor({"ab"}, false);
    auto sink = [](std::string_view) { throw error(errc::damaged, "sinking"); };
    step_spec const spec;
    BOOST_CHECK_EXCEPTION(testing::run(run_step(executor, spec, "k", sink, 7ms)), error,
                          [](error const& e) { return e.code() == errc::damaged; });
    BOOST_TEST(*executor.said == "submit k\nlog 0\ngone after 7\n");
}

BOOST_AUTO_TEST_CASE(cancellation_waits_for_the_end_of_the_step_also_when_repeated)
{
    paper_executor executor({}, false);
    auto sink = [](std::string_view) {};
    step_spec const spec;
    auto& host = testing::test_context();
    host.restart();
    net::cancellation_signal stop;
    bool threw = false;
    net::co_spawn(host, run_step(executor, spec, "k", sink, 9ms),
                  net::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr e, step_state) { threw = bool(e); }));
    net::steady_timer first(host, 20ms);
    net::steady_timer second(host, 40ms);
    auto emit = [&](auto) { stop.emit(net::cancellation_type::terminal); };
    first.async_wait(emit);
    second.async_wait(emit);
    host.run();
    BOOST_TEST(threw);
    BOOST_TEST(*executor.said == "submit k\nlog 0\ngone after 9\n");
}

BOOST_AUTO_TEST_SUITE_END()
