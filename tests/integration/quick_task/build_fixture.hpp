// Builds with the executable, on a base image that it made itself, and looks at the result with foreign tools.
#ifndef ACRX_TESTS_INTEGRATION_QUICK_TASK_BUILD_FIXTURE_HPP
#define ACRX_TESTS_INTEGRATION_QUICK_TASK_BUILD_FIXTURE_HPP

#include "support/busybox_base.hpp"
#include "support/foreign_tools.hpp"
#include "support/scratch_folder.hpp"
#include "support/shell.hpp"

#include <string>

namespace acrx::testing {
/// One state folder for all tests of a program; `busybox:base` lies in it.
class build_home
{
public:
    static build_home& get()
    {
        static build_home home;
        return home;
    }
    std::string path() const { return folder_.path().string() + "/home"; }
    std::string fresh_tag() { return "t" + std::to_string(++counter_); }

private:
    build_home() { make_busybox_base(folder_, path(), "CMD [\"sh\"]\n"); }

    scratch_folder folder_;
    int counter_ = 0;
};

/// One context, and builds of it.
class build_fixture
{
public:
    build_fixture() : home(build_home::get().path()), tag(build_home::get().fresh_tag()) {}

    /// Runs `acrx-quick build` on the context; what comes out is also read by foreign tools.
    /// @param options  in front of the context
    shell_result build(std::string const& dockerfile, std::string const& options = {}) const
    {
        context.write("Dockerfile", dockerfile);
        return build_as_it_is(options);
    }
    shell_result build_as_it_is(std::string const& options = {}) const
    {
        auto result = shell(quick("build -t " + tag + ":" + tag + " " + options + " " + context.path().string()));
        if (result.status == 0)
            check_store(home);
        return result;
    }
    /// The same; throws with the output unless it succeeds.
    std::string must_build(std::string const& dockerfile, std::string const& options = {}) const
    {
        auto result = build(dockerfile, options);
        if (result.status != 0)
            throw std::runtime_error(result.output);
        return result.output;
    }
    std::string quick(std::string const& words) const
    {
        return std::string(ACRX_QUICK) + " " + words.substr(0, words.find(' ')) + " --home " + home
               + words.substr(std::min(words.find(' '), words.size()));
    }
    /// Unpacks the image with umoci. @return its root
    std::string unpacked() const
    {
        auto const bundle = (scratch / "bundle").string();
        must("rm -rf " + bundle + " && umoci unpack --image " + home + ":" + tag + " " + bundle);
        return bundle + "/rootfs";
    }
    /// `find` over the unpacked image below `path`: mode, owner and name of each file, sorted.
    std::string listing(std::string const& path) const
    {
        return must("cd " + unpacked() + " && find " + path + " -printf '%m %U:%G %p%l\\n' | LC_ALL=C sort -k3");
    }
    /// The image's config, as skopeo reads it.
    std::string config() const { return must("skopeo inspect --config oci:" + home + ":" + tag); }
    std::string manifest() const { return must("skopeo inspect --raw oci:" + home + ":" + tag); }

    std::string home;
    std::string tag;
    scratch_folder context;
    scratch_folder scratch;
};
}  // namespace acrx::testing
#endif
