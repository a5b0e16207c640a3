// Bodies of templating/detail/function_groups.hpp: base 64, base 32, JSON, checksums.
#ifndef ACRX_TEMPLATING_IMPL_ENCODING_FUNCTIONS_IPP
#define ACRX_TEMPLATING_IMPL_ENCODING_FUNCTIONS_IPP
#include <acrx/core/base64.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/function_groups.hpp>
#include <acrx/templating/format.hpp>

#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace acrx::templating::detail {
inline constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
inline constexpr std::string_view base32_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Reads base 64 or 32 as Go does: line breaks are skipped, padding must be right.
/// @param bad  where it goes wrong, if it does
inline std::optional<std::string> decode(std::string_view text, std::string_view digits, std::size_t& bad)
{
    std::size_t const bits = digits.size() == 64 ? 6 : 5;
    std::size_t const group = bits == 6 ? 4 : 8;
    std::string out;
    std::size_t in_group = 0;
    unsigned long long buffer = 0;
    auto const skip = [&](std::size_t& i) {
        while (i < text.size() && (text[i] == '\n' || text[i] == '\r'))
            ++i;
    };
    for (std::size_t i = 0;; ++i) {
        skip(i);
        if (i >= text.size()) {
            bad = bits == 6 ? i - in_group : i;
            if (in_group == 0)
                return out;
            return std::nullopt;
        }
        bad = i;
        if (text[i] == '=') {
            auto const whole = in_group * bits / 8;
            auto const fits = bits == 6 ? in_group >= 2
                                        : in_group == 2 || in_group == 4 || in_group == 5 || in_group == 7;
            if (!fits)
                return std::nullopt;
            for (auto missing = group - in_group; missing > 0; --missing, ++i) {
                skip(i);
                bad = std::min(i, text.size());
                if (i >= text.size() || text[i] != '=')
                    return std::nullopt;
            }
            skip(i);
            bad = i;
            if (i < text.size())
                return std::nullopt;
            buffer <<= (group - in_group) * bits;
            for (std::size_t k = 0; k < whole; ++k)
                out += static_cast<char>(buffer >> (group * bits - 8 * (k + 1)) & 255);
            return out;
        }
        auto const digit = digits.find(text[i]);
        if (digit == digits.npos)
            return std::nullopt;
        buffer = buffer << bits | digit;
        if (++in_group == group) {
            for (auto shift = group * bits; shift > 0; shift -= 8)
                out += static_cast<char>(buffer >> (shift - 8) & 255);
            in_group = 0;
            buffer = 0;
        }
    }
}

inline value decoded(std::string_view text, std::string_view digits)
{
    std::size_t bad = 0;
    if (auto bytes = decode(text, digits, bad))
        return *std::move(bytes);
    return (digits.size() == 64 ? "illegal base64 data at input byte " : "illegal base32 data at input byte ")
           + std::to_string(bad);
}

inline std::string to_base32(std::string_view bytes)
{
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 5) {
        auto const part = bytes.substr(i, 5);
        unsigned long long group = 0;
        for (std::size_t k = 0; k < 5; ++k)
            group = group << 8 | (k < part.size() ? static_cast<unsigned char>(part[k]) : 0U);
        auto const used = (part.size() * 8 + 4) / 5;
        for (std::size_t k = 0; k < 8; ++k)
            text += k < used ? base32_digits[group >> (35 - 5 * k) & 31] : '=';
    }
    return text;
}

/// As the task renderer does: nil is empty, and another type shows what reflection says of it.
inline value encode_base64(call const& c)
{
    if (c[0].is_nil())
        return "";
    auto const* text = c[0].if_text();
    return to_base64(text ? *text : '<' + std::string(c[0].type_name()) + " Value>");
}

inline value sha1(call const& c)
{
    std::array<std::byte, 20> sum{};
    auto const& text = c.text(0);
    if (::EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(sum.data()), nullptr, ::EVP_sha1(),
                     nullptr)
        != 1)
        throw error(errc::not_supported, "this OpenSSL has no SHA-1");
    return to_hex(sum);
}

inline value adler32(call const& c)
{
    unsigned long a = 1;
    unsigned long b = 0;
    for (char const ch : c.text(0)) {
        a = (a + static_cast<unsigned char>(ch)) % 65521;
        b = (b + a) % 65521;
    }
    return std::to_string(b << 16 | a);
}

/// Empty where JSON cannot tell a value, as the original has it.
inline value json_or_nothing(call const& c, std::size_t indent)
{
    auto const* d = c[0].if_float();
    if (d && !(*d - *d == 0))
        return "";
    return to_json(c[0], c.left(), indent);
}

ACRX_DECL function_group encoding_functions()
{
    return {
        {"b64enc", "a", encode_base64},
        {"b64dec", "s", [](call const& c) { return decoded(c.text(0), base64_digits); }},
        {"b32enc", "s", [](call const& c) { return value(to_base32(c.text(0))); }},
        {"b32dec", "s", [](call const& c) { return decoded(c.text(0), base32_digits); }},
        {"sha1sum", "s", sha1},
        {"sha256sum", "s", [](call const& c) { return value(digest_of(c.text(0)).encoded()); }},
        {"adler32sum", "s", adler32},
        {"toJson", "a", [](call const& c) { return json_or_nothing(c, 0); }},
        {"toPrettyJson", "a", [](call const& c) { return json_or_nothing(c, 2); }},
    };
}
}  // namespace acrx::templating::detail
#endif
