// Callers known by tokens that stand in a file.
#ifndef ACRX_SERVER_TOKEN_FILE_HPP
#define ACRX_SERVER_TOKEN_FILE_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/server/authenticator.hpp>

#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// Knows the tokens of a file: one a line, `TOKEN ROLE [NAME]`, where TOKEN is the token itself, of 16 characters at
/// least, or `sha256:` and the digest of it in hex; `#` begins a comment. Copies share what was read.
class token_file
{
public:
    /// @throws error if the file cannot be read, others than its owner may write it, or a line is wrong; shows no token
    explicit ACRX_DECL token_file(std::filesystem::path file);

    /// O(number of tokens), whatever the token.
    ACRX_DECL net::awaitable<std::optional<caller>> find(std::string token);
    /// Reads the file again. @throws as the constructor, and keeps what it knew
    ACRX_DECL void reload();

private:
    struct entry
    {
        digest token;
        caller who;
    };
    static ACRX_DECL std::vector<entry> read(std::filesystem::path const& file);
    static ACRX_DECL entry read_line(std::string_view line, std::string const& place);

    std::filesystem::path file_;
    std::shared_ptr<std::vector<entry>> entries_;
};
static_assert(authenticator<token_file>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/token_file.ipp>
#endif
#endif
