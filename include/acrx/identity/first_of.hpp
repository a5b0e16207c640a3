// The credential provider that asks several others in turn.
#ifndef ACRX_IDENTITY_FIRST_OF_HPP
#define ACRX_IDENTITY_FIRST_OF_HPP

#include <acrx/core/config.hpp>
#include <acrx/identity/credential_provider.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <string>
#include <tuple>
#include <utility>

namespace acrx {
/// The first credential that is not anonymous; a provider that throws ends the search.
///
/// @tparam Providers  asked from left to right, the later ones only if it is needed
template<credential_provider... Providers>
class first_of
{
public:
    explicit first_of(Providers... providers) : providers_(std::move(providers)...) {}

    net::awaitable<credential> find(std::string host);

private:
    template<std::size_t Index>
    net::awaitable<credential> ask(std::string const& host);

    std::tuple<Providers...> providers_;
};
static_assert(credential_provider<first_of<>>);
}  // namespace acrx

#include <acrx/identity/impl/first_of.hpp>
#endif
