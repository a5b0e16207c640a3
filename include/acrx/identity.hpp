// The room of who asks: credentials for registries, and secrets.
#ifndef ACRX_IDENTITY_HPP
#define ACRX_IDENTITY_HPP
#include <acrx/identity/anonymous.hpp>
#include <acrx/identity/credential_provider.hpp>
#include <acrx/identity/docker_config.hpp>
#include <acrx/identity/first_of.hpp>
#include <acrx/identity/local_secrets.hpp>
#include <acrx/identity/secret_resolver.hpp>
#include <acrx/identity/static_credential.hpp>
#endif
