// The token source that remembers what another one gave.
#ifndef ACRX_IDENTITY_CACHED_TOKENS_HPP
#define ACRX_IDENTITY_CACHED_TOKENS_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/gate.hpp>
#include <acrx/identity/token_source.hpp>

#include <boost/asio/awaitable.hpp>

#include <map>
#include <memory>
#include <utility>

namespace acrx {
/// Gives a token again until four fifths of its life have passed; whoever wants the same one meanwhile waits for it.
///
/// @tparam Source  where tokens come from
/// @tparam Clock   what decides how old they are
///
/// Copies share what is remembered. @par Thread safety  copies of one: one strand
template<token_source Source, clock Clock = system_clock>
class cached_tokens
{
public:
    explicit cached_tokens(Source source, Clock time = {});

    net::awaitable<access_token> get(token_request request);

private:
    struct memory
    {
        struct entry
        {
            access_token token;
            time_point renewal{};
        };
        Source source;
        Clock time;
        gate requests{};
        std::map<token_request, entry> known{};
    };

    std::shared_ptr<memory> memory_;
};
}  // namespace acrx

#include <acrx/identity/impl/cached_tokens.hpp>
#endif
