// Bodies of build/detail/windows_path.hpp.
#ifndef ACRX_BUILD_IMPL_WINDOWS_PATH_IPP
#define ACRX_BUILD_IMPL_WINDOWS_PATH_IPP
#include <acrx/build/detail/windows_path.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <algorithm>

namespace acrx::detail {
ACRX_DECL std::string from_windows_path(std::string_view path)
{
    auto const refuse = [&](std::string const& why, std::string advice = "Only the drive C: is part of an image.") {
        throw dockerfile::parse_error(errc::invalid_instruction, {}, "the path \"" + std::string(path) + "\" " + why,
                                      std::move(advice));
    };
    std::string slashed(path);
    std::replace(slashed.begin(), slashed.end(), '\\', '/');
    if (slashed.starts_with("//"))
        refuse("is on a network share");
    auto const colon = slashed.find(':');
    if (colon == std::string::npos)
        return slashed;
    if (colon != 1 || (slashed.front() != 'C' && slashed.front() != 'c'))
        refuse("is not on the system drive (C:)");
    if (slashed.size() == 2)
        refuse("names a drive alone", "Write C:\\ for the root of the drive.");
    return slashed.substr(2);
}

ACRX_DECL std::string to_windows_path(std::string_view path)
{
    auto written = "C:" + std::string(path);
    std::replace(written.begin(), written.end(), '/', '\\');
    return written;
}
}  // namespace acrx::detail
#endif
