// Bodies of build/finish_image.hpp.
#ifndef ACRX_BUILD_IMPL_FINISH_IMAGE_IPP
#define ACRX_BUILD_IMPL_FINISH_IMAGE_IPP
#include <acrx/build/finish_image.hpp>
#include <acrx/cache/cache_image.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/image/media_types.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
/// The annotations of a manifest: those that name its base, unless the user says otherwise.
inline image_annotations::texts manifest_annotations(image_form const& form, platform const& platform,
                                                     base_image const* base)
{
    auto texts = texts_for(platform, form.annotations.manifest_of, form.annotations.manifest);
    if (base == nullptr || form.family != image_family::oci)
        return texts;
    auto name = base->name;
    if (!name.tag.empty())
        name.digest = {};
    texts.try_emplace("org.opencontainers.image.base.name", to_string(name));
    texts.try_emplace("org.opencontainers.image.base.digest", base->named_digest.str());
    return texts;
}

inline bool wants_inline_cache(build_request const& request)
{
    auto const arg = request.build_args.find("BUILDKIT_INLINE_CACHE");
    bool const is_asked = arg != request.build_args.end() && arg->second == "1";
    return is_asked || std::any_of(request.cache_to.begin(), request.cache_to.end(), [](auto const& to) { return to.is_inline; });
}

/// The layers that steps made, by their places in the image.
inline std::vector<inline_step> inline_steps(std::vector<layer_ref> const& layers)
{
    std::vector<inline_step> steps;
    for (std::size_t i = 0; i < layers.size(); ++i)
        if (layers[i].keys)
            steps.push_back({layers[i].keys->lookup, i, layers[i].created});
    return steps;
}

inline std::string seconds_text(time_point time)
{
    return std::to_string(std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
}
}  // namespace detail

ACRX_DECL time_point time_of(stage_result const& stage, build_request const& request)
{
    if (request.source_date_epoch)
        return *request.source_date_epoch;
    std::optional<time_point> newest;
    for (auto const& layer : stage.layers)
        newest = std::max(newest.value_or(layer.created), layer.created);
    return newest ? *newest : system_clock().now();
}

ACRX_DECL finished_image finish_image(oci_layout& store, stage_result stage, build_request const& request,
                                      image_form const& form, base_image const* base)
{
    auto const created = time_of(stage, request);
    auto config = std::move(stage.config);
    config.created = created;
    config.history = std::move(stage.history);
    for (auto& entry : config.history)
        if (!entry.created)
            entry.created = created;
    for (auto const& layer : stage.layers)
        config.diff_ids.push_back(layer.layer.diff_id);

    if (detail::wants_inline_cache(request))
        config.others["moby.buildkit.cache.v0"] = to_inline_cache(detail::inline_steps(stage.layers));

    auto const named = [&](std::string_view type) { return std::string(media_type::in_family(type, form.family)); };
    finished_image image;
    image.platform = request.platform;
    if (auto const& own = config.platform; own.os == "windows" && image.platform.os == own.os) {
        image.platform.os_version = own.os_version;
        image.platform.os_features = own.os_features;
    }
    image.image.media_type = named(media_type::oci_manifest);
    image.image.config = store.write_blob(to_json_text(config), named(media_type::oci_config));
    for (auto const& layer : stage.layers) {
        auto blob = layer.layer.blob;
        if (!form.keeps_foreign) {
            blob.media_type = media_type::distributable(blob.media_type);
            blob.urls.clear();
        }
        blob.media_type = named(blob.media_type);
        if (!layer.is_of_base() && request.rewrite_timestamp && request.source_date_epoch && form.family == image_family::oci)
            blob.annotations["buildkit/rewritten-timestamp"] = detail::seconds_text(*request.source_date_epoch);
        image.image.layers.push_back(std::move(blob));
    }
    image.image.annotations = detail::manifest_annotations(form, request.platform, base);
    image.document = to_document(image.image);
    store.write_blob(image.document.bytes, image.document.media_type);
    image.layers = std::move(stage.layers);
    image.created = created;
    return image;
}

ACRX_DECL base_image const* base_of(build_plan const& plan)
{
    auto const* stage = &plan.stages.at(plan.target);
    while (auto const* below = std::get_if<from_stage>(&(*stage)->base))
        stage = &plan.stages.at(below->index);
    auto const* image = std::get_if<from_image>(&(*stage)->base);
    return image == nullptr || image->image->is_here ? nullptr : image->image.get();
}

namespace detail {
/// The images of registries that a plan starts from or copies from, each as often as it does.
inline std::vector<base_image const*> used_images(build_plan const& plan)
{
    std::vector<base_image const*> images;
    auto const add = [&](file_origin const& origin) {
        auto const* from = std::get_if<from_image>(&origin);
        if (from != nullptr && !from->image->is_here)  // the name of one that is here is that of a context
            images.push_back(from->image.get());
    };
    for (auto const& stage : plan.stages) {
        if (!stage)
            continue;
        if (auto const* base = std::get_if<from_image>(&stage->base))
            add(*base);
        for (auto const& step : stage->steps)
            if (auto const* copy = std::get_if<copy_operation>(&step.what))
                add(copy->origin);
    }
    return images;
}

inline void add_once(std::vector<reference>& names, base_image const& image, digest const& id)
{
    auto name = image.name;
    name.digest = id;
    if (std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(std::move(name));
}
}  // namespace detail

ACRX_DECL std::vector<reference> bases_of(build_plan const& plan)
{
    std::vector<reference> names;
    for (auto const* image : detail::used_images(plan))
        detail::add_once(names, *image, image->manifest_digest);
    return names;
}

ACRX_DECL base_names base_names_of(build_plan const& plan)
{
    base_names names;
    auto const* runtime = base_of(plan);
    if (runtime != nullptr) {
        names.runtime = runtime->name;
        names.runtime->digest = runtime->named_digest;
    }
    for (auto const* image : detail::used_images(plan))
        if (runtime == nullptr || image->name != runtime->name)
            detail::add_once(names.buildtime, *image, image->named_digest);
    return names;
}
}  // namespace acrx
#endif
