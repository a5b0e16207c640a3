// Requests and answers of HTTP as plain values.
#ifndef ACRX_HTTP_MESSAGE_HPP
#define ACRX_HTTP_MESSAGE_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/url.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace acrx {
/// Header fields in their order; names compare without regard to case.
class http_headers
{
public:
    struct field
    {
        std::string name;
        std::string value;
        bool operator==(field const&) const = default;
    };

    /// The first value of `name`; empty if there is none.
    ACRX_DECL std::string_view get(std::string_view name) const;
    ACRX_DECL bool has(std::string_view name) const;
    /// Every value of `name`, in order.
    ACRX_DECL std::vector<std::string> all(std::string_view name) const;
    /// Replaces all fields called `name`. @throws error (`errc::invalid_argument`) for a line break in the value
    ACRX_DECL void set(std::string name, std::string value);
    /// Adds a field beside those of the same name. @throws as `set`
    ACRX_DECL void add(std::string name, std::string value);
    ACRX_DECL void erase(std::string_view name);

    auto begin() const noexcept { return fields_.begin(); }
    auto end() const noexcept { return fields_.end(); }
    bool operator==(http_headers const&) const = default;

private:
    std::vector<field> fields_;
};

/// A part of a file, sent as a body without being held in memory.
struct file_slice
{
    std::filesystem::path path;
    std::uint64_t offset = 0;  ///< bytes
    std::uint64_t length = 0;  ///< bytes
};

/// Nothing, a text, or a part of a file.
using http_body = std::variant<std::monostate, std::string, file_slice>;

/// What is asked. `Host`, `Content-Length`, `User-Agent` and `Accept-Encoding` are added when it is sent.
struct http_request
{
    std::string method = "GET";
    url target;
    http_headers headers;
    http_body body;
    bool verify_peer = true;  ///< false takes any certificate
};

/// What is answered.
struct http_response
{
    unsigned status = 0;
    http_headers headers;
    std::string body;
    url from;  ///< where it came from, after redirects
};

/// 200 to 299.
constexpr bool is_success(unsigned status) noexcept
{
    return status >= 200 && status < 300;
}
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/http/impl/message.ipp>
#endif
#endif
