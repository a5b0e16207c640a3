// Links that allow one thing for a while to whoever has them.
#ifndef ACRX_SERVER_SIGNED_LINK_HPP
#define ACRX_SERVER_SIGNED_LINK_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/http/served_request.hpp>

#include <string>
#include <string_view>

namespace acrx {
/// Signs paths: `PATH?sp=r&se=END&sig=SIGNATURE`, as Azure's shared access signatures look.
class link_signer
{
public:
    /// @param key  random and secret; an empty one signs nothing and accepts nothing
    explicit link_signer(std::string key) : key_(std::move(key)) {}

    /// @param right  `r` to read, `w` to write
    ACRX_DECL std::string sign(std::string_view path, std::string_view right, time_point end) const;
    /// Whether the request's target bears a signature for its path and the right that has not expired.
    ACRX_DECL bool allows(served_request const& request, std::string_view right, time_point now) const;

private:
    std::string signature(std::string_view path, std::string_view right, std::string_view end) const;
    std::string key_;
};

/// A new key for a `link_signer`.
ACRX_DECL std::string make_link_key();
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/signed_link.ipp>
#endif
#endif
