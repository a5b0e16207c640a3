// A layer cache that several machines share, as `--cache-from` and `--cache-to` name it.
#ifndef ACRX_BUILD_SHARED_CACHE_HPP
#define ACRX_BUILD_SHARED_CACHE_HPP

#include <acrx/build/build_output.hpp>
#include <acrx/cache/cache_image.hpp>
#include <acrx/image/reference.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace acrx {
/// An image in a registry, or in an OCI image layout on this machine, that holds cached layers.
struct shared_cache
{
    reference name;                     ///< of the image
    std::filesystem::path folder = {};  ///< the layout; empty for a registry
    bool all_steps = false;             ///< mode=max: save every step of every stage, not only the layers of the result
    cache_form form = cache_form::manifest;  ///< that it is saved in
    bool is_inline = false;             ///< in the config of the image that is built; it has no name then
    std::optional<layer_format> layers = {};  ///< what saved layers are stored as; nothing leaves them as they are

    bool operator==(shared_cache const&) const = default;
};

/// How a note calls it.
inline std::string name_of(shared_cache const& cache)
{
    return cache.folder.empty() ? familiar(cache.name) : cache.folder.string();
}
}  // namespace acrx
#endif
