// Bodies of identity/identity_settings.hpp.
#ifndef ACRX_IDENTITY_IMPL_IDENTITY_SETTINGS_IPP
#define ACRX_IDENTITY_IMPL_IDENTITY_SETTINGS_IPP
#include <acrx/identity/identity_settings.hpp>

#include <cstdlib>

namespace acrx {
ACRX_DECL identity_settings identity_settings::from_environment()
{
    identity_settings settings;
    auto const read = [](char const* name, auto& into) {
        if (char const* value = std::getenv(name); value != nullptr && *value != '\0')
            into = value;
    };
    read("AZURE_TENANT_ID", settings.tenant_id);
    read("AZURE_CLIENT_ID", settings.client_id);
    read("AZURE_CLIENT_SECRET", settings.client_secret);
    read("AZURE_FEDERATED_TOKEN_FILE", settings.federated_token_file);
    read("AZURE_AUTHORITY_HOST", settings.authority);
    read("IDENTITY_ENDPOINT", settings.identity_endpoint);
    read("IDENTITY_HEADER", settings.identity_header);
    read("MSI_ENDPOINT", settings.msi_endpoint);
    read("MSI_SECRET", settings.msi_secret);
    read("AZURE_POD_IDENTITY_AUTHORITY_HOST", settings.metadata_host);
    return settings;
}
}  // namespace acrx
#endif
