// A context source chosen at run time, by the location it is for.
#ifndef ACRX_CONTEXT_ANY_CONTEXT_HPP
#define ACRX_CONTEXT_ANY_CONTEXT_HPP

#include <acrx/context/context_source.hpp>
#include <acrx/context/empty_context.hpp>
#include <acrx/context/git_repository.hpp>
#include <acrx/context/local_archive.hpp>
#include <acrx/context/local_directory.hpp>
#include <acrx/context/location.hpp>
#include <acrx/context/oci_artifact.hpp>
#include <acrx/context/remote_tarball.hpp>
#include <acrx/context/standard_input.hpp>
#include <acrx/core/config.hpp>
#include <acrx/registry/registry_client.hpp>

#include <concepts>
#include <filesystem>
#include <string_view>
#include <utility>
#include <variant>

namespace acrx {
/// One of `Sources`.
template<context_source... Sources>
class any_context
{
public:
    static constexpr std::string_view scheme = "any";

    template<class Source>
        requires(std::same_as<Source, Sources> || ...)
    any_context(Source chosen) : chosen_(std::move(chosen))
    {}

    net::awaitable<build_context> fetch(std::filesystem::path const& into)
    {
        return std::visit([&](auto& source) { return source.fetch(into); }, chosen_);
    }

private:
    std::variant<Sources...> chosen_;
};

/// All sources that a location can name.
template<registry_client Registry>
using standard_context = any_context<local_directory, local_archive, git_repository, remote_tarball,
                                     oci_artifact<Registry>, standard_input, empty_context>;

/// The settings of the sources that have some.
struct context_options
{
    git_options git;
    download_options download;
};

/// Reads a location, where something of this machine that has such a name comes first.
/// @throws error (`errc::syntax`) for a git URL that contradicts itself
ACRX_DECL location find_location(std::string_view text);

/// The source for a location; nothing is opened or asked yet.
/// @param registry  for OCI artifacts
/// @throws error (`errc::syntax`) for an OCI artifact that is no reference
template<registry_client Registry>
standard_context<Registry> open_context(location const& where, Registry registry, context_options options = {})
{
    if (auto const* git = std::get_if<git_location>(&where))
        return git_repository(*git, std::move(options.git));
    if (auto const* web = std::get_if<web_location>(&where))
        return remote_tarball(*web, std::move(options.download));
    if (auto const* artifact = std::get_if<oci_location>(&where))
        return oci_artifact<Registry>(*artifact, std::move(registry), options.download.limits);
    if (std::holds_alternative<input_location>(where))
        return standard_input(0, options.download.limits);
    if (std::holds_alternative<empty_location>(where))
        return empty_context();
    auto const& path = std::get<local_location>(where).path;
    std::error_code unknown;
    if (std::filesystem::is_regular_file(path, unknown))
        return local_archive(path, options.download.limits);
    return local_directory(path);
}
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/any_context.ipp>
#endif
#endif
