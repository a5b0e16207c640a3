// Finds and reads the Dockerfile of a build.
#ifndef ACRX_BUILD_READ_DOCKERFILE_HPP
#define ACRX_BUILD_READ_DOCKERFILE_HPP

#include <acrx/context/context_source.hpp>
#include <acrx/core/config.hpp>

#include <filesystem>
#include <string>

namespace acrx {
/// A Dockerfile, and where it was.
struct dockerfile_text
{
    std::filesystem::path path;
    std::string bytes;
};

/// @param root   of the context
/// @param given  the file the caller chose; empty looks for `Dockerfile`, then `dockerfile`, at the root
/// @throws error if there is none, or it is larger than 16 MiB
/// An ignore file that lists the Dockerfile hides it from COPY, not from the build.
ACRX_DECL dockerfile_text read_dockerfile(std::filesystem::path const& root, std::filesystem::path const& given);

/// The same for a context: one that came with a Dockerfile beside its files has that one; in one that was fetched a
/// relative `given` counts from its root, and no link leads out of it.
/// @throws error, also (`errc::outside_root`)
ACRX_DECL dockerfile_text read_dockerfile(build_context const& context, std::filesystem::path const& given);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/read_dockerfile.ipp>
#endif
#endif
