// Bodies of registry/distribution_client.hpp.
#ifndef ACRX_REGISTRY_IMPL_DISTRIBUTION_CLIENT_HPP
#define ACRX_REGISTRY_IMPL_DISTRIBUTION_CLIENT_HPP
#include <acrx/registry/distribution_client.hpp>

namespace acrx {
template<credential_provider Credentials>
basic_distribution_client<Credentials>::basic_distribution_client(Credentials credentials, registry_options options)
{
    auto const shared = std::make_shared<Credentials>(std::move(credentials));
    auto find = [shared](std::string host) { return shared->find(std::move(host)); };
    session_ = std::make_shared<detail::distribution>(std::move(options), std::move(find));
}

template<credential_provider Credentials>
net::awaitable<std::optional<descriptor>> basic_distribution_client<Credentials>::resolve(reference ref)
{
    return session_->resolve(std::move(ref));
}

template<credential_provider Credentials>
net::awaitable<manifest_document> basic_distribution_client<Credentials>::fetch_manifest(reference ref)
{
    return session_->fetch_manifest(std::move(ref));
}

template<credential_provider Credentials>
net::awaitable<void> basic_distribution_client<Credentials>::fetch_blob(reference ref, descriptor blob, byte_sink sink)
{
    return session_->fetch_blob(std::move(ref), std::move(blob), std::move(sink));
}

template<credential_provider Credentials>
net::awaitable<bool> basic_distribution_client<Credentials>::has_blob(reference ref, digest blob)
{
    return session_->has_blob(std::move(ref), std::move(blob));
}

template<credential_provider Credentials>
net::awaitable<void> basic_distribution_client<Credentials>::push_blob(reference ref, blob_file blob)
{
    return session_->push_blob(std::move(ref), std::move(blob));
}

template<credential_provider Credentials>
net::awaitable<bool> basic_distribution_client<Credentials>::mount_blob(reference ref, descriptor blob, std::string from)
{
    return session_->mount_blob(std::move(ref), std::move(blob), std::move(from));
}

template<credential_provider Credentials>
net::awaitable<void> basic_distribution_client<Credentials>::push_manifest(reference ref, manifest_document document)
{
    auto const has_listed_it = co_await session_->push_manifest(std::move(ref), std::move(document));
    static_cast<void>(has_listed_it);
}

template<credential_provider Credentials>
net::awaitable<blob_upload> basic_distribution_client<Credentials>::begin_upload(reference ref)
{
    return session_->begin_upload(std::move(ref));
}

template<credential_provider Credentials>
net::awaitable<std::vector<std::string>> basic_distribution_client<Credentials>::list_tags(reference ref)
{
    return session_->list_tags(std::move(ref));
}

template<credential_provider Credentials>
net::awaitable<std::vector<descriptor>> basic_distribution_client<Credentials>::list_referrers(reference ref, digest subject,
                                                                                               std::string artifact_type)
{
    return session_->list_referrers(std::move(ref), std::move(subject), std::move(artifact_type));
}

template<credential_provider Credentials>
net::awaitable<void> basic_distribution_client<Credentials>::push_referrer(reference ref, manifest_document document)
{
    return session_->push_referrer(std::move(ref), std::move(document));
}
}  // namespace acrx
#endif
