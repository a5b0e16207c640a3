// A minimal Debian root as base image.
#ifndef ACRX_TESTS_INTEGRATION_QUICK_TASK_DEBIAN_BASE_HPP
#define ACRX_TESTS_INTEGRATION_QUICK_TASK_DEBIAN_BASE_HPP

#include "build_fixture.hpp"
#include <support/registry_server.hpp>

#include <string>

namespace acrx::testing {
/// Pushed to a registry of its own. Made once: it takes a minute.
class debian_base
{
public:
    static debian_base& get()
    {
        static debian_base base;
        return base;
    }
    std::string name() const { return server.host() + "/debian:12"; }

    registry_server server;

private:
    debian_base()
    {
        scratch_folder folder;
        auto const tar = (folder / "root.tar").string();
        must("mmdebstrap --quiet --variant=apt --include=ca-certificates bookworm " + tar);
        folder.write("Dockerfile", "FROM scratch\nADD root.tar /\nCMD [\"bash\"]\n");
        must(std::string(ACRX_QUICK) + " build --home " + build_home::get().path() + " -t " + name() + " "
             + folder.path().string());
    }
};
}  // namespace acrx::testing
#endif
