// How the library is compiled, and the short name of Boost.Asio.
#ifndef ACRX_CORE_CONFIG_HPP
#define ACRX_CORE_CONFIG_HPP

/// Marks a function whose body is in an `.ipp`: `inline`, or nothing when the bodies are compiled once.
#if defined(ACRX_COMPILED)
#define ACRX_DECL
#else
#define ACRX_DECL inline
#endif

namespace boost::asio {}

namespace acrx {
namespace net = boost::asio;
}  // namespace acrx
#endif
