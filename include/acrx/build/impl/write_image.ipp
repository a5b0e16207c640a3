// Bodies of build/write_image.hpp.
#ifndef ACRX_BUILD_IMPL_WRITE_IMAGE_IPP
#define ACRX_BUILD_IMPL_WRITE_IMAGE_IPP
#include <acrx/build/write_image.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/registry/image_archive.hpp>

#include <unistd.h>

#include <chrono>
#include <string>

namespace acrx {
namespace detail {
/// The entry of the image in `index.json`.
inline descriptor archive_entry_of(finished_build const& build, image_form const& form)
{
    auto entry = build.top();
    auto const& texts = form.annotations;
    auto const more = build.index ? texts.index_descriptor
                                  : texts_for(build.images.front().platform, texts.manifest_descriptor_of, texts.manifest_descriptor);
    entry.annotations["org.opencontainers.image.created"] =
        to_rfc3339(std::chrono::floor<std::chrono::seconds>(build.images.front().created));
    for (auto const& [key, value] : more)
        entry.annotations[key] = value;
    return entry;
}
}  // namespace detail

ACRX_DECL void write_image(oci_layout const& store, finished_build const& build, image_form const& form,
                           build_output const& output, std::vector<reference> const& names, std::stop_token stop)
{
    auto const entry = detail::archive_entry_of(build, form);
    std::vector<reference> own;
    for (auto const& name : output.names)
        own.push_back(parse_reference(name));
    auto const& used = own.empty() ? names : own;
    bool const is_docker = output.type == build_output::kind::docker;
    if (output.as_folder)
        write_oci_folder(store, entry, used, output.dest, stop);
    else if (output.is_to_stdout())
        is_docker ? write_docker_archive(store, entry, used, STDOUT_FILENO, stop)
                  : write_oci_archive(store, entry, used, STDOUT_FILENO, stop);
    else
        is_docker ? write_docker_archive(store, entry, used, output.dest, stop)
                  : write_oci_archive(store, entry, used, output.dest, stop);
}
}  // namespace acrx
#endif
