// Packages of npm that tests drive the runner with.
#ifndef ACRX_TESTS_INTEGRATION_SERVER_NPM_PACKAGE_HPP
#define ACRX_TESTS_INTEGRATION_SERVER_NPM_PACKAGE_HPP

#include <support/shell.hpp>

#include <string>

namespace acrx::testing {
/// The folder of modules that holds a package, which is installed once for all builds in this folder; empty where there
/// is no node or no package registry.
inline std::string modules_with(std::string const& package, std::string const& version)
{
    std::string const folder = ACRX_NPM_FOLDER;
    auto const there = "test -d '" + folder + "/node_modules/" + package + "'";
    auto const install = "mkdir -p '" + folder + "' && npm install --silent --no-audit --no-fund --no-package-lock --prefix '"
                         + folder + "' " + package + "@" + version;
    if (!have("node") || !have("npm"))
        return {};
    return shell(there + " || { " + install + "; }").status == 0 ? folder + "/node_modules" : std::string();
}
}  // namespace acrx::testing
#endif
