// Bodies of server/signed_link.hpp.
#ifndef ACRX_SERVER_IMPL_SIGNED_LINK_IPP
#define ACRX_SERVER_IMPL_SIGNED_LINK_IPP
#include <acrx/core/digest.hpp>
#include <acrx/core/secret_text.hpp>
#include <acrx/server/signed_link.hpp>
#include <acrx/trigger/webhook_signature.hpp>

#include <charconv>
#include <chrono>
#include <cstdint>

namespace acrx {
inline std::string link_signer::signature(std::string_view path, std::string_view right, std::string_view end) const
{
    auto const text = std::string(right) + "\n" + std::string(end) + "\n" + std::string(path);
    return to_hex(hmac_sha256(key_, text));
}

ACRX_DECL std::string link_signer::sign(std::string_view path, std::string_view right, time_point end) const
{
    auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(end.time_since_epoch()).count();
    auto const text = std::to_string(seconds);
    return std::string(path) + "?sp=" + std::string(right) + "&se=" + text + "&sig=" + signature(path, right, text);
}

ACRX_DECL bool link_signer::allows(served_request const& request, std::string_view right, time_point now) const
{
    auto const given_right = request.parameter("sp").value_or("");
    auto const end = request.parameter("se").value_or("");
    auto const given = request.parameter("sig").value_or("");
    std::int64_t seconds = 0;
    auto const read = std::from_chars(end.data(), end.data() + end.size(), seconds);
    if (key_.empty() || given_right != right || read.ptr != end.data() + end.size() || read.ec != std::errc())
        return false;
    auto const is_ours = is_equal_secret(signature(request.path(), right, end), given);
    return is_ours && std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count() < seconds;
}

ACRX_DECL std::string make_link_key()
{
    return make_secret();
}
}  // namespace acrx
#endif
