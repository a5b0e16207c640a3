// The image that most tests with real parts start from: a static shell, its links, two users.
#ifndef ACRX_TESTS_SUPPORT_BUSYBOX_BASE_HPP
#define ACRX_TESTS_SUPPORT_BUSYBOX_BASE_HPP

#include <support/scratch_folder.hpp>
#include <support/shell.hpp>

#include <string>

namespace acrx::testing {
/// Builds `busybox:base` into a state folder.
/// @param settings  last lines of its Dockerfile
inline void make_busybox_base(scratch_folder const& folder, std::string const& home, std::string const& settings)
{
    folder.write("busybox/Dockerfile", "FROM scratch\nCOPY busybox /bin/busybox\nCOPY etc /etc\n"
                                       "RUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n"
                                       "RUN mkdir -m 1777 /tmp && mkdir /root\n"
                                           + settings);
    folder.write("busybox/etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001::/home/app:/bin/sh\n");
    folder.write("busybox/etc/group", "root:x:0:\nweb:x:33:app\napp:x:1001:\n");
    must("cp /bin/busybox " + (folder / "busybox/busybox").string());
    must(std::string(ACRX_QUICK) + " build --home " + home + " -t busybox:base " + (folder / "busybox").string());
}
}  // namespace acrx::testing
#endif
