// Makes the images of one finished stage: one for each form that an output asks for.
#ifndef ACRX_BUILD_IMAGE_FORMS_HPP
#define ACRX_BUILD_IMAGE_FORMS_HPP

#include <acrx/build/attestation.hpp>
#include <acrx/build/build_output.hpp>
#include <acrx/build/build_request.hpp>
#include <acrx/build/finish_image.hpp>
#include <acrx/build/layer_store.hpp>
#include <acrx/build/plan.hpp>
#include <acrx/cache/layer_cache.hpp>
#include <acrx/registry/registry_client.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <list>
#include <utility>
#include <vector>

namespace acrx {
/// What all forms of an image have in common beside its layers.
struct image_context
{
    base_image const* base = nullptr;       ///< what it starts from; null for scratch
    std::vector<attestation> attestations;  ///< that are attached
    std::vector<reference> names;           ///< of the image, for the attestations
};

/// Layers that are stored in another way than a form asks for are converted, once a machine: the cache remembers it.
/// @par Thread safety  one strand; must stay in place while `in` is awaited
template<registry_client Registry, layer_cache Cache>
class basic_image_forms
{
public:
    /// @param request, layers, cache  must outlive this
    basic_image_forms(basic_layer_store<Registry>& layers, Cache& cache, net::any_io_executor pool, stage_result stage,
                      build_request const& request, image_context context);

    /// The image in this form, written to the store. @return  lives as long as this
    net::awaitable<finished_image const*> in(image_form form);
    /// The layers as the steps left them, base first.
    std::vector<layer_ref> const& layers() const noexcept { return stage_.layers; }
    /// What is said about each form of the image.
    std::vector<attestation> const& attestations() const noexcept { return context_.attestations; }

private:
    net::awaitable<layer_ref> convert(layer_ref layer, layer_format format);
    net::awaitable<packed_layer> write_converted(layer_ref layer, layer_format format);

    basic_layer_store<Registry>& layers_;
    Cache& cache_;
    net::any_io_executor pool_;
    stage_result stage_;
    build_request const& request_;
    image_context context_;
    std::list<std::pair<image_form, finished_image>> made_;
};
}  // namespace acrx

#include <acrx/build/impl/image_forms.hpp>
#endif
