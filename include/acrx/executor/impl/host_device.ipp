// Body of executor/host_device.hpp.
#ifndef ACRX_EXECUTOR_IMPL_HOST_DEVICE_IPP
#define ACRX_EXECUTOR_IMPL_HOST_DEVICE_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/host_device.hpp>

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <string>
#include <utility>

namespace acrx {
ACRX_DECL device_node find_host_device(std::filesystem::path source)
{
    struct stat status
    {};
    if (::stat(source.c_str(), &status) != 0)
        throw_errno("looking at the device node " + source.string());
    bool const is_pipe = S_ISFIFO(status.st_mode);
    if (!S_ISBLK(status.st_mode) && !S_ISCHR(status.st_mode) && !is_pipe)
        throw error(errc::invalid_argument, source.string() + " is no device node");
    device_node node;
    node.path = source.string();
    node.source = std::move(source);
    node.type = is_pipe ? 'p' : S_ISBLK(status.st_mode) ? 'b' : 'c';
    if (!is_pipe) {
        node.major = major(status.st_rdev);
        node.minor = minor(status.st_rdev);
    }
    node.mode = status.st_mode & 0777;
    node.uid = status.st_uid;
    node.gid = status.st_gid;
    return node;
}

ACRX_DECL device_node parse_host_device(std::string_view text)
{
    auto const refuse = [&](std::string const& why) {
        return error(errc::invalid_argument, "--device '" + std::string(text) + "': " + why,
                     "Write SOURCE[:PATH[:ACCESS]], for example /dev/fuse or /dev/sdc:/dev/xvdc:r.");
    };
    auto const first = std::min(text.find(':'), text.size());
    auto const second = std::min(text.find(':', first + 1), text.size());
    auto const source = text.substr(0, first);
    auto path = text.substr(std::min(first + 1, text.size()), second - std::min(first + 1, second));
    auto access = text.substr(std::min(second + 1, text.size()));
    bool const is_access = !path.empty() && path.find_first_not_of("rwm") == path.npos;
    if (is_access && access.empty())
        std::swap(access, path);
    if (!source.starts_with('/') || (!path.empty() && !path.starts_with('/')))
        throw refuse("both paths are absolute");
    if (access.find_first_not_of("rwm") != access.npos)
        throw refuse("'" + std::string(access) + "' is no access");
    auto node = find_host_device(source);
    if (!path.empty())
        node.path = path;
    if (!access.empty())
        node.access = access;
    return node;
}
}  // namespace acrx
#endif
