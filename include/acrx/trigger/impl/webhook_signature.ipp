// Bodies of trigger/webhook_signature.hpp.
#ifndef ACRX_TRIGGER_IMPL_WEBHOOK_SIGNATURE_IPP
#define ACRX_TRIGGER_IMPL_WEBHOOK_SIGNATURE_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/secret_text.hpp>
#include <acrx/trigger/webhook_signature.hpp>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <system_error>
#include <utility>

namespace acrx {
namespace detail {
[[noreturn]] inline void refuse_delivery(std::string const& sender, std::string const& why, std::string advice = {})
{
    throw error(errc::unauthorized, "checking a delivery of " + sender + ": " + why, std::move(advice));
}

inline std::string_view bytes_of(sha256_bytes const& bytes)
{
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

/// The 32 bytes that 64 digits stand for; digits of either case.
inline std::optional<std::string> from_signature_hex(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    if (text.size() != 64)
        return std::nullopt;
    auto const lower = ascii_lower(text);
    std::string bytes;
    for (std::size_t i = 0; i < lower.size(); i += 2) {
        auto const high = digits.find(lower[i]);
        auto const low = digits.find(lower[i + 1]);
        if (high == digits.npos || low == digits.npos)
            return std::nullopt;
        bytes += static_cast<char>(high << 4 | low);
    }
    return bytes;
}

/// @param prefix  what stands before the digits: `sha256=`, or nothing
inline void check_hex_signature(std::string const& sender, http_headers const& headers, std::string const& header,
                                std::string_view prefix, std::string_view body, std::string_view key)
{
    auto const value = headers.get(header);
    if (value.empty())
        refuse_delivery(sender, "the header " + header + " is missing", "Set the same secret at the host and here.");
    auto const given = value.starts_with(prefix) ? from_signature_hex(value.substr(prefix.size())) : std::nullopt;
    if (!given)
        refuse_delivery(sender, "the header " + header + " is no SHA-256 signature");
    auto const expected = hmac_sha256(key, body);
    if (!is_equal_secret(*given, bytes_of(expected)))
        refuse_delivery(sender, "the signature in " + header + " is wrong",
                        "Set the same secret at the host and here.");
}

/// The scheme "standard webhooks": HMAC over id, time and body.
inline void check_signed_gitlab(http_headers const& headers, std::string_view body, std::string_view secret,
                                time_point now)
{
    constexpr std::chrono::minutes tolerance{5};
    auto const stamp = headers.get("webhook-timestamp");
    long seconds = 0;
    auto const [end, code] = std::from_chars(stamp.data(), stamp.data() + stamp.size(), seconds);
    if (code != std::errc{} || end != stamp.data() + stamp.size() || stamp.size() > 10)
        refuse_delivery("GitLab", "the header webhook-timestamp is missing or no number");
    auto const age = now - time_point(std::chrono::seconds(seconds));
    if (age > tolerance || age < -tolerance)
        refuse_delivery("GitLab", "it was signed more than five minutes ago or ahead of now", "Compare the clocks.");
    auto const key = from_base64(secret.substr(6));
    if (!key || key->empty())
        refuse_delivery("GitLab", "the secret set here is no base64 after whsec_");
    auto const signed_text =
        std::string(headers.get("webhook-id")) + "." + std::string(stamp) + "." + std::string(body);
    auto const expected = hmac_sha256(*key, signed_text);
    auto const list = headers.get("webhook-signature");
    bool found = false;
    for (std::size_t begin = 0; begin < list.size();) {
        auto const stop = std::min(list.find(' ', begin), list.size());
        auto const item = list.substr(begin, stop - begin);
        auto const given = item.starts_with("v1,") ? from_base64(item.substr(3)) : std::nullopt;
        found |= given && is_equal_secret(*given, bytes_of(expected));
        begin = stop + 1;
    }
    if (!found)
        refuse_delivery("GitLab", "the signature in webhook-signature is wrong or missing",
                        "Set the same secret at the host and here.");
}

inline void check_gitlab(http_headers const& headers, std::string_view body, std::string_view secret, time_point now)
{
    if (secret.starts_with("whsec_"))
        check_signed_gitlab(headers, body, secret, now);
    else if (!is_equal_secret(headers.get("X-Gitlab-Token"), secret))
        refuse_delivery("GitLab", "the header X-Gitlab-Token is wrong or missing",
                        "Set the same secret token at the host and here.");
}
}  // namespace detail

ACRX_DECL sha256_bytes hmac_sha256(std::string_view key, std::string_view text)
{
    sha256_bytes result{};
    unsigned length = 0;
    auto const* done = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                            reinterpret_cast<unsigned char const*>(text.data()), text.size(),
                            reinterpret_cast<unsigned char*>(result.data()), &length);
    if (done == nullptr || length != result.size())
        throw error(errc::not_supported, "computing an HMAC-SHA256");
    return result;
}

ACRX_DECL void check_webhook(git_host host, http_headers const& headers, std::string_view body,
                             webhook_secret const& secret, time_point now)
{
    auto const sender = std::string(to_string(host));
    if (host == git_host::automatic)
        throw error(errc::invalid_argument, "checking a delivery of any host",
                    "Say which host sends here: the proof depends on it.");
    if (secret.value.empty())
        detail::refuse_delivery(sender, "no secret is set here, so nothing can be believed",
                                "Set the same secret at the host and here.");
    switch (host) {
    case git_host::github:
        return detail::check_hex_signature(sender, headers, "X-Hub-Signature-256", "sha256=", body, secret.value);
    case git_host::bitbucket:
        return detail::check_hex_signature(sender, headers, "X-Hub-Signature", "sha256=", body, secret.value);
    case git_host::gitea: {
        auto const* name = headers.has("X-Forgejo-Signature") ? "X-Forgejo-Signature" : "X-Gitea-Signature";
        return detail::check_hex_signature(sender, headers, name, "", body, secret.value);
    }
    case git_host::gitlab: return detail::check_gitlab(headers, body, secret.value, now);
    default: return check_basic(headers, secret);
    }
}

ACRX_DECL void check_header(http_headers const& headers, std::string_view name, std::string_view expected)
{
    if (!is_equal_secret(headers.get(name), expected))
        detail::refuse_delivery("a registry", "the header " + std::string(name) + " is wrong or missing",
                                "Set the same text at the registry and here.");
}

ACRX_DECL void check_basic(http_headers const& headers, webhook_secret const& secret)
{
    auto const value = headers.get("Authorization");
    bool const is_basic = ascii_lower(value.substr(0, 6)) == "basic ";
    auto const given = is_basic ? from_base64(value.substr(6)) : std::nullopt;
    if (secret.value.empty() || !given || !is_equal_secret(*given, secret.user + ":" + secret.value))
        detail::refuse_delivery("a caller", "its Basic credentials are wrong or missing",
                                "Set the same user and password at the sender and here.");
}
}  // namespace acrx
#endif
