// Bodies of build/local_image.hpp.
#ifndef ACRX_BUILD_IMPL_LOCAL_IMAGE_IPP
#define ACRX_BUILD_IMPL_LOCAL_IMAGE_IPP
#include <acrx/build/local_image.hpp>

#include <algorithm>
#include <string>

namespace acrx {
ACRX_DECL descriptor local_descriptor(finished_build const& build)
{
    auto entry = build.top();
    entry.annotations[std::string(local_only_annotation)] = "true";
    if (build.images.size() > 1)
        return entry;
    std::string origins;
    bool any = false;
    auto const& layers = build.images.front().layers;
    for (auto const& layer : layers) {
        if (&layer != layers.data())
            origins += ',';
        if (layer.origin)
            origins += layer.origin->domain + "/" + layer.origin->path;
        any = any || layer.origin;
    }
    if (any)
        entry.annotations[std::string(layer_origins_annotation)] = std::move(origins);
    return entry;
}

ACRX_DECL bool is_local_only(descriptor const& entry)
{
    return entry.annotations.contains(std::string(local_only_annotation));
}

ACRX_DECL std::vector<std::optional<reference>> layer_origins(descriptor const& entry, std::size_t layers)
{
    std::vector<std::optional<reference>> origins(layers);
    auto const noted = entry.annotations.find(std::string(layer_origins_annotation));
    if (noted == entry.annotations.end())
        return origins;
    std::string_view rest = noted->second;
    for (auto& origin : origins) {
        auto const name = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(name.size() + 1, rest.size()));
        if (!name.empty())
            origin = parse_reference(name);
    }
    return origins;
}
}  // namespace acrx
#endif
