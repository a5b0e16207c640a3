// Bodies of identity/machine_identity.hpp.
#ifndef ACRX_IDENTITY_IMPL_MACHINE_IDENTITY_IPP
#define ACRX_IDENTITY_IMPL_MACHINE_IDENTITY_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/identity/machine_identity.hpp>
#include <acrx/identity/service_principal.hpp>
#include <acrx/identity/workload_identity.hpp>

#include <utility>

namespace acrx {
ACRX_DECL machine_identity::machine_identity(identity_settings settings, retry_policy retry, http_client client)
    : settings_(std::move(settings)), retry_(retry), client_(std::move(client)), managed_(settings_, retry)
{}

ACRX_DECL net::awaitable<access_token> machine_identity::get(token_request request)
{
    bool const is_resource_id = request.identity.starts_with('/');
    bool const is_own = request.identity.empty() || ascii_lower(request.identity) == ascii_lower(settings_.client_id);
    directory_entry entry;
    entry.tenant_id = settings_.tenant_id;
    entry.client_id = settings_.client_id;
    entry.authority = settings_.authority;
    if (is_own && !settings_.client_secret.empty()) {
        service_principal source(std::move(entry), settings_.client_secret, retry_, client_);
        auto token = co_await source.get(std::move(request));
        co_return token;
    }
    if (!is_resource_id && !settings_.federated_token_file.empty()) {
        workload_identity source(std::move(entry), settings_.federated_token_file, retry_, client_);
        auto token = co_await source.get(std::move(request));
        co_return token;
    }
    if (request.identity.empty())
        request.identity = settings_.client_id;
    auto token = co_await managed_.get(std::move(request));
    co_return token;
}
}  // namespace acrx
#endif
