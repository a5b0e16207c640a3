#include <acrx/identity/cached_tokens.hpp>

#include <acrx/core/error.hpp>
#include <acrx/core/when_all.hpp>
#include <identity/fixed_tokens.hpp>
#include <support/archetypes/token_source.hpp>
#include <support/run.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>

using namespace acrx;
using namespace std::chrono_literals;
using acrx::testing::run;

template class acrx::cached_tokens<acrx::testing::token_source_archetype, acrx::manual_clock>;

BOOST_AUTO_TEST_SUITE(identity_cached_tokens)

namespace {
struct slow_tokens
{
    std::shared_ptr<int> asked = std::make_shared<int>(0);
    bool fails_first = false;

    net::awaitable<access_token> get(token_request)
    {
        ++*asked;
        net::steady_timer timer(co_await net::this_coro::executor, 20ms);
        co_await timer.async_wait(net::use_awaitable);
        if (fails_first && *asked == 1)
            throw error(errc::unavailable, "getting a token");
        co_return access_token{"t", system_clock().now() + 1h};
    }
};
}  // namespace

BOOST_AUTO_TEST_CASE(gives_a_token_again_until_it_is_soon_over)
{
    manual_clock time;
    identity_tests::fixed_tokens source;
    source.expires = time.now() + 100s;
    cached_tokens tokens(source, time);
    run(tokens.get({"r"}));
    time.advance(79s);
    BOOST_TEST(run(tokens.get({"r"})).value == "aad-token");
    BOOST_TEST(source.asked->size() == 1U);
    time.advance(2s);
    run(tokens.get({"r"}));
    BOOST_TEST(source.asked->size() == 2U);
}

BOOST_AUTO_TEST_CASE(knows_resources_and_identities_apart)
{
    manual_clock time;
    identity_tests::fixed_tokens source;
    source.expires = time.now() + 1h;
    cached_tokens tokens(source, time);
    for (auto const& request : {token_request{"a"}, token_request{"b"}, token_request{"a", "x"}, token_request{"a"}})
        run(tokens.get(request));
    BOOST_TEST(source.asked->size() == 3U);
}

BOOST_AUTO_TEST_CASE(asks_once_for_all_who_want_it_at_the_same_time)
{
    slow_tokens source;
    cached_tokens tokens(source);
    auto const ask = [](cached_tokens<slow_tokens> copy) -> net::awaitable<void> {
        token_request request{"r"};
        auto token = co_await copy.get(std::move(request));
        BOOST_TEST(token.value == "t");
    };
    std::vector<net::awaitable<void>> all;
    for (int i = 0; i < 5; ++i)
        all.push_back(ask(tokens));
    run(when_all(std::move(all)));
    BOOST_TEST(*source.asked == 1);
}

BOOST_AUTO_TEST_CASE(remembers_no_failure)
{
    slow_tokens source;
    source.fails_first = true;
    cached_tokens tokens(source);
    BOOST_CHECK_THROW(run(tokens.get({"r"})), error);
    BOOST_TEST(run(tokens.get({"r"})).value == "t");
}

BOOST_AUTO_TEST_SUITE_END()
