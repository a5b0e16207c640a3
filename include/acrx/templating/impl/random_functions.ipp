// Bodies of templating/detail/function_groups.hpp: random texts, ciphers, and keys that acrx does not make.
#ifndef ACRX_TEMPLATING_IMPL_RANDOM_FUNCTIONS_IPP
#define ACRX_TEMPLATING_IMPL_RANDOM_FUNCTIONS_IPP
#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/function_groups.hpp>
#include <acrx/templating/detail/unicode.hpp>
#include <acrx/templating/impl/encoding_functions.ipp>

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace acrx::templating::detail {
/// Evenly from 0 to `count` - 1.
inline std::uint32_t random_below(call const& c, std::uint32_t count)
{
    auto const last_fair = 0xFFFFFFFFU - 0xFFFFFFFFU % count;
    while (true) {
        std::array<std::byte, 4> bytes{};
        c.random(bytes);
        c.left().spend(1);
        std::uint32_t n = 0;
        for (auto const b : bytes)
            n = n << 8 | std::to_integer<std::uint32_t>(b);
        if (n < last_fair)
            return n % count;
    }
}

inline value random_text(call const& c, std::string_view alphabet)
{
    if (c.integer(0) < 0)
        throw error(errc::invalid_argument, "the count must not be negative");
    bounded_text out(c.left());
    c.left().check_text(static_cast<std::size_t>(c.integer(0)));
    for (std::int64_t i = 0; i < c.integer(0); ++i)
        out.put(1, alphabet[random_below(c, static_cast<std::uint32_t>(alphabet.size()))]);
    return out.take();
}

inline value shuffled(call const& c)
{
    auto runes = to_runes(c.text(0));
    for (auto i = runes.size(); i > 1; --i)
        std::swap(runes[i - 1], runes[random_below(c, static_cast<std::uint32_t>(i))]);
    return to_utf8(runes);
}

inline value uuid(call const& c)
{
    std::array<std::byte, 16> bytes{};
    c.random(bytes);
    bytes[6] = (bytes[6] & std::byte{0x0F}) | std::byte{0x40};
    bytes[8] = (bytes[8] & std::byte{0x3F}) | std::byte{0x80};
    auto text = to_hex(bytes);
    for (std::size_t const at : {8U, 13U, 18U, 23U})
        text.insert(at, "-");
    return text;
}

/// AES-256 in CBC mode with PKCS #7 padding; the key is the password, filled up with zeros. Empty if it fails.
inline std::string aes(std::string_view password, std::string_view text, unsigned char const* iv, bool encrypts)
{
    std::array<unsigned char, 32> key{};
    std::copy_n(password.begin(), std::min(password.size(), key.size()), key.begin());
    std::unique_ptr<EVP_CIPHER_CTX, decltype(&::EVP_CIPHER_CTX_free)> const cipher(::EVP_CIPHER_CTX_new(),
                                                                                  ::EVP_CIPHER_CTX_free);
    std::string out(text.size() + 32, '\0');
    auto* const bytes = reinterpret_cast<unsigned char*>(out.data());
    int made = 0;
    int rest = 0;
    if (::EVP_CipherInit_ex(cipher.get(), ::EVP_aes_256_cbc(), nullptr, key.data(), iv, encrypts ? 1 : 0) != 1
        || ::EVP_CipherUpdate(cipher.get(), bytes, &made, reinterpret_cast<unsigned char const*>(text.data()),
                              static_cast<int>(text.size()))
               != 1
        || ::EVP_CipherFinal_ex(cipher.get(), bytes + made, &rest) != 1)
        throw error(errc::invalid_argument, encrypts ? "AES failed" : "the text or the password is wrong");
    out.resize(static_cast<std::size_t>(made + rest));
    return out;
}

inline value encrypt(call const& c)
{
    if (c.text(1).empty())
        return "";
    std::string iv(16, '\0');
    c.random(std::as_writable_bytes(std::span(iv)));
    auto const* start = reinterpret_cast<unsigned char const*>(iv.data());
    return to_base64(iv + aes(c.text(0), c.text(1), start, true));
}

inline value decrypt(call const& c)
{
    if (c.text(1).empty())
        return "";
    std::size_t bad = 0;
    auto const bytes = decode(c.text(1), base64_digits, bad);
    if (!bytes)
        throw error(errc::invalid_argument, "illegal base64 data at input byte " + std::to_string(bad));
    if (bytes->size() < 32 || bytes->size() % 16 != 0)
        throw error(errc::invalid_argument, "the cipher text is too short");
    return aes(c.text(0), std::string_view(*bytes).substr(16), reinterpret_cast<unsigned char const*>(bytes->data()),
               false);
}

/// Keys and certificates, which no task file has needed so far.
inline function unsupported(std::string_view name, std::string_view parameters)
{
    return {name, parameters, [name](call const&) -> value {
                throw error(errc::not_supported, std::string(name) + " is not supported yet");
            }};
}

ACRX_DECL function_group random_functions()
{
    static std::string const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    static std::string const printable = [] {
        std::string all;
        for (char c = ' '; c < 0x7F; ++c)
            all += c;
        return all;
    }();
    return {
        {"randAlpha", "i", [](call const& c) { return random_text(c, letters); }},
        {"randAlphaNum", "i", [](call const& c) { return random_text(c, letters + "0123456789"); }},
        {"randNumeric", "i", [](call const& c) { return random_text(c, "0123456789"); }},
        {"randAscii", "i", [](call const& c) { return random_text(c, printable); }},
        {"shuffle", "s", shuffled},
        {"uuidv4", "", uuid},
        {"encryptAES", "ss", encrypt},
        {"decryptAES", "ss", decrypt},
        unsupported("derivePassword", "issss"),
        unsupported("genPrivateKey", "s"),
        unsupported("genCA", "si"),
        unsupported("genSelfSignedCert", "slli"),
        unsupported("genSignedCert", "sllia"),
        unsupported("buildCustomCert", "ss"),
    };
}
}  // namespace acrx::templating::detail
#endif
