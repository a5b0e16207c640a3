// Runs one awaitable to its end, for tests.
#ifndef ACRX_TESTS_SUPPORT_RUN_HPP
#define ACRX_TESTS_SUPPORT_RUN_HPP

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <utility>

namespace acrx::testing {
/// The one context of all calls of `run`.
inline boost::asio::io_context& test_context()
{
    static boost::asio::io_context context(1);
    return context;
}

/// What `operation` gives; rethrows what it throws. All calls share one context, so what keeps connections may live on.
template<class T>
T run(boost::asio::awaitable<T> operation)
{
    auto& host = test_context();
    host.restart();
    auto result = boost::asio::co_spawn(host, std::move(operation), boost::asio::use_future);
    host.run();
    return result.get();
}
}  // namespace acrx::testing
#endif
