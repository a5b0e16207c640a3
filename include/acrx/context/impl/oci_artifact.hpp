// Bodies of context/oci_artifact.hpp.
#ifndef ACRX_CONTEXT_IMPL_OCI_ARTIFACT_HPP
#define ACRX_CONTEXT_IMPL_OCI_ARTIFACT_HPP
#include <acrx/context/detail/artifact_layer.hpp>
#include <acrx/context/detail/byte_bridge.hpp>
#include <acrx/context/detail/filled_folder.hpp>
#include <acrx/context/detail/unpack_context.hpp>
#include <acrx/context/oci_artifact.hpp>
#include <acrx/core/error.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/io/files.hpp>

#include <memory>
#include <string>
#include <utility>

namespace acrx {
template<registry_client Registry>
oci_artifact<Registry>::oci_artifact(oci_location const& where, Registry registry, archive_limits limits)
    : name_(parse_reference(where.reference)), registry_(std::move(registry)), limits_(limits)
{}

template<registry_client Registry>
net::awaitable<build_context> oci_artifact<Registry>::fetch(std::filesystem::path const& into)
{
    detail::filled_folder folder(into);
    auto const root = folder.path() / "files";
    std::filesystem::create_directory(root);
    auto name = name_;
    auto const document = co_await find_manifest(name);
    auto const content = parse_manifest(document.bytes, document.media_type);
    for (auto const& layer : content.layers) {
        if (!detail::has_title(layer))
            continue;
        if (detail::is_packed_folder(layer))
            co_await fetch_folder(layer, root);
        else
            co_await fetch_file(layer, root);
    }
    folder.keep();
    co_return build_context{.root = root, .revision = document.digest.str(), .has_ignore_file = false, .branch = {},
                            .dockerfile = {}, .is_fetched = true};
}

/// Of an index, the artifact for this machine.
template<registry_client Registry>
net::awaitable<manifest_document> oci_artifact<Registry>::find_manifest(reference& name)
{
    auto document = co_await registry_.fetch_manifest(name);
    auto const type = manifest_media_type(document.bytes, document.media_type);
    if (!media_type::is_index(type))
        co_return document;
    auto const chosen = choose(parse_index(document.bytes, document.media_type), host_platform());
    if (!chosen)
        throw error(errc::not_found, "fetching " + to_string(name_) + ": its index has nothing for this machine");
    name.digest = chosen->digest;
    document = co_await registry_.fetch_manifest(name);
    co_return document;
}

template<registry_client Registry>
net::awaitable<void> oci_artifact<Registry>::fetch_file(descriptor layer, std::filesystem::path root)
{
    auto const artifact = to_string(name_);
    auto const path = detail::title_of(layer, artifact);
    auto const file = std::make_shared<unique_fd>(detail::make_file(root, path, artifact));
    byte_sink sink = [file, path](std::span<std::byte const> bytes) -> net::awaitable<void> {
        write_all(file->get(), bytes, path);
        co_return;
    };
    co_await registry_.fetch_blob(name_, std::move(layer), std::move(sink));
}

template<registry_client Registry>
net::awaitable<void> oci_artifact<Registry>::fetch_folder(descriptor layer, std::filesystem::path root)
{
    auto const artifact = to_string(name_);
    auto const path = detail::title_of(layer, artifact);
    auto const wanted = detail::packed_digest(layer);
    detail::byte_producer produce = [this, layer](byte_sink sink) {
        return registry_.fetch_blob(name_, layer, std::move(sink));
    };
    detail::byte_consumer consume = [&](byte_source in, std::stop_token stop) {
        auto const got = detail::unpack_tar(std::move(in), artifact, root, path, limits_, std::move(stop));
        if (!wanted.empty() && wanted.starts_with("sha256:") && got.str() != wanted)
            throw error(errc::digest_mismatch, "fetching " + artifact + ": the content of \"" + path + "\"");
    };
    co_await detail::carry(std::move(produce), std::move(consume));
}
}  // namespace acrx
#endif
