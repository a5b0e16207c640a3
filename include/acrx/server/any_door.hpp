// Several ways to know a caller, chosen when the program runs.
#ifndef ACRX_SERVER_ANY_DOOR_HPP
#define ACRX_SERVER_ANY_DOOR_HPP

#include <acrx/core/config.hpp>
#include <acrx/server/authenticator.hpp>
#include <acrx/server/oidc_issuer.hpp>
#include <acrx/server/token_file.hpp>

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace acrx {
/// Lets in whom one of its doors lets in, asked in their order. Without doors nobody comes in.
class any_door
{
public:
    using door = std::variant<open_door, token_file, oidc_issuer>;

    explicit any_door(std::vector<door> doors = {}) : doors_(std::move(doors)) {}
    /// @throws what a door throws, unless another one lets the caller in
    ACRX_DECL net::awaitable<std::optional<caller>> find(std::string token);

private:
    std::vector<door> doors_;
};
static_assert(authenticator<any_door>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/any_door.ipp>
#endif
#endif
