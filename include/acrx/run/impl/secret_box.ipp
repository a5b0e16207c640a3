// Bodies of run/secret_box.hpp.
#ifndef ACRX_RUN_IMPL_SECRET_BOX_IPP
#define ACRX_RUN_IMPL_SECRET_BOX_IPP
#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>
#include <acrx/run/secret_box.hpp>

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sys/stat.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <optional>

namespace acrx {
namespace detail {
inline constexpr std::size_t nonce_size = 12;
inline constexpr std::size_t tag_size = 16;
using cipher_context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

inline unsigned char const* to_octets(void const* bytes)
{
    return static_cast<unsigned char const*>(bytes);
}

inline void fill_random(void* bytes, std::size_t size)
{
    if (RAND_bytes(static_cast<unsigned char*>(bytes), static_cast<int>(size)) != 1)
        throw error(errc::unavailable, "asking for random bytes");
}

/// AES-256-GCM in one direction, over all that it is given.
class gcm_cipher
{
public:
    gcm_cipher(secret_key const& key, std::string_view nonce, std::string_view place, bool seals)
        : context_(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free)
    {
        int length = 0;
        is_good_ = context_ != nullptr
                   && EVP_CipherInit_ex(context_.get(), EVP_aes_256_gcm(), nullptr, to_octets(key.data()),
                                        to_octets(nonce.data()), seals ? 1 : 0) == 1
                   && EVP_CipherUpdate(context_.get(), nullptr, &length, to_octets(place.data()),
                                       static_cast<int>(place.size())) == 1;
    }

    std::string apply(std::string_view text)
    {
        std::string result(text.size(), '\0');
        int length = 0;
        is_good_ = is_good_ && (text.empty() || EVP_CipherUpdate(context_.get(), reinterpret_cast<unsigned char*>(result.data()),
                                                 &length, to_octets(text.data()), static_cast<int>(text.size())) == 1);
        return result;
    }

    bool finish()
    {
        int length = 0;
        unsigned char none[1];
        return is_good_ && EVP_CipherFinal_ex(context_.get(), none, &length) == 1;
    }
    void control(int what, void* tag)
    {
        is_good_ = is_good_ && EVP_CIPHER_CTX_ctrl(context_.get(), what, static_cast<int>(tag_size), tag) == 1;
    }

private:
    cipher_context context_;
    bool is_good_ = false;
};

inline std::optional<std::string> from_hex(std::string_view text)
{
    std::string bytes(text.size() / 2, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        unsigned value = 0;
        auto const* const at = text.data() + 2 * i;
        if (std::from_chars(at, at + 2, value, 16).ptr != at + 2)
            return std::nullopt;
        bytes[i] = static_cast<char>(value);
    }
    return bytes;
}
}  // namespace detail

ACRX_DECL secret_key parse_secret_key(std::string_view text)
{
    constexpr std::string_view blank = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(blank), text.size()));
    text = text.substr(0, text.find_last_not_of(blank) + 1);
    auto const bytes = text.size() == 64 ? detail::from_hex(text) : from_base64(text);
    secret_key key;
    if (!bytes || bytes->size() != key.size())
        throw error(errc::invalid_argument, "reading the key for secrets",
                    "It is 64 hexadecimal digits, or 32 bytes in base64: openssl rand -hex 32 makes one.");
    std::memcpy(key.data(), bytes->data(), key.size());
    return key;
}

ACRX_DECL secret_key key_of_file(std::filesystem::path const& file)
{
    struct ::stat status = {};
    if (::stat(file.c_str(), &status) == 0) {
        if ((status.st_mode & 077U) != 0)
            throw error(errc::no_permission, "reading the key for secrets " + file.string() + ": others may read it, too",
                        "chmod 600 it; what it was used for may be known to them.");
        return parse_secret_key(read_file(file, 4096));
    }
    if (errno != ENOENT)
        throw_file_errno("reading the key for secrets " + file.string());
    secret_key key;
    detail::fill_random(key.data(), key.size());
    write_file(file, to_hex(key) + "\n", durability::synced, 0600);
    return key;
}

ACRX_DECL std::string secret_box::seal(std::string_view text, std::string_view place) const
{
    std::string nonce(detail::nonce_size, '\0');
    detail::fill_random(nonce.data(), nonce.size());
    detail::gcm_cipher cipher(key_, nonce, place, true);
    auto const hidden = cipher.apply(text);
    std::string tag(detail::tag_size, '\0');
    if (!cipher.finish())
        throw error(errc::unavailable, "sealing a secret");
    cipher.control(EVP_CTRL_GCM_GET_TAG, tag.data());
    return nonce + tag + hidden;
}

ACRX_DECL std::string secret_box::open(std::string_view sealed, std::string_view place) const
{
    constexpr auto head = detail::nonce_size + detail::tag_size;
    bool is_whole = sealed.size() >= head;
    std::string text;
    if (is_whole) {
        detail::gcm_cipher cipher(key_, sealed.substr(0, detail::nonce_size), place, false);
        text = cipher.apply(sealed.substr(head));
        std::string tag(sealed.substr(detail::nonce_size, detail::tag_size));
        cipher.control(EVP_CTRL_GCM_SET_TAG, tag.data());
        is_whole = cipher.finish();
    }
    if (!is_whole)
        throw error(errc::damaged, "opening what was sealed with the key for secrets",
                    "The key is another one than that it was sealed with, or the bytes were changed.");
    return text;
}
}  // namespace acrx
#endif
