// Bodies of identity/detail/auth_file.hpp.
#ifndef ACRX_IDENTITY_IMPL_AUTH_FILE_IPP
#define ACRX_IDENTITY_IMPL_AUTH_FILE_IPP
#include <acrx/core/error.hpp>
#include <acrx/identity/detail/auth_file.hpp>
#include <acrx/identity/detail/registry_key.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace acrx::detail {
/// Reads members of the file; a wrong one is named by its place, never by its value.
class auth_file_reader
{
public:
    explicit auth_file_reader(std::string name) : name_(std::move(name)) {}

    [[noreturn]] void refuse(std::string const& why) const
    {
        throw error(errc::damaged, "reading " + name_ + ": " + why, "Mend the file, or remove it and log in again.");
    }

    boost::json::object document(std::string_view bytes) const
    {
        boost::system::error_code failure;
        auto value = boost::json::parse(bytes, failure);
        if (failure)
            refuse("not JSON (" + failure.message() + ")");
        if (!value.is_object())
            refuse("not a JSON object");
        return std::move(value.get_object());
    }

    std::string text(boost::json::object const& members, std::string_view member, std::string const& place) const
    {
        auto const* value = members.if_contains(member);
        if (value == nullptr || value->is_null())
            return {};
        if (!value->is_string())
            refuse(place + std::string(member) + " is not a string");
        return std::string(value->get_string());
    }

    /// An object, empty if it is not there.
    boost::json::object object(boost::json::object const& members, std::string_view member,
                               std::string const& place) const
    {
        auto const* value = members.if_contains(member);
        if (value == nullptr || value->is_null())
            return {};
        if (!value->is_object())
            refuse(place + std::string(member) + " is not an object");
        return value->get_object();
    }

private:
    std::string name_;
};

inline std::optional<std::string> base64_decoded(std::string_view text)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    while (text.ends_with('='))
        text.remove_suffix(1);
    std::string result;
    unsigned bits = 0;
    int count = 0;
    for (char c : text) {
        auto const value = alphabet.find(c);
        if (value == std::string_view::npos)
            return std::nullopt;
        bits = (bits << 6 | static_cast<unsigned>(value)) & 0xFFFFFFU;
        count += 6;
        if (count >= 8) {
            count -= 8;
            result += static_cast<char>(bits >> count & 0xFFU);
        }
    }
    return count == 6 ? std::nullopt : std::optional(result);
}

inline credential read_credential(auth_file_reader const& reader, boost::json::object const& members,
                                  std::string const& place)
{
    credential found;
    found.user = reader.text(members, "username", place);
    found.secret = reader.text(members, "password", place);
    found.identity_token = reader.text(members, "identitytoken", place);
    found.registry_token = reader.text(members, "registrytoken", place);
    auto const encoded = reader.text(members, "auth", place);
    if (encoded.empty())
        return found;
    auto decoded = base64_decoded(encoded);
    auto const colon = decoded ? decoded->find(':') : std::string::npos;
    if (colon == std::string::npos)
        reader.refuse(place + "auth is not the base64 form of user:password");
    found.user = decoded->substr(0, colon);
    found.secret = decoded->substr(colon + 1);
    found.secret.erase(found.secret.find_last_not_of('\0') + 1);
    return found;
}

ACRX_DECL auth_file auth_file::parse(std::string_view bytes, std::string const& name)
{
    auth_file_reader const reader(name);
    auto const document = reader.document(bytes);
    auth_file file;
    file.store_ = reader.text(document, "credsStore", "");
    auto const helpers = reader.object(document, "credHelpers", "");
    for (auto const& member : helpers)
        file.helpers_[std::string(member.key())] = reader.text(helpers, member.key(), "credHelpers.");
    auto const auths = reader.object(document, "auths", "");
    for (auto const& member : auths) {
        auto const key = std::string(member.key());
        auto const entry = reader.object(auths, key, "auths.");
        file.auths_[key] = read_credential(reader, entry, "auths." + key + ".");
    }
    return file;
}

ACRX_DECL std::vector<credential_source> auth_file::sources(std::string_view host) const
{
    std::vector<credential_source> result;
    for (auto const& [key, helper] : helpers_)
        if (!helper.empty() && key_fit(key, registry_host(host)) != 0)
            result.emplace_back(helper_question{helper, key});

    std::vector<std::string> keys;
    for (auto const& [key, value] : auths_)
        if (key_fit(key, host) != 0)
            keys.push_back(key);
    std::ranges::stable_sort(keys, std::ranges::greater(), [host](auto const& key) { return key_fit(key, host); });

    if (!store_.empty()) {
        auto const own = registry_host(host);
        auto const usual = own == "docker.io" ? std::string(docker_hub_key) : own;
        auto const spelled = std::ranges::find_if(keys, [&own](auto const& key) { return registry_key(key) == own; });
        result.emplace_back(helper_question{store_, spelled == keys.end() ? usual : *spelled});
    }
    for (auto const& key : keys)
        if (auto const& found = auths_.at(key); !found.is_anonymous())
            result.emplace_back(found);
    return result;
}
}  // namespace acrx::detail
#endif
