// The packages that package managers have recorded in a root filesystem.
#ifndef ACRX_BUILD_SOFTWARE_PACKAGE_HPP
#define ACRX_BUILD_SOFTWARE_PACKAGE_HPP

#include <acrx/core/config.hpp>

#include <compare>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// One installed package.
struct software_package
{
    std::string kind;  ///< as in package URLs: `deb`, `apk`, `npm`, `pypi`
    std::string name;
    std::string version;
    std::string architecture;  ///< empty where the manager knows none
    std::string found_in;      ///< the file that tells of it

    auto operator<=>(software_package const&) const = default;
};

/// What a root says of itself in `os-release`.
struct distribution_name
{
    std::string id;       ///< `debian`
    std::string version;  ///< `12`
};

/// Whether a file, by its path in the root, may tell of packages: databases of dpkg and apk, `package.json` and
/// `package-lock.json` of npm, `METADATA` and `PKG-INFO` of Python, and `os-release`.
ACRX_DECL bool tells_of_packages(std::string_view path);

/// The packages that files tell of, sorted, each once. @param files  content by path; those that cannot be read are passed over
ACRX_DECL std::vector<software_package> packages_in(std::map<std::string, std::string> const& files);
/// What `etc/os-release` or `usr/lib/os-release` say. @param files  as above
ACRX_DECL distribution_name distribution_in(std::map<std::string, std::string> const& files);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/software_package.ipp>
#endif
#endif
