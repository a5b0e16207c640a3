// Who a task is towards registries and vaults: credentials and identities, as stored.
#ifndef ACRX_RUN_TASK_IDENTITY_HPP
#define ACRX_RUN_TASK_IDENTITY_HPP

#include <map>
#include <string>
#include <vector>

namespace acrx {
/// A text that is kept here, or in a vault.
struct credential_text
{
    std::string value = {};      ///< the text itself, or the URL of the vault's secret
    bool in_vault = false;

    bool operator==(credential_text const&) const = default;
};

/// How to log in to one registry: a name and a password, or an identity.
struct registry_login
{
    credential_text user = {};
    credential_text password = {};  ///< a secret
    std::string identity = {};      ///< `[system]` or a client id; empty for none

    bool operator==(registry_login const&) const = default;
};

/// The credentials of a task.
struct task_credentials
{
    bool uses_home_login = true;   ///< the run logs in to the home registry by itself
    std::string home_identity = {};     ///< with which identity; empty for the one of the runner
    std::map<std::string, registry_login> registries = {};  ///< by login server

    bool operator==(task_credentials const&) const = default;
};

/// An identity that somebody made and gave to a task.
struct user_identity
{
    std::string resource_id = {};
    std::string client_id = {};
    std::string principal_id = {};

    bool operator==(user_identity const&) const = default;
};

/// The identities of a task.
struct task_identity
{
    bool has_system_identity = false;
    std::string principal_id = {};  ///< of the system's identity
    std::string tenant_id = {};
    std::vector<user_identity> users = {};

    bool operator==(task_identity const&) const = default;
};
}  // namespace acrx
#endif
