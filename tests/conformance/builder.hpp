// Who builds the cases: acrx-quick, or buildah, which proves that what the cases expect is true.
#ifndef ACRX_TESTS_CONFORMANCE_BUILDER_HPP
#define ACRX_TESTS_CONFORMANCE_BUILDER_HPP

#include <support/scratch_folder.hpp>
#include <support/shell.hpp>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

namespace acrx::conformance {
/// One build: the working folder holds `context`, and gets `out` if it succeeds.
struct build_order
{
    std::filesystem::path folder;
    std::string environment;  ///< words for env(1)
    std::string arguments;    ///< as a shell reads them
    std::string tag;          ///< makes an image for later builds instead of `out`
    std::string context = "context";
};

class builder
{
public:
    virtual ~builder() = default;
    virtual testing::shell_result build(build_order const& order) = 0;
    /// Whether its words and history are those the cases know.
    virtual bool is_acrx() const = 0;

protected:
    static std::string in_folder(build_order const& order, std::string const& command)
    {
        return "cd " + order.folder.string() + " && rm -rf out && env " + order.environment + " timeout 100 " + command;
    }
};

class acrx_builder final : public builder
{
public:
    explicit acrx_builder(std::filesystem::path const& state) : home_((state / "home").string()) {}

    testing::shell_result build(build_order const& order) override
    {
        auto const result = order.tag.empty() ? "--no-push --output type=oci,tar=false,dest=out" : "-t " + order.tag;
        return testing::shell(in_folder(order, std::string(ACRX_QUICK) + " build --home " + home_ + " " + result + " "
                                                   + order.arguments + " " + order.context));
    }
    bool is_acrx() const override { return true; }

private:
    std::string home_;
};

class buildah_builder final : public builder
{
public:
    explicit buildah_builder(std::filesystem::path const& state)
        : buildah_("buildah --root " + (state / "root").string() + " --runroot " + (state / "run").string()
                   + " --storage-driver vfs ")
    {
    }
    ~buildah_builder() override { testing::shell(buildah_ + "rm --all; " + buildah_ + "rmi --all --force"); }

    testing::shell_result build(build_order const& order) override
    {
        auto const tag = order.tag.empty() ? std::string("localhost/case:latest") : order.tag;
        // Docker's format, since OCI's has no HEALTHCHECK, ONBUILD and SHELL.
        auto const result = testing::shell(in_folder(
            order, buildah_ + "build --isolation chroot --format docker --layers --pull-never -t " + tag + " "
                       + (order.arguments.find("-f ") == std::string::npos ? "-f " + order.context + "/Dockerfile " : "")
                       + order.arguments + " " + order.context));
        if (result.status == 0 && order.tag.empty())
            testing::must("cd " + order.folder.string() + " && rm -rf out && " + buildah_ + "push -q " + tag
                          + " dir:out");
        return result;
    }
    bool is_acrx() const override { return false; }

private:
    std::string buildah_;
};

/// The builder that ACRX_CONFORMANCE_BUILDER names: `acrx` (or nothing) or `buildah`.
inline std::unique_ptr<builder> chosen_builder(std::filesystem::path const& state)
{
    auto const* const chosen = std::getenv("ACRX_CONFORMANCE_BUILDER");
    std::string const name = chosen == nullptr || *chosen == '\0' ? "acrx" : chosen;
    if (name == "acrx")
        return std::make_unique<acrx_builder>(state);
    if (name == "buildah")
        return std::make_unique<buildah_builder>(state);
    throw std::runtime_error("ACRX_CONFORMANCE_BUILDER is acrx or buildah, not '" + name + "'");
}
}  // namespace acrx::conformance
#endif
