// Ports as EXPOSE names them.
#ifndef ACRX_DOCKERFILE_PORT_HPP
#define ACRX_DOCKERFILE_PORT_HPP

#include <acrx/core/config.hpp>

#include <span>
#include <string>
#include <vector>

namespace acrx::dockerfile {
/// Reads `port[/proto]`, `a-b[/proto]` and `[[ip:]host:]container[/proto]`; the host's part is dropped.
///
/// @return  `80/tcp`, `53/udp` ..., sorted as text, each once
/// @throws parse_error (`errc::invalid_instruction`) without a place: `invalid containerPort: x`, `invalid proto: x`
ACRX_DECL std::vector<std::string> parse_ports(std::span<std::string const> words);
}  // namespace acrx::dockerfile

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/port.ipp>
#endif
#endif
