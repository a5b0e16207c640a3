// Bodies of identity/first_of.hpp.
#ifndef ACRX_IDENTITY_IMPL_FIRST_OF_HPP
#define ACRX_IDENTITY_IMPL_FIRST_OF_HPP
#include <acrx/identity/first_of.hpp>

namespace acrx {
template<credential_provider... Providers>
net::awaitable<credential> first_of<Providers...>::find(std::string host)
{
    auto found = co_await ask<0>(host);
    co_return found;
}

template<credential_provider... Providers>
template<std::size_t Index>
net::awaitable<credential> first_of<Providers...>::ask(std::string const& host)
{
    if constexpr (Index == sizeof...(Providers)) {
        co_return credential();
    } else {
        auto found = co_await std::get<Index>(providers_).find(host);
        if (!found.is_anonymous())
            co_return found;
        auto later = co_await ask<Index + 1>(host);
        co_return later;
    }
}
}  // namespace acrx
#endif
