// Bodies of context/detail/artifact_layer.hpp.
#ifndef ACRX_CONTEXT_IMPL_ARTIFACT_LAYER_IPP
#define ACRX_CONTEXT_IMPL_ARTIFACT_LAYER_IPP
#include <acrx/context/detail/artifact_layer.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/beneath.hpp>
#include <acrx/io/files.hpp>

#include <fcntl.h>

#include <cerrno>

namespace acrx::detail {
ACRX_DECL std::string annotation(descriptor const& layer, std::string_view name)
{
    auto const found = layer.annotations.find(std::string(name));
    return found == layer.annotations.end() ? std::string() : found->second;
}

ACRX_DECL std::string title_of(descriptor const& layer, std::string const& artifact)
{
    auto const title = annotation(layer, "org.opencontainers.image.title");
    auto clean = std::filesystem::path(title).lexically_normal().string();
    while (clean.ends_with('/'))
        clean.pop_back();
    if (title.starts_with('/') || clean == ".." || clean.starts_with("../") || title.find('\0') != std::string::npos)
        throw error(errc::outside_root, "fetching " + artifact + ": the title \"" + title.substr(0, 200) + "\" leads out of it");
    return clean == "." ? std::string() : clean;
}

ACRX_DECL bool is_packed_folder(descriptor const& layer)
{
    return annotation(layer, "io.deis.oras.content.unpack") == "true";
}

ACRX_DECL std::string packed_digest(descriptor const& layer)
{
    return annotation(layer, "io.deis.oras.content.digest");
}

ACRX_DECL unique_fd make_file(std::filesystem::path const& root, std::string const& path, std::string const& artifact)
{
    beneath const folder(root);
    auto const doing = "fetching " + artifact + ": writing \"" + path.substr(0, 200) + "\"";
    if (path.empty())
        throw error(errc::damaged, doing + ": a file without a name");
    for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
        if (!folder.open_if_there(path.substr(0, slash), O_PATH | O_DIRECTORY, links::beneath))
            folder.make_folder(path.substr(0, slash), links::beneath);
    try {
        return folder.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, links::beneath);
    } catch (error const& e) {
        if (e.code() == boost::system::errc::file_exists)
            throw error(errc::damaged, doing + ": two layers have that title");
        throw;
    }
}
}  // namespace acrx::detail
#endif
