// The smallest type that is a token source: what a template may ask of one.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_TOKEN_SOURCE_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_TOKEN_SOURCE_HPP
#include <acrx/core/config.hpp>
#include <acrx/identity/token_source.hpp>

#include <boost/asio/awaitable.hpp>

namespace acrx::testing {
/// Can be moved, not copied; has the member that the concept names and no others.
struct token_source_archetype
{
    token_source_archetype(token_source_archetype&&) = default;
    token_source_archetype& operator=(token_source_archetype&&) = default;
    net::awaitable<access_token> get(token_request) { co_return access_token(); }
};
static_assert(token_source<token_source_archetype>);
}  // namespace acrx::testing
#endif
