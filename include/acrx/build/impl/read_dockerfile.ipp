// Bodies of build/read_dockerfile.hpp.
#ifndef ACRX_BUILD_IMPL_READ_DOCKERFILE_IPP
#define ACRX_BUILD_IMPL_READ_DOCKERFILE_IPP
#include <acrx/build/read_dockerfile.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <utility>
#include <vector>

namespace acrx {
ACRX_DECL dockerfile_text read_dockerfile(std::filesystem::path const& root, std::filesystem::path const& given)
{
    std::vector<std::filesystem::path> places{given};
    if (given.empty())
        places = {root / "Dockerfile", root / "dockerfile"};
    for (auto const& place : places)
        if (auto text = read_file_if_exists(place, std::uint64_t{16} << 20))
            return {place, std::move(*text)};
    throw error(errc::not_found, "failed to read dockerfile: open " + places.front().string(),
                "Write a Dockerfile there, or name another one with -f.");
}
}  // namespace acrx
#endif
