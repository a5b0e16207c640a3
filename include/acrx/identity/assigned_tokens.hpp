// The token source that gives a task only the identities that were assigned to it.
#ifndef ACRX_IDENTITY_ASSIGNED_TOKENS_HPP
#define ACRX_IDENTITY_ASSIGNED_TOKENS_HPP

#include <acrx/core/config.hpp>
#include <acrx/identity/token_source.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>
#include <utility>
#include <vector>

namespace acrx {
/// The identities that somebody may use.
struct assigned_identities
{
    bool are_all = true;              ///< whatever the machine has
    bool has_system = false;          ///< the usual one
    std::vector<std::string> names = {};  ///< client ids and resource ids, in any case of letters
    bool has_unknown = false;         ///< one whose client id nobody knows: any client id may be its

    /// @param identity  as in `token_request`
    ACRX_DECL bool holds(std::string const& identity) const;
};

/// @throws error (`errc::denied`) that says how identities are assigned
ACRX_DECL void check_assigned(assigned_identities const& assigned, token_request const& request);

/// Refuses identities that are not assigned, without asking the source.
template<token_source Source>
class assigned_tokens
{
public:
    explicit assigned_tokens(Source source, assigned_identities assigned = {})
        : source_(std::move(source)), assigned_(std::move(assigned))
    {}

    net::awaitable<access_token> get(token_request request);

private:
    Source source_;
    assigned_identities assigned_;
};

template<token_source Source>
net::awaitable<access_token> assigned_tokens<Source>::get(token_request request)
{
    check_assigned(assigned_, request);
    auto token = co_await source_.get(std::move(request));
    co_return token;
}
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/assigned_tokens.ipp>
#endif
#endif
