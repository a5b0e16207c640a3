// Bodies of core/digest.hpp.
#ifndef ACRX_CORE_IMPL_DIGEST_IPP
#define ACRX_CORE_IMPL_DIGEST_IPP
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>

#include <openssl/sha.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace acrx {
namespace detail {
inline std::size_t digest_length(std::string_view algorithm)
{
    if (algorithm == "sha256")
        return 64;
    if (algorithm == "sha384")
        return 96;
    if (algorithm == "sha512")
        return 128;
    return 0;
}

/// Lower-case words and digits, joined by one of `+._-`.
inline bool is_digest_algorithm(std::string_view name)
{
    bool joined = true;
    for (char c : name) {
        bool const joint = c == '+' || c == '.' || c == '_' || c == '-';
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (joint && !joined)))
            return false;
        joined = joint;
    }
    return !joined;
}

inline int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}
}  // namespace detail

ACRX_DECL digest digest::parse(std::string_view text)
{
    auto const refuse = [&](char const* why) {
        throw error(errc::syntax, "reading the digest \"" + std::string(text.substr(0, 200)) + "\": " + why);
    };
    auto const colon = text.find(':');
    auto const encoded = colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
    if (encoded.empty() || !detail::is_digest_algorithm(text.substr(0, colon)))
        refuse("invalid checksum digest format");
    auto const length = detail::digest_length(text.substr(0, colon));
    if (length == 0)
        refuse("unsupported digest algorithm");
    if (encoded.size() != length)
        refuse("invalid checksum digest length");
    if (!std::all_of(encoded.begin(), encoded.end(), [](char c) { return detail::hex_value(c) >= 0; }))
        refuse("invalid checksum digest format");
    digest result;
    result.text_ = text;
    return result;
}

// OpenSSL's newer interface hides the state of a hash, and costs a millisecond when it is first used in a process.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
struct sha256::state
{
    state() { reset(); }
    void reset() { SHA256_Init(&context); }

    SHA256_CTX context;
};

ACRX_DECL sha256::sha256() : state_(std::make_unique<state>()) {}
ACRX_DECL sha256::sha256(sha256_midstate const& from) : sha256()
{
    auto& context = state_->context;
    std::copy(from.words.begin(), from.words.end(), context.h);
    auto const bits = from.length * 8;
    context.Nl = static_cast<SHA_LONG>(bits);
    context.Nh = static_cast<SHA_LONG>(bits >> 32U);
}
ACRX_DECL sha256::sha256(sha256&&) noexcept = default;
ACRX_DECL sha256& sha256::operator=(sha256&&) noexcept = default;
ACRX_DECL sha256::~sha256() = default;

ACRX_DECL sha256& sha256::update(std::span<std::byte const> bytes)
{
    SHA256_Update(&state_->context, bytes.data(), bytes.size());
    return *this;
}

ACRX_DECL sha256& sha256::update(std::string_view text)
{
    SHA256_Update(&state_->context, text.data(), text.size());
    return *this;
}

ACRX_DECL sha256_midstate sha256::midstate() const
{
    auto const& context = state_->context;
    sha256_midstate result;
    std::copy(std::begin(context.h), std::end(context.h), result.words.begin());
    auto const bits = std::uint64_t{context.Nh} << 32U | context.Nl;
    result.length = bits / 8 - context.num;
    return result;
}

ACRX_DECL sha256_bytes sha256::finish_bytes()
{
    sha256_bytes bytes;
    SHA256_Final(reinterpret_cast<unsigned char*>(bytes.data()), &state_->context);
    state_->reset();
    return bytes;
}
#pragma GCC diagnostic pop

ACRX_DECL digest sha256::finish()
{
    return to_digest(finish_bytes());
}

ACRX_DECL digest digest_of(std::string_view text)
{
    return sha256().update(text).finish();
}

ACRX_DECL digest to_digest(sha256_bytes const& bytes)
{
    return digest::parse("sha256:" + to_hex(bytes));
}

ACRX_DECL sha256_bytes to_bytes(digest const& d)
{
    if (d.algorithm() != "sha256")
        throw error(errc::syntax, "reading \"" + d.str() + "\" as a sha256 digest");
    sha256_bytes bytes;
    auto const hex = d.encoded();
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::byte>(detail::hex_value(hex[2 * i]) * 16 + detail::hex_value(hex[2 * i + 1]));
    return bytes;
}

ACRX_DECL std::string to_hex(std::span<std::byte const> bytes)
{
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (auto byte : bytes) {
        text += digits[std::to_integer<unsigned>(byte) >> 4];
        text += digits[std::to_integer<unsigned>(byte) & 15U];
    }
    return text;
}
}  // namespace acrx
#endif
