// The secret resolver that asks several others in turn.
#ifndef ACRX_IDENTITY_FIRST_SECRET_OF_HPP
#define ACRX_IDENTITY_FIRST_SECRET_OF_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>
#include <acrx/identity/secret_resolver.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <exception>
#include <string>
#include <tuple>
#include <utility>

namespace acrx {
/// The secret of the first resolver that understands the reference: one that throws `errc::not_supported` passes the
/// question on, any other failure ends the search.
///
/// @tparam Resolvers  asked from left to right
template<secret_resolver... Resolvers>
    requires(sizeof...(Resolvers) > 0)
class first_secret_of
{
public:
    explicit first_secret_of(Resolvers... resolvers) : resolvers_(std::move(resolvers)...) {}

    net::awaitable<std::string> resolve(secret_reference reference);

private:
    template<std::size_t Index>
    net::awaitable<std::string> ask(secret_reference const& reference);

    std::tuple<Resolvers...> resolvers_;
};
}  // namespace acrx

#include <acrx/identity/impl/first_secret_of.hpp>
#endif
