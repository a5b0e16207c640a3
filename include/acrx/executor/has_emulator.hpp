// Whether the kernel hands programs for another processor to an emulator.
#ifndef ACRX_EXECUTOR_HAS_EMULATOR_HPP
#define ACRX_EXECUTOR_HAS_EMULATOR_HPP

#include <acrx/core/config.hpp>
#include <acrx/image/platform.hpp>

#include <filesystem>

namespace acrx {
/// Whether an emulator is registered for the processor of a platform, under the name that QEMU's packages give it.
/// @param registered  the folder of binfmt_misc
/// @par See Linux, Documentation/admin-guide/binfmt-misc.rst
ACRX_DECL bool has_emulator(platform const& wanted, std::filesystem::path const& registered = "/proc/sys/fs/binfmt_misc");
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/has_emulator.ipp>
#endif
#endif
