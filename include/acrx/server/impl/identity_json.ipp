// Bodies of server/step_json.hpp: credentials and identities.
#ifndef ACRX_SERVER_IMPL_IDENTITY_JSON_IPP
#define ACRX_SERVER_IMPL_IDENTITY_JSON_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/server/arm_path.hpp>
#include <acrx/server/step_json.hpp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace acrx {
namespace detail {
inline void put_credential(boost::json::object& into, std::string_view name, credential_text const& text)
{
    if (text.value.empty() && !text.in_vault)
        return;
    boost::json::object made;
    made["type"] = text.in_vault ? "Vaultsecret" : "Opaque";
    put(made, "value", text.value);
    into[{name.data(), name.size()}] = std::move(made);
}

inline void read_credential(json_fields const& from, std::string_view name, credential_text& into)
{
    auto const given = from.object(name);
    if (!given)
        return;
    if (auto const type = given->word("type", {"Opaque", "Vaultsecret"}))
        into.in_vault = *type == 1;
    given->read("value", into.value);
}
}  // namespace detail

ACRX_DECL boost::json::object to_json(task_credentials const& credentials)
{
    boost::json::object made;
    boost::json::object home;
    home["loginMode"] = credentials.uses_home_login ? "Default" : "None";
    detail::put(home, "identity", credentials.home_identity);
    made["sourceRegistry"] = std::move(home);
    boost::json::object others;
    for (auto const& [server, login] : credentials.registries) {
        boost::json::object one;
        detail::put_credential(one, "userName", login.user);
        detail::put_credential(one, "password", login.password);
        detail::put(one, "identity", login.identity);
        others[server] = std::move(one);
    }
    made["customRegistries"] = std::move(others);
    return made;
}

ACRX_DECL void read_credentials(detail::json_fields const& from, task_credentials& into)
{
    auto const given = from.object("credentials");
    if (!given)
        return;
    if (auto const home = given->object("sourceRegistry")) {
        if (auto const mode = home->word("loginMode", {"None", "Default"}))
            into.uses_home_login = *mode == 1;
        home->read("identity", into.home_identity);
    }
    for (auto const& [server, login] : given->table("customRegistries")) {
        if (!login) {
            into.registries.erase(server);
            continue;
        }
        auto& known = into.registries[server];
        detail::read_credential(*login, "userName", known.user);
        detail::read_credential(*login, "password", known.password);
        login->read("identity", known.identity);
    }
}

ACRX_DECL boost::json::object to_json(task_identity const& identity)
{
    boost::json::object made;
    if (!identity.has_system_identity && identity.users.empty())
        return made;
    made["type"] = identity.users.empty()          ? "SystemAssigned"
                   : identity.has_system_identity ? "SystemAssigned, UserAssigned"
                                                  : "UserAssigned";
    detail::put(made, "principalId", identity.principal_id);
    detail::put(made, "tenantId", identity.tenant_id);
    boost::json::object users;
    for (auto const& each : identity.users) {
        boost::json::object one;
        detail::put(one, "clientId", each.client_id);
        detail::put(one, "principalId", each.principal_id);
        users[each.resource_id] = std::move(one);
    }
    if (!users.empty())
        made["userAssignedIdentities"] = std::move(users);
    return made;
}

ACRX_DECL void read_identity(detail::json_fields const& from, task_identity& into)
{
    auto const given = from.object("identity");
    if (!given)
        return;
    auto const type = given->word("type", {"None", "SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned",
                                           "SystemAssigned,UserAssigned"});
    for (auto const& [id, user] : given->table("userAssignedIdentities")) {
        auto const wanted = ascii_lower(id);
        auto const is_it = [&](user_identity const& known) { return ascii_lower(known.resource_id) == wanted; };
        auto const known = std::find_if(into.users.begin(), into.users.end(), is_it);
        if (!user && known != into.users.end())
            into.users.erase(known);
        if (!user || known != into.users.end())
            continue;
        user_identity added{.resource_id = id, .client_id = {}, .principal_id = {}};
        user->read("clientId", added.client_id);
        user->read("principalId", added.principal_id);
        into.users.push_back(std::move(added));
    }
    if (!type)
        return;
    into.has_system_identity = *type == 1 || *type >= 3;
    if (*type < 2)
        into.users.clear();
}
}  // namespace acrx
#endif
