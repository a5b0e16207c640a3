// The context source for an OCI artifact, read as ORAS reads it.
#ifndef ACRX_CONTEXT_OCI_ARTIFACT_HPP
#define ACRX_CONTEXT_OCI_ARTIFACT_HPP

#include <acrx/context/context_source.hpp>
#include <acrx/context/location.hpp>
#include <acrx/context/remote_tarball.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/manifest.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/registry/registry_client.hpp>

#include <filesystem>
#include <string_view>

namespace acrx {
/// Each layer becomes the file that its annotation `org.opencontainers.image.title` names; those with
/// `io.deis.oras.content.unpack` are tars that are unpacked. Layers without a title are left out.
///
/// @tparam Registry  where it comes from
template<registry_client Registry>
class oci_artifact
{
public:
    static constexpr std::string_view scheme = "oci";

    /// @throws error (`errc::syntax`) if the location is no reference
    explicit oci_artifact(oci_location const& where, Registry registry, archive_limits limits = context_limits);

    /// @return the digest of the manifest is the revision
    /// @throws error as the registry does, (`errc::outside_root`) for titles and names that lead out, (`errc::damaged`)
    net::awaitable<build_context> fetch(std::filesystem::path const& into);

private:
    net::awaitable<manifest_document> find_manifest(reference& name);
    net::awaitable<void> fetch_file(descriptor layer, std::filesystem::path root);
    net::awaitable<void> fetch_folder(descriptor layer, std::filesystem::path root);

    reference name_;
    Registry registry_;
    archive_limits limits_;
};
}  // namespace acrx

#include <acrx/context/impl/oci_artifact.hpp>
#endif
