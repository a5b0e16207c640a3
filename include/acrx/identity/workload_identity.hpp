// The token source of a workload whose platform vouches for it (workload identity federation).
#ifndef ACRX_IDENTITY_WORKLOAD_IDENTITY_HPP
#define ACRX_IDENTITY_WORKLOAD_IDENTITY_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/back_off.hpp>
#include <acrx/http/client.hpp>
#include <acrx/identity/service_principal.hpp>
#include <acrx/identity/token_source.hpp>

#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <utility>

namespace acrx {
/// Shows a token that the platform (Kubernetes, a CI service) keeps fresh in a file; the file is read for each request.
class workload_identity
{
public:
    explicit workload_identity(directory_entry entry, std::filesystem::path token_file, retry_policy retry = {},
                               http_client client = http_client())
        : entry_(std::move(entry)), token_file_(std::move(token_file)), retry_(retry), client_(std::move(client))
    {}

    /// The identity of the request may be any application that trusts the platform.
    ACRX_DECL net::awaitable<access_token> get(token_request request);

private:
    directory_entry entry_;
    std::filesystem::path token_file_;
    retry_policy retry_;
    http_client client_;
};
static_assert(token_source<workload_identity>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/workload_identity.ipp>
#endif
#endif
