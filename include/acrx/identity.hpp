// The room of who asks: credentials for registries, secrets, and the tokens of a cloud's directory.
#ifndef ACRX_IDENTITY_HPP
#define ACRX_IDENTITY_HPP
#include <acrx/identity/acr_token_exchange.hpp>
#include <acrx/identity/anonymous.hpp>
#include <acrx/identity/assigned_tokens.hpp>
#include <acrx/identity/cached_tokens.hpp>
#include <acrx/identity/credential_provider.hpp>
#include <acrx/identity/docker_config.hpp>
#include <acrx/identity/first_of.hpp>
#include <acrx/identity/first_secret_of.hpp>
#include <acrx/identity/identity_settings.hpp>
#include <acrx/identity/key_vault_secrets.hpp>
#include <acrx/identity/local_secrets.hpp>
#include <acrx/identity/machine_identity.hpp>
#include <acrx/identity/machine_secrets.hpp>
#include <acrx/identity/managed_identity.hpp>
#include <acrx/identity/secret_resolver.hpp>
#include <acrx/identity/service_principal.hpp>
#include <acrx/identity/static_credential.hpp>
#include <acrx/identity/token_endpoint.hpp>
#include <acrx/identity/token_endpoint_options.hpp>
#include <acrx/identity/token_source.hpp>
#include <acrx/identity/vault_secret_url.hpp>
#include <acrx/identity/web_token.hpp>
#include <acrx/identity/workload_identity.hpp>
#endif
