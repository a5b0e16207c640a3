// The container executors that the conformance cases run over, each with the same image of busybox.
#ifndef ACRX_TESTS_INTEGRATION_EXECUTOR_CONTAINER_ENGINES_HPP
#define ACRX_TESTS_INTEGRATION_EXECUTOR_CONTAINER_ENGINES_HPP

#include "busybox_root.hpp"

#include <acrx/core/digest.hpp>
#include <acrx/executor/docker_engine.hpp>
#include <acrx/executor/oci_runtime.hpp>
#include <acrx/io/files.hpp>
#include <boost/test/unit_test.hpp>
#include <support/docker_service.hpp>

#include <chrono>
#include <future>
#include <memory>
#include <string>

namespace acrx::testing {
/// What `operation` gives, while steps that were started before go on: `run` would wait for their end.
template<class T>
T run_beside(net::awaitable<T> operation)
{
    auto& host = test_context();
    host.restart();
    auto result = net::co_spawn(host, std::move(operation), net::use_future);
    while (result.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
        host.run_one();
    return result.get();
}

/// The OCI runtime, over folders.
class oci_engine
{
public:
    oci_engine() : executor(root_ / "state") {}
    static std::string why_not() { return ::geteuid() == 0 ? "" : "it needs root"; }

    step_spec step()
    {
        step_spec spec = root_.shell("");
        spec.hostname = "step";
        return spec;
    }
    std::filesystem::path folder() const { return root_.scratch().path(); }

private:
    busybox_root root_;

public:
    oci_runtime executor;
};

/// Writes the layer of `busybox_root` as an archive that `docker load` reads.
inline std::filesystem::path docker_archive(busybox_root const& root)
{
    auto const folder = root / "archive";
    std::filesystem::create_directories(folder);
    must("tar --owner=0 --group=0 -C " + (root / "layer").string() + " -cf " + (folder / "layer.tar").string() + " .");
    auto const diff = digest_of(read_file(folder / "layer.tar", std::uint64_t{1} << 30));
    write_file(folder / "config.json",
               R"({"architecture":"amd64","os":"linux","config":{"Env":["FROM=image"],"Cmd":["echo","image's own"],)"
               R"("WorkingDir":"/tmp"},"rootfs":{"type":"layers","diff_ids":[")"
                   + diff.str() + "\"]}}");
    write_file(folder / "manifest.json",
               R"([{"Config":"config.json","RepoTags":["acrx-test:1"],"Layers":["layer.tar"]}])");
    must("cd " + folder.string() + " && tar -cf ../image.tar manifest.json config.json layer.tar");
    return root / "image.tar";
}

/// A Docker engine, started once for all cases.
template<bool Podman>
class docker_harness
{
public:
    docker_harness() : executor(root_ / "state", service().socket())
    {
        if (!loaded_) {
            run_beside(executor.load(docker_archive(root_)));
            loaded_ = true;
        }
    }
    static std::string program() { return Podman ? "podman" : "dockerd"; }
    static std::string why_not()
    {
        if (::geteuid() != 0)
            return "it needs root";
        return have(program()) ? "" : program() + " is not installed";
    }
    /// Ends the engine.
    static void stop() { keeper().reset(); }

    step_spec step()
    {
        step_spec spec;
        spec.image = "acrx-test:1";
        spec.env = {"PATH=/bin", "HOME=/root"};
        spec.hostname = "step";
        return spec;
    }
    std::filesystem::path folder() const { return root_.scratch().path(); }
    static docker_service& service()
    {
        if (!keeper())
            keeper() = std::make_unique<docker_service>(program());
        return *keeper();
    }

private:
    static std::unique_ptr<docker_service>& keeper()
    {
        static std::unique_ptr<docker_service> service;
        return service;
    }
    static inline bool loaded_ = false;
    busybox_root root_;

public:
    docker_engine executor;
};
using dockerd_engine = docker_harness<false>;
using podman_engine = docker_harness<true>;

/// Whether the cases of an engine have to be left out, which is said.
template<class E>
bool is_missing()
{
    auto const reason = E::why_not();
    if (!reason.empty())
        BOOST_TEST_MESSAGE("skipped: " << reason);
    return !reason.empty();
}

/// A step in the network that all share.
template<class Harness>
step_spec joined(Harness& engine, std::string id, std::string script)
{
    auto spec = engine.step();
    spec.args = {"sh", "-c", std::move(script)};
    spec.network = network_mode::joined;
    spec.network_name = "default";
    spec.hostname = id;
    spec.id = std::move(id);
    return spec;
}
}  // namespace acrx::testing
#endif
