// The receiving end of a stream of bytes.
#ifndef ACRX_CORE_BYTE_SINK_HPP
#define ACRX_CORE_BYTE_SINK_HPP

#include <acrx/core/config.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <span>

namespace acrx {
/// Takes the next bytes of a stream and is awaited before more are read: this is the back-pressure.
/// The bytes are valid until the returned operation has completed.
using byte_sink = std::function<net::awaitable<void>(std::span<std::byte const>)>;
}  // namespace acrx
#endif
