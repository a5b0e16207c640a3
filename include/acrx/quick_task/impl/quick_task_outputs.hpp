// Bodies of quick_task.hpp: what becomes of the images that are built.
#ifndef ACRX_QUICK_TASK_IMPL_QUICK_TASK_OUTPUTS_HPP
#define ACRX_QUICK_TASK_IMPL_QUICK_TASK_OUTPUTS_HPP
#include <acrx/build/attestation.hpp>
#include <acrx/build/attestation_files.hpp>
#include <acrx/build/bill_of_materials.hpp>
#include <acrx/build/find_packages.hpp>
#include <acrx/build/finish_image.hpp>
#include <acrx/build/image_forms.hpp>
#include <acrx/build/local_image.hpp>
#include <acrx/build/push_image.hpp>
#include <acrx/build/root_export.hpp>
#include <acrx/build/write_image.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/quick_task.hpp>

#include <unistd.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
/// Where the files of one of several platforms go: `linux_arm_v7`.
inline std::string folder_of(platform const& platform)
{
    auto name = to_string(platform);
    std::replace(name.begin(), name.end(), '/', '_');
    return name;
}

/// The names, and the image's digest as the name that it has in the repositories.
inline std::vector<reference> all_names(std::vector<reference> names, std::vector<reference> const& repositories,
                                        digest const& id)
{
    for (auto const& repository : repositories)
        names.push_back(by_digest(repository, id));
    return names;
}

inline std::string file_name_of(attestation_file const& file)
{
    return file.inline_only ? std::string() : file.name;
}

/// The files of one platform, and what is said of its image.
struct platform_root
{
    stage_files files;
    std::vector<attestation> attestations;
};

/// The files of all platforms. @param split  puts each into a folder of its own
inline std::vector<layer_item> items_of(std::map<std::string, platform_root> const& roots, std::optional<time_point> epoch,
                                        bool split)
{
    bool const shares_folder = !split && roots.size() > 1;
    std::vector<std::vector<layer_item>> all;
    for (auto const& [folder, root] : roots) {
        auto items = root_items(root.files, epoch);
        auto attestations = root.attestations;
        for (auto& one : attestations)  // provenance.linux_arm64.json
            if (shares_folder && !one.file_name.empty())
                one.file_name.insert(std::min(one.file_name.rfind('.'), one.file_name.size()), "." + folder);
        add_attestations(items, attestations, epoch.value_or(system_clock().now()));
        all.push_back(split ? below_folder(folder, std::move(items)) : std::move(items));
    }
    return all.size() == 1 ? std::move(all.front()) : merge_roots(std::move(all));
}
}  // namespace detail

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<image_context> basic_quick_task<Context, R, C, S, E>::attest(quick_request const& request,
                                                                            build_request const& build,
                                                                            basic_layer_store<R>& layers,
                                                                            stage_result const& stage,
                                                                            build_facts facts)
{
    image_context about;
    about.names = names_of(request);
    if (build.attestations.sbom) {
        auto const files = co_await find_package_files(layers, stage.layers, pool_);
        auto const packages = packages_in(files);
        auto const name = about.names.empty() ? std::string("image") : familiar(about.names.front());
        about.attestations.push_back(make_bill_of_materials(name, packages, distribution_in(files), time_of(stage, build)));
        about.attestations.back().file_name = detail::file_name_of(build.attestations.sbom_file);
    }
    if (build.attestations.provenance != provenance_mode::none) {
        about.attestations.push_back(make_provenance(facts, build));
        about.attestations.back().file_name = detail::file_name_of(build.attestations.provenance_file);
    }
    co_return about;
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<finished_build> basic_quick_task<Context, R, C, S, E>::finish(quick_request const& request,
                                                                             std::span<platform_build const> parts,
                                                                             image_form form)
{
    finished_build made;
    for (auto const& part : parts) {
        auto const* image = co_await part.forms->in(form);
        made.images.push_back(*image);
    }
    if (parts.size() > 1 || wants_index(request.build))
        make_index(store_, made, form);
    co_return made;
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_quick_task<Context, R, C, S, E>::write_roots(prepared_build const& build,
                                                                        std::span<platform_build const> parts)
{
    auto const& outputs = build.request.outputs;
    if (std::none_of(outputs.begin(), outputs.end(), [](auto const& output) { return output.is_root(); }))
        co_return;
    std::map<std::string, detail::platform_root> roots;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto root = co_await parts[i].solver->files_of(parts[i].forms->layers());
        roots.emplace(detail::folder_of(build.plans[i].request.platform),
                      detail::platform_root{std::move(root), parts[i].forms->attestations()});
    }
    auto const epoch = build.request.build.source_date_epoch;
    auto write = [&](std::stop_token stop) {
        std::map<bool, std::vector<layer_item>> made;  // by whether each platform has a folder
        for (auto const& output : outputs) {
            if (!output.is_root())
                continue;
            bool const split = output.platform_split.value_or(roots.size() > 1);
            if (!made.contains(split))
                made.emplace(split, detail::items_of(roots, epoch, split));
            auto const& items = made.at(split);
            if (output.type == build_output::kind::local)
                write_root_folder(items, output.dest, stop, output.replaces);
            else if (output.is_to_stdout())
                write_root_archive(items, STDOUT_FILENO, build.scratch, stop);
            else
                write_root_archive(items, output.dest, build.scratch, stop);
        }
    };
    co_await offload(pool_, write);
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_quick_task<Context, R, C, S, E>::write_archives(prepared_build const& build,
                                                                           std::span<platform_build const> parts)
{
    auto const& request = build.request;
    auto const names = names_of(request);
    for (auto const& output : request.outputs) {
        if (!output.is_archive())
            continue;
        auto const form = form_of(output, request.build.form);
        auto const made = co_await finish(request, parts, form);
        bool const is_docker = output.type == build_output::kind::docker;  // `docker load` wants every layer
        for (auto const& image : made.images) {
            auto needed = is_docker ? image.layers : image.own_layers();
            co_await build.layers.fetch_all(std::move(needed));
        }
        auto write = [&](std::stop_token stop) { write_image(store_, made, form, output, names, stop); };
        co_await offload(pool_, write);
    }
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_quick_task<Context, R, C, S, E>::publish(quick_request const& request,
                                                                    finished_build const& build,
                                                                    basic_layer_store<R>& layers,
                                                                    quick_result& result)
{
    bool const is_named = !names_of(request).empty() || !request.push_by_digest.empty() || !request.local_by_digest.empty();
    if (!is_named)
        store_.keep(result.image);
    for (auto const& name : detail::all_names(request.local_names, request.local_by_digest, result.image.digest)) {
        tag_once(name, local_descriptor(build));
        result.tagged.push_back(name);
    }
    for (auto const& name : detail::all_names(request.push_to, request.push_by_digest, result.image.digest)) {
        co_await push_image(registry_, layers, build, name);
        tag_once(name, result.image);
        result.pushed.push_back(name);
        result.tagged.push_back(name);
    }
}

template<context_source Context, registry_client R, layer_cache C, snapshotter S, step_executor E>
void basic_quick_task<Context, R, C, S, E>::tag_once(reference const& name, descriptor const& image)
{
    auto const known = store_.find(to_string(name));
    auto const note = std::string(layer_origins_annotation);
    if (!known || known->digest != image.digest || is_local_only(*known) != is_local_only(image)
        || known->annotations.contains(note) != image.annotations.contains(note))
        store_.tag(name, image);
}
}  // namespace acrx
#endif
