// The concept that says what awaiting an expression gives.
#ifndef ACRX_CORE_AWAITS_TO_HPP
#define ACRX_CORE_AWAITS_TO_HPP

#include <acrx/core/config.hpp>

#include <boost/asio/awaitable.hpp>

#include <concepts>

namespace acrx {
/// `A` is an `awaitable<T>`: what a policy's asynchronous operations return.
template<class A, class T>
concept awaits_to = std::same_as<A, net::awaitable<T>>;
}  // namespace acrx
#endif
