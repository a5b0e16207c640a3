// Bodies of task/step_cache.hpp.
#ifndef ACRX_TASK_IMPL_STEP_CACHE_IPP
#define ACRX_TASK_IMPL_STEP_CACHE_IPP
#include <acrx/core/error.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/task/step_cache.hpp>

#include <algorithm>
#include <cstddef>

namespace acrx {
namespace detail {
/// Whether the first part of a name is a host: it has a dot or a port, or is `localhost`.
inline bool begins_with_host(std::string_view name)
{
    auto const host = name.substr(0, name.find('/'));
    return host.size() < name.size() && (host.find_first_of(".:") != host.npos || host == "localhost");
}
}  // namespace detail

ACRX_DECL step_cache find_step_cache(std::vector<std::string> const& tags, std::string_view step_id,
                                     std::string_view task_name, std::string_view registry)
{
    constexpr std::size_t longest_tag = 128;
    if (tags.empty())
        return {{}, "the image has no name, so its layers have no place in a registry"};
    auto const in_registry = std::find_if(tags.begin(), tags.end(), detail::begins_with_host);
    if (in_registry == tags.end() && registry.empty())
        return {{}, "neither the image nor the run names a registry"};
    auto const name = in_registry != tags.end() ? *in_registry : std::string(registry) + '/' + tags.front();
    auto const tag = "cache_" + std::string(task_name.empty() ? "quickrun" : task_name) + '_' + std::string(step_id);
    if (tag.size() > longest_tag)
        return {{}, "the tag '" + tag + "' is longer than " + std::to_string(longest_tag) + " characters"};
    try {
        auto const image = parse_reference(name);
        auto const reference = image.domain + '/' + image.path + ':' + tag;
        static_cast<void>(parse_reference(reference));
        return {reference, {}};
    } catch (error const& e) {
        return {{}, e.text()};
    }
}
}  // namespace acrx
#endif
