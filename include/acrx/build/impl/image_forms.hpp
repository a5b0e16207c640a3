// Bodies of build/image_forms.hpp.
#ifndef ACRX_BUILD_IMPL_IMAGE_FORMS_HPP
#define ACRX_BUILD_IMPL_IMAGE_FORMS_HPP
#include <acrx/build/detail/layer_conversion.hpp>
#include <acrx/build/image_forms.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/offload.hpp>

#include <string>
#include <utility>

namespace acrx {
namespace detail {
/// What the cache knows the converted layer by.
inline digest conversion_key(digest const& blob, layer_format const& format)
{
    return digest_of("convert/1 " + blob.str() + " " + std::to_string(static_cast<int>(format.compression)) + " "
                     + std::to_string(format.level) + (format.is_seekable ? " seekable" : ""));
}
}  // namespace detail

template<registry_client Registry, layer_cache Cache>
basic_image_forms<Registry, Cache>::basic_image_forms(basic_layer_store<Registry>& layers, Cache& cache,
                                                      net::any_io_executor pool, stage_result stage,
                                                      build_request const& request, image_context context)
    : layers_(layers), cache_(cache), pool_(std::move(pool)), stage_(std::move(stage)), request_(request),
      context_(std::move(context))
{}

template<registry_client Registry, layer_cache Cache>
net::awaitable<finished_image const*> basic_image_forms<Registry, Cache>::in(image_form form)
{
    for (auto const& [known, image] : made_)
        if (known == form)
            co_return &image;
    auto stage = stage_;
    for (auto& layer : stage.layers) {
        auto converted = co_await convert(layer, form.layers);
        layer = std::move(converted);
    }
    auto image = finish_image(layers_.store(), std::move(stage), request_, form, context_.base);
    attach(layers_.store(), image, context_.attestations, context_.names, form.has_artifacts);
    made_.emplace_back(std::move(form), std::move(image));
    co_return &made_.back().second;
}

template<registry_client Registry, layer_cache Cache>
net::awaitable<layer_ref> basic_image_forms<Registry, Cache>::convert(layer_ref layer, layer_format format)
{
    bool const stays = (layer.is_of_base() && !format.also_of_base) || detail::is_stored_as(layer.layer.blob, format);
    if (stays)
        co_return layer;
    if (format.is_seekable && layer.is_for_windows)
        throw error(errc::not_supported, "making eStargz layers of an image for Windows",
                    "Runtimes on Windows fetch whole layers: choose compression=gzip or zstd.");
    auto const key = detail::conversion_key(layer.layer.blob.digest, format);
    auto const known = co_await cache_.find(key);
    if (known && layers_.can_have(*known))
        co_return layer_ref{known->layer, layer.created, known->origin, true};
    auto const created = layer.created;
    auto converted = co_await write_converted(std::move(layer), format);
    cached_step const step{std::move(converted), created};
    co_await cache_.store(key, step);
    co_return layer_ref{step.layer, created, std::nullopt};
}

template<registry_client Registry, layer_cache Cache>
net::awaitable<packed_layer> basic_image_forms<Registry, Cache>::write_converted(layer_ref layer, layer_format format)
{
    co_await layers_.fetch(layer);
    auto& store = layers_.store();
    auto write = [&](std::stop_token stop) {
        return detail::convert_layer(store, layer.layer.blob.digest, format, std::move(stop));
    };
    auto converted = co_await offload(pool_, write);
    co_return converted;
}
}  // namespace acrx
#endif
