// Bodies of server/json_web_token.hpp.
#ifndef ACRX_SERVER_IMPL_JSON_WEB_TOKEN_IPP
#define ACRX_SERVER_IMPL_JSON_WEB_TOKEN_IPP
#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>
#include <acrx/server/detail/json_claims.hpp>
#include <acrx/server/json_web_token.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <optional>

namespace acrx {
namespace detail {
template<auto Free>
struct openssl_free
{
    template<class T>
    void operator()(T* p) const noexcept
    {
        Free(p);
    }
};
using key_handle = std::unique_ptr<EVP_PKEY, openssl_free<EVP_PKEY_free>>;
using big_number = std::unique_ptr<BIGNUM, openssl_free<BN_free>>;

[[noreturn]] inline void refuse_token(std::string const& why)
{
    throw error(errc::unauthorized, "checking the bearer token: " + why);
}

/// Base64 for URLs (RFC 4648, 5), without padding.
inline std::optional<std::string> from_base64_url(std::string_view text)
{
    std::string plain(text);
    for (auto& c : plain) {
        if (c == '+' || c == '/' || c == '=')
            return std::nullopt;
        c = c == '-' ? '+' : c == '_' ? '/' : c;
    }
    plain.append((4 - plain.size() % 4) % 4, '=');
    return from_base64(plain);
}

inline boost::json::object json_part(std::string_view part, char const* name)
{
    auto const bytes = from_base64_url(part);
    error_code failed;
    auto value = bytes ? boost::json::parse(*bytes, failed) : boost::json::value();
    if (failed || !value.is_object())
        refuse_token(std::string("its ") + name + " is no JSON");
    return std::move(value.get_object());
}

inline big_number number_of(std::string const& bytes)
{
    return big_number(BN_bin2bn(reinterpret_cast<unsigned char const*>(bytes.data()), static_cast<int>(bytes.size()), nullptr));
}

/// @return nothing for parameters that make no key
inline key_handle make_key(char const* kind, OSSL_PARAM_BLD* builder)
{
    std::unique_ptr<OSSL_PARAM, openssl_free<OSSL_PARAM_free>> const parameters(OSSL_PARAM_BLD_to_param(builder));
    std::unique_ptr<EVP_PKEY_CTX, openssl_free<EVP_PKEY_CTX_free>> const context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY* made = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) <= 0
        || EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) <= 0)
        return nullptr;
    return key_handle(made);
}

inline key_handle rsa_key(boost::json::object const& from)
{
    auto const modulus = from_base64_url(claim_text(from, "n"));
    auto const exponent = from_base64_url(claim_text(from, "e"));
    if (!modulus || !exponent || modulus->size() < 256)  // 2048 bits, RFC 7518, 3.3
        return nullptr;
    auto const n = number_of(*modulus);
    auto const e = number_of(*exponent);
    std::unique_ptr<OSSL_PARAM_BLD, openssl_free<OSSL_PARAM_BLD_free>> const builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    return make_key("RSA", builder.get());
}

inline key_handle ec_key(boost::json::object const& from, std::string const& group, std::size_t size)
{
    auto const x = from_base64_url(claim_text(from, "x"));
    auto const y = from_base64_url(claim_text(from, "y"));
    if (!x || !y || x->size() != size || y->size() != size)
        return nullptr;
    auto const point = "\x04" + *x + *y;
    std::unique_ptr<OSSL_PARAM_BLD, openssl_free<OSSL_PARAM_BLD_free>> const builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group.c_str(), group.size());
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    return make_key("EC", builder.get());
}

/// How an algorithm of RFC 7518, 3.1 checks a signature.
struct signature_method
{
    std::string_view name;
    std::string_view key_kind;
    EVP_MD const* (*hash)();
    bool is_pss;
    std::size_t half;  ///< of an EC signature, bytes
};

inline constexpr std::array<signature_method, 6> signature_methods{{
    {"RS256", "RSA", EVP_sha256, false, 0},
    {"RS384", "RSA", EVP_sha384, false, 0},
    {"RS512", "RSA", EVP_sha512, false, 0},
    {"PS256", "RSA", EVP_sha256, true, 0},
    {"ES256", "P-256", EVP_sha256, false, 32},
    {"ES384", "P-384", EVP_sha384, false, 48},
}};

/// The two numbers of RFC 7518, 3.4 in the form that OpenSSL reads.
inline std::string der_signature(std::string const& pair, std::size_t half)
{
    if (pair.size() != 2 * half)
        return {};
    std::unique_ptr<ECDSA_SIG, openssl_free<ECDSA_SIG_free>> const signature(ECDSA_SIG_new());
    ECDSA_SIG_set0(signature.get(), number_of(pair.substr(0, half)).release(), number_of(pair.substr(half)).release());
    unsigned char* bytes = nullptr;
    auto const size = i2d_ECDSA_SIG(signature.get(), &bytes);
    std::string der(reinterpret_cast<char const*>(bytes), size > 0 ? static_cast<std::size_t>(size) : 0);
    OPENSSL_free(bytes);
    return der;
}

inline bool is_signed_by(EVP_PKEY* key, signature_method const& method, json_web_token const& token)
{
    auto const signature = method.half == 0 ? token.signature : der_signature(token.signature, method.half);
    std::unique_ptr<EVP_MD_CTX, openssl_free<EVP_MD_CTX_free>> const context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* settings = nullptr;
    if (EVP_DigestVerifyInit(context.get(), &settings, method.hash(), nullptr, key) <= 0)
        return false;
    if (method.is_pss
        && (EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING) <= 0
            || EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, RSA_PSS_SALTLEN_DIGEST) <= 0))
        return false;
    auto const bytes = [](std::string const& text) { return reinterpret_cast<unsigned char const*>(text.data()); };
    return EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(token.signed_part),
                            token.signed_part.size())
           == 1;
}
}  // namespace detail

ACRX_DECL json_web_token json_web_token::parse(std::string_view text)
{
    constexpr std::size_t longest = 16 * 1024;
    auto const first = text.find('.');
    auto const second = first == text.npos ? text.npos : text.find('.', first + 1);
    if (text.size() > longest || second == text.npos || text.find('.', second + 1) != text.npos)
        detail::refuse_token("it is not known here");
    auto const head = detail::json_part(text.substr(0, first), "header");
    if (head.contains("crit"))
        detail::refuse_token("its header asks for what is not supported");
    json_web_token token;
    token.algorithm = detail::claim_text(head, "alg");
    token.key_id = detail::claim_text(head, "kid");
    token.claims = detail::json_part(text.substr(first + 1, second - first - 1), "payload");
    token.signed_part = std::string(text.substr(0, second));
    auto const signature = detail::from_base64_url(text.substr(second + 1));
    if (!signature)
        detail::refuse_token("its signature is no base64");
    token.signature = *signature;
    return token;
}

struct json_web_keys::key
{
    std::string id;
    std::string kind;  ///< `RSA`, `P-256` or `P-384`
    std::string algorithm;  ///< the only one that it is for; empty for any
    detail::key_handle handle;

    /// @return nothing if it is none for signatures that are known here
    static std::optional<key> read(boost::json::object const& from)
    {
        auto const use = detail::claim_text(from, "use");
        auto const type = detail::claim_text(from, "kty");
        auto const curve = detail::claim_text(from, "crv");
        key made{detail::claim_text(from, "kid"), type, detail::claim_text(from, "alg"), nullptr};
        if (!use.empty() && use != "sig")
            return std::nullopt;
        if (type == "RSA")
            made.handle = detail::rsa_key(from);
        else if (type == "EC" && (curve == "P-256" || curve == "P-384"))
            made.handle = detail::ec_key(from, made.kind = curve, curve == "P-256" ? 32 : 48);
        return made.handle ? std::optional(std::move(made)) : std::nullopt;
    }
};

ACRX_DECL json_web_keys::json_web_keys() : keys_(std::make_shared<std::vector<key> const>()) {}

ACRX_DECL json_web_keys json_web_keys::parse(std::string_view text)
{
    error_code failed;
    auto const whole = boost::json::parse({text.data(), text.size()}, failed);
    auto const* list = !failed && whole.is_object() ? whole.get_object().if_contains("keys") : nullptr;
    if (!list || !list->is_array())
        throw error(errc::damaged, "reading a key set: it is no JSON with a list of keys");
    std::vector<key> keys;
    for (auto const& each : list->get_array())
        if (auto made = each.is_object() ? key::read(each.get_object()) : std::nullopt)
            keys.push_back(std::move(*made));
    json_web_keys set;
    set.keys_ = std::make_shared<std::vector<key> const>(std::move(keys));
    return set;
}

ACRX_DECL bool json_web_keys::has(std::string_view key_id) const
{
    return std::any_of(keys_->begin(), keys_->end(), [&](key const& k) { return k.id == key_id; });
}

ACRX_DECL bool json_web_keys::verify(json_web_token const& token) const
{
    auto const method = std::find_if(detail::signature_methods.begin(), detail::signature_methods.end(),
                                     [&](auto const& m) { return m.name == token.algorithm; });
    if (method == detail::signature_methods.end())
        return false;
    return std::any_of(keys_->begin(), keys_->end(), [&](key const& k) {
        return (token.key_id.empty() || k.id == token.key_id) && k.kind == method->key_kind
               && (k.algorithm.empty() || k.algorithm == method->name)
               && detail::is_signed_by(k.handle.get(), *method, token);
    });
}

namespace detail {
inline std::optional<double> seconds_of(boost::json::value const* claim)
{
    error_code none;
    if (!claim || !claim->is_number())
        return std::nullopt;
    return claim->to_number<double>(none);
}
}  // namespace detail

ACRX_DECL void check_claims(boost::json::object const& claims, token_expectation const& expected, time_point now)
{
    constexpr double leeway = 60;
    auto const present = static_cast<double>(std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
    if (expected.issuer.empty() || detail::claim_text(claims, "iss") != expected.issuer)
        detail::refuse_token("another issuer made it");
    if (expected.audience.empty() || !detail::claim_names(claims.if_contains("aud"), expected.audience))
        detail::refuse_token("it is for another audience");
    auto const end = detail::seconds_of(claims.if_contains("exp"));
    if (!end || !(present < *end + leeway))
        detail::refuse_token("it has expired");
    auto const* begins = claims.if_contains("nbf");
    auto const begin = detail::seconds_of(begins);
    if (begins && (!begin || present + leeway < *begin))
        detail::refuse_token("it is not valid yet");
}
}  // namespace acrx
#endif
