// Bodies of snapshot/detail/xattrs.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_XATTRS_IPP
#define ACRX_SNAPSHOT_IMPL_XATTRS_IPP
#include <acrx/core/error.hpp>
#include <acrx/snapshot/detail/xattrs.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <sys/xattr.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace acrx::detail {
ACRX_DECL xattr_list read_xattrs(std::filesystem::path const& name)
{
    std::array<char, 65536> names;  // the kernel's limit
    auto const size = ::llistxattr(name.c_str(), names.data(), names.size());
    if (size < 0 && errno != ENOTSUP)
        throw_errno("reading the attributes of " + name.string());
    xattr_list found;
    std::string value;
    for (std::string_view rest(names.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))); !rest.empty();) {
        std::string key(rest.substr(0, rest.find('\0')));
        rest.remove_prefix(std::min(key.size() + 1, rest.size()));
        value.resize(65536);
        auto const length = ::lgetxattr(name.c_str(), key.c_str(), value.data(), value.size());
        if (length < 0 && errno == ENODATA)
            continue;
        if (length < 0)
            throw_errno("reading the attribute " + key + " of " + name.string());
        found.emplace_back(std::move(key), value.substr(0, static_cast<std::size_t>(length)));
    }
    std::sort(found.begin(), found.end());
    return found;
}

ACRX_DECL bool is_portable_xattr(std::string_view name)
{
    return !name.starts_with("trusted.") && !name.starts_with("user.overlay.") && name != "security.selinux"
           && name != disowned_mark;
}

ACRX_DECL bool may_write_xattr(std::string_view name)
{
    return !name.starts_with("security.") || name == "security.capability" || is_first_user_namespace();
}

ACRX_DECL void write_xattr(std::filesystem::path const& name, std::string const& key, std::string const& value,
                           std::string const& shown)
{
    if (::lsetxattr(name.c_str(), key.c_str(), value.data(), value.size(), 0) != 0)
        throw_errno("setting the attribute " + key + " of " + shown);
}
}  // namespace acrx::detail
#endif
