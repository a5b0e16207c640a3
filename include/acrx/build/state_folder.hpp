// Where acrx keeps its state on this machine.
#ifndef ACRX_BUILD_STATE_FOLDER_HPP
#define ACRX_BUILD_STATE_FOLDER_HPP

#include <acrx/core/config.hpp>

#include <filesystem>
#include <string>

namespace acrx {
/// The folders of the state directory; its root is an OCI image layout that any tool can read.
class state_folder
{
public:
    explicit ACRX_DECL state_folder(std::filesystem::path root);
    /// `$ACRX_HOME`, else `$XDG_DATA_HOME/acrx`, else `/var/lib/acrx` as root of the machine, else `~/.local/share/acrx`.
    static ACRX_DECL state_folder of_environment();

    std::filesystem::path const& root() const noexcept { return root_; }
    std::filesystem::path cache() const { return root_ / "cache"; }        ///< step keys to layers
    std::filesystem::path caches() const { return root_ / ("caches" + owners_); }///< folders of RUN --mount=type=cache
    std::filesystem::path blocks() const { return root_ / "blocks"; }      ///< of layers that COPY made last
    std::filesystem::path indexes() const { return root_ / "indexes"; }    ///< what layers hold, by diff id
    std::filesystem::path snapshots() const { return root_ / ("snapshots" + owners_); }///< unpacked layers, by diff id
    std::filesystem::path stats() const { return root_ / "stats"; }        ///< content digests of context files
    std::filesystem::path git() const { return root_ / "git"; }            ///< what was fetched of repositories
    std::filesystem::path downloads() const { return root_ / "downloads"; }///< what ADD has downloaded
    std::filesystem::path step_locks() const { return root_ / "steps.lock"; }  ///< a file: who runs which step
    std::filesystem::path runs() const { return root_ / "runs"; }          ///< logs and records of steps
    std::filesystem::path runner() const { return root_ / "runner"; }      ///< what `acrx-runner` keeps
    std::filesystem::path pieces() const { return runner() / "pieces"; }   ///< of contexts that clients sent to it, by digest
    std::filesystem::path temporary() const { return root_ / "tmp"; }      ///< what a crash may leave

private:
    std::filesystem::path root_;
    std::string owners_;  ///< tells apart what has owners as seen from user namespaces with other ids
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/state_folder.ipp>
#endif
#endif
