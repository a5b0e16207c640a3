// One file of the Container Device Interface, in JSON or YAML.
#ifndef ACRX_EXECUTOR_DETAIL_DEVICE_FILE_HPP
#define ACRX_EXECUTOR_DETAIL_DEVICE_FILE_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/device_edits.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace acrx::detail {
struct described_device
{
    std::string name;
    std::map<std::string, std::string> annotations;
    device_edits edits;
};

struct device_file
{
    std::string kind;
    std::map<std::string, std::string> annotations;
    std::vector<described_device> devices;
    device_edits edits;  ///< made where any of the devices is wanted
};

/// @throws error (`errc::syntax`) with the place of what is wrong; when the file cannot be read
ACRX_DECL device_file read_device_file(std::filesystem::path const& path);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/device_file.ipp>
#endif
#endif
