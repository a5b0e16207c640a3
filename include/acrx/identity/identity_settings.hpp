// Which identities a machine has, as the environment variables of Azure's tools name them.
#ifndef ACRX_IDENTITY_IDENTITY_SETTINGS_HPP
#define ACRX_IDENTITY_IDENTITY_SETTINGS_HPP

#include <acrx/core/config.hpp>

#include <filesystem>
#include <string>

namespace acrx {
/// The settings of all token sources; what is empty is not set.
struct identity_settings
{
    std::string tenant_id = {};                                    ///< `AZURE_TENANT_ID`
    std::string client_id = {};                                    ///< `AZURE_CLIENT_ID`
    std::string client_secret = {};                                ///< `AZURE_CLIENT_SECRET`; a secret
    std::filesystem::path federated_token_file = {};               ///< `AZURE_FEDERATED_TOKEN_FILE`
    std::string authority = "https://login.microsoftonline.com/";  ///< `AZURE_AUTHORITY_HOST`
    std::string identity_endpoint = {};                            ///< `IDENTITY_ENDPOINT`, of App Service and its kin
    std::string identity_header = {};                              ///< `IDENTITY_HEADER`; a secret
    std::string msi_endpoint = {};                                 ///< `MSI_ENDPOINT`, its older form
    std::string msi_secret = {};                                   ///< `MSI_SECRET`; a secret
    /// `AZURE_POD_IDENTITY_AUTHORITY_HOST`: where the metadata service of virtual machines is.
    std::string metadata_host = "http://169.254.169.254";

    static ACRX_DECL identity_settings from_environment();
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/identity/impl/identity_settings.ipp>
#endif
#endif
