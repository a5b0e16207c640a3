// Bodies of build/finish_image.hpp.
#ifndef ACRX_BUILD_IMPL_FINISH_IMAGE_IPP
#define ACRX_BUILD_IMPL_FINISH_IMAGE_IPP
#include <acrx/build/finish_image.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/image/media_types.hpp>

#include <algorithm>
#include <utility>

namespace acrx {
ACRX_DECL finished_image finish_image(oci_layout& store, stage_result stage, build_request const& request)
{
    // An image without any layer of its own has no time but now.
    std::optional<time_point> created = request.source_date_epoch;
    for (auto const& layer : stage.layers)
        if (!request.source_date_epoch)
            created = std::max(created.value_or(layer.created), layer.created);
    if (!created)
        created = system_clock().now();
    auto config = std::move(stage.config);
    config.created = created;
    config.history = std::move(stage.history);
    for (auto& entry : config.history)
        if (!entry.created)
            entry.created = created;
    for (auto const& layer : stage.layers)
        config.diff_ids.push_back(layer.layer.diff_id);

    auto const named = [&](std::string_view type) { return std::string(media_type::in_family(type, request.family)); };
    finished_image image;
    image.image.media_type = named(media_type::oci_manifest);
    image.image.config = store.write_blob(to_json_text(config), named(media_type::oci_config));
    for (auto const& layer : stage.layers) {
        auto blob = layer.layer.blob;
        blob.media_type = named(blob.media_type);
        image.image.layers.push_back(std::move(blob));
    }
    image.document = to_document(image.image);
    store.write_blob(image.document.bytes, image.document.media_type);
    image.layers = std::move(stage.layers);
    return image;
}

ACRX_DECL std::vector<reference> bases_of(build_plan const& plan)
{
    std::vector<reference> names;
    auto const add = [&](base_image const& base) {
        auto name = base.name;
        name.digest = base.manifest_digest;
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(std::move(name));
    };
    for (auto const& stage : plan.stages) {
        if (!stage)
            continue;
        if (auto const* base = std::get_if<from_image>(&stage->base))
            add(*base->image);
        for (auto const& step : stage->steps)
            if (auto const* copy = std::get_if<copy_operation>(&step.what))
                if (auto const* from = std::get_if<from_image>(&copy->origin))
                    add(*from->image);
    }
    return names;
}
}  // namespace acrx
#endif
