// A key that signs JSON web tokens, made by the command `openssl`.
#ifndef ACRX_TESTS_SUPPORT_SIGNING_KEY_HPP
#define ACRX_TESTS_SUPPORT_SIGNING_KEY_HPP

#include <acrx/core/base64.hpp>

#include <support/scratch_folder.hpp>
#include <support/shell.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace acrx::testing {
/// Base64 for URLs, without padding.
inline std::string url_base64(std::string const& bytes)
{
    auto text = to_base64(bytes);
    for (auto& c : text)
        c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text.substr(0, text.find('='));
}

/// One RSA or P-256 key.
class signing_key
{
public:
    enum class kind
    {
        rsa,
        p256,
    };

    explicit signing_key(std::string id, kind k = kind::rsa) : id_(std::move(id)), kind_(k)
    {
        must(in_ + "openssl genpkey " + (k == kind::rsa ? "-algorithm RSA -pkeyopt rsa_keygen_bits:2048" : "-algorithm EC -pkeyopt ec_paramgen_curve:P-256")
             + " -out key 2>/dev/null");
    }

    std::string const& id() const { return id_; }
    std::string jwk() const { return jwk(id_); }
    /// The public key as JSON. @param more  members, each after a comma
    std::string jwk(std::string const& id, std::string const& more = {}) const
    {
        auto const head = R"({"kid":")" + id + "\"" + more;
        if (kind_ == kind::rsa)
            return head + R"(,"kty":"RSA","e":"AQAB","n":")" + url_base64(of_hex(must(in_ + "openssl rsa -in key -noout -modulus | cut -d= -f2"))) + "\"}";
        auto const point = of_hex(must(in_ + "openssl pkey -in key -pubout -outform DER | tail -c 64 | od -An -v -tx1"));
        return head + R"(,"kty":"EC","crv":"P-256","x":")" + url_base64(point.substr(0, 32)) + R"(","y":")" + url_base64(point.substr(32)) + "\"}";
    }
    std::string public_pem() const { return must(in_ + "openssl pkey -in key -pubout"); }

    /// A token of these two texts, signed with SHA-256 whatever they say.
    std::string token(std::string const& head, std::string const& claims) const
    {
        auto const text = url_base64(head) + "." + url_base64(claims);
        folder_.write("text", text);
        auto const signature = of_hex(must(in_ + "openssl dgst -sha256 -sign key text | od -An -v -tx1"));
        return text + "." + url_base64(kind_ == kind::rsa ? signature : pair_of(signature));
    }
    /// A token with the head that belongs to the key.
    std::string token(std::string const& claims) const
    {
        return token(std::string(R"({"typ":"JWT","alg":")") + (kind_ == kind::rsa ? "RS256" : "ES256") + R"(","kid":")" + id_ + "\"}", claims);
    }

private:
    static std::string of_hex(std::string const& text)
    {
        std::string digits;
        for (auto const c : text)
            if (c > ' ')
                digits += c;
        std::string bytes;
        for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
            bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
        return bytes;
    }

    /// The two numbers of a signature in DER, with 32 bytes each.
    static std::string pair_of(std::string const& der)
    {
        std::string pair;
        for (std::size_t at = 2; at + 1 < der.size();) {
            auto const size = static_cast<std::size_t>(der[at + 1]);
            auto const number = der.substr(at + 2, size);
            pair += size >= 32 ? number.substr(size - 32) : std::string(32 - size, '\0') + number;
            at += 2 + size;
        }
        return pair;
    }

    std::string id_;
    kind kind_;
    scratch_folder folder_;
    std::string in_ = "cd '" + folder_.path().string() + "' && ";
};
}  // namespace acrx::testing
#endif
