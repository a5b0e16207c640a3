// Bodies of identity/first_secret_of.hpp.
#ifndef ACRX_IDENTITY_IMPL_FIRST_SECRET_OF_HPP
#define ACRX_IDENTITY_IMPL_FIRST_SECRET_OF_HPP
#include <acrx/identity/first_secret_of.hpp>

namespace acrx {
template<secret_resolver... Resolvers>
    requires(sizeof...(Resolvers) > 0)
net::awaitable<std::string> first_secret_of<Resolvers...>::resolve(secret_reference reference)
{
    auto value = co_await ask<0>(reference);
    co_return value;
}

template<secret_resolver... Resolvers>
    requires(sizeof...(Resolvers) > 0)
template<std::size_t Index>
net::awaitable<std::string> first_secret_of<Resolvers...>::ask(secret_reference const& reference)
{
    constexpr bool is_last = Index + 1 == sizeof...(Resolvers);
    try {
        auto value = co_await std::get<Index>(resolvers_).resolve(reference);
        co_return value;
    } catch (error const& e) {
        if (is_last || e.code() != errc::not_supported)
            throw;
    }
    if constexpr (!is_last) {
        auto value = co_await ask<Index + 1>(reference);
        co_return value;
    }
}
}  // namespace acrx
#endif
