// The IPv6 addresses of a network: unique local ones (RFC 4193), beside its IPv4 ones.
#ifndef ACRX_EXECUTOR_DETAIL_IPV6_SUBNET_HPP
#define ACRX_EXECUTOR_DETAIL_IPV6_SUBNET_HPP

#include <acrx/core/config.hpp>

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <cstdint>

namespace acrx::detail {
/// `fd61:6372:78NN:NNNN::/64`, with the number in place of the Ns; the host part is `host`.
inline net::ip::network_v6 ipv6_subnet(std::uint32_t number, unsigned char host = 0)
{
    net::ip::address_v6::bytes_type bytes{0xfd, 0x61, 0x63, 0x72, 0x78};
    for (unsigned i = 0; i < 3; ++i)
        bytes[5 + i] = static_cast<unsigned char>(number >> (16 - 8 * i));
    bytes[15] = host;
    return {net::ip::address_v6(bytes), 64};
}

/// The address beside one of a network of 256 addresses: those of one bridge have one subnet, which no other has.
inline net::ip::network_v6 ipv6_beside(net::ip::address_v4 const& address)
{
    auto const number = static_cast<std::uint32_t>(address.to_uint());
    return ipv6_subnet(number >> 8, static_cast<unsigned char>(number));
}
}  // namespace acrx::detail
#endif
