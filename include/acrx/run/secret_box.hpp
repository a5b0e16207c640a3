// Seals texts with a key, so that what is stored tells nothing without it.
#ifndef ACRX_RUN_SECRET_BOX_HPP
#define ACRX_RUN_SECRET_BOX_HPP

#include <acrx/core/config.hpp>

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace acrx {
/// The key of a secret box.
using secret_key = std::array<std::byte, 32>;

/// Reads a key from 64 hexadecimal digits, or 32 bytes in base64; white space around it does not count.
/// @throws error (`errc::invalid_argument`); its text does not show the key
ACRX_DECL secret_key parse_secret_key(std::string_view text);
/// The key in a file, which is made with a new key, for its owner alone, if there is none.
/// @throws error also if others may read the file
ACRX_DECL secret_key key_of_file(std::filesystem::path const& file);

/// Seals and opens texts with AES-256-GCM, a random nonce each.
class secret_box
{
public:
    explicit secret_box(secret_key const& key) : key_(key) {}

    /// @param place  what the text belongs to: it opens nowhere else
    ACRX_DECL std::string seal(std::string_view text, std::string_view place) const;
    /// @throws error (`errc::damaged`) for another key, another place, or bytes that were changed
    ACRX_DECL std::string open(std::string_view sealed, std::string_view place) const;

private:
    secret_key key_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/secret_box.ipp>
#endif
#endif
