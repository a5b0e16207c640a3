// Bodies of cli/detail/request_outputs.hpp.
#ifndef ACRX_CLI_IMPL_REQUEST_OUTPUTS_IPP
#define ACRX_CLI_IMPL_REQUEST_OUTPUTS_IPP
#include <acrx/build/attestation.hpp>
#include <acrx/build/image_forms.hpp>
#include <acrx/cli/detail/request_outputs.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/image_name.hpp>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace acrx::cli::detail {
inline image_names names_of(std::vector<std::string> const& given, std::string_view host, std::string_view run_id)
{
    std::vector<std::string> filled;
    for (auto const& name : given)
        filled.push_back(fill_in_run_id(name, run_id));
    return resolve_names(filled, host);
}

inline void append(std::vector<reference>& to, std::vector<reference> const& more)
{
    for (auto const& name : more)
        if (std::find(to.begin(), to.end(), name) == to.end())
            to.push_back(name);
}

/// `type=image`: how the image that is stored and pushed looks, and more names for it.
class image_names_collector
{
public:
    image_names_collector(quick_request& request, build_options const& options, std::string_view host,
                          std::string_view run_id)
        : request_(request), options_(options), host_(host), run_id_(run_id)
    {
        add(options.images, std::nullopt);
    }

    void add(build_output const& output)
    {
        if (options_.no_push && output.push == true)
            throw usage_error("--no-push contradicts --output with push=true");
        if (output.push == true && output.names.empty() && !has_names_)
            throw usage_error("--output: an image is to be pushed, and has no name",
                              "Give -t NAME:TAG, or name=NAME:TAG.");
        request_.build.form = form_of(output, request_.build.form);
        if (output.push_by_digest)
            return add_by_digest(output);
        if (output.is_canonical)
            add_canonical(output);
        if (!output.dangling_prefix.empty() && !has_names_ && output.names.empty())
            request_.local_by_digest.push_back(parse_reference(output.dangling_prefix));
        if (!output.names.empty())
            return add(output.names, output.push);
        if (output.push == false) {
            append(request_.local_names, request_.push_to);
            request_.push_to.clear();
        }
    }

private:
    bool pushes(std::optional<bool> push) const { return push.value_or(!options_.no_push); }

    void add(std::vector<std::string> const& given, std::optional<bool> push)
    {
        has_names_ = has_names_ || !given.empty();
        auto const names = names_of(given, host_, run_id_);
        append(request_.local_names, names.local_names);
        append(pushes(push) ? request_.push_to : request_.local_names, names.push_to);
    }

    /// The digest is a name, too: of the output's own names, or of all if it has none.
    void add_canonical(build_output const& output)
    {
        auto const names = names_of(output.names.empty() ? options_.images : output.names, host_, run_id_);
        append(pushes(output.push) ? request_.push_by_digest : request_.local_by_digest, names.push_to);
        append(request_.local_by_digest, names.local_names);
    }

    /// The image has a digest for a name, in registries as in the store.
    void add_by_digest(build_output const& output)
    {
        for (auto const& given : output.names)
            if (given.find(':', given.rfind('/') == given.npos ? 0 : given.rfind('/')) != given.npos)
                throw usage_error("--output: '" + given + "' has a tag, and is to be pushed by its digest",
                                  "Leave the tag away, or push-by-digest=true.");
        auto const names = names_of(output.names, host_, run_id_);
        if (names.push_to.empty())
            throw usage_error("--output: push-by-digest=true needs name=REGISTRY/REPOSITORY");
        has_names_ = true;
        append(pushes(output.push) ? request_.push_by_digest : request_.local_by_digest, names.push_to);
        append(request_.local_by_digest, names.local_names);
    }

    quick_request& request_;
    build_options const& options_;
    std::string_view host_;
    std::string_view run_id_;
    bool has_names_ = false;
};

inline void check_form(image_form const& form, bool has_index, bool has_attestations)
{
    auto const& texts = form.annotations;
    if (form.family == image_family::docker && (form.layers.compression == compression::zstd || form.layers.is_seekable))
        throw usage_error("Docker's media types have no zstd or estargz layers", "Use --format oci, or gzip layers.");
    bool const annotates_manifest = !texts.manifest.empty() || !texts.manifest_of.empty();
    bool const annotates_index =
        has_index && !(texts.index.empty() && texts.manifest_descriptor.empty() && texts.manifest_descriptor_of.empty());
    if (form.family == image_family::docker && (annotates_manifest || annotates_index || has_attestations))
        throw usage_error("Docker's media types have no annotations and no attestations", "Use --format oci.");
    if (!has_index && (!texts.index.empty() || !texts.index_descriptor.empty()))
        throw usage_error("annotations of an index need an index",
                          "Several platforms, --provenance=true, --sbom=true or --build-arg BUILDKIT_MULTI_PLATFORM=1 makes one.");
}

inline void check_kind(build_output const& output, std::size_t platforms)
{
    if (output.type == build_output::kind::docker && platforms > 1)
        throw usage_error("--output: a docker archive holds an image for one platform", "Use type=oci, or one --platform.");
}

inline void check_place(build_output const& output)
{
    std::error_code failed;
    auto const& dest = output.dest;
    bool const is_folder = output.type == build_output::kind::local || output.as_folder;
    if (is_folder ? std::filesystem::exists(dest, failed) && !std::filesystem::is_directory(dest, failed)
                  : std::filesystem::is_directory(dest, failed))
        throw usage_error("--output: '" + dest.string() + (is_folder ? "' is not a folder" : "' is a folder"));
    auto const name = dest.has_filename() ? dest : dest.parent_path();
    if (name.has_parent_path() && !std::filesystem::is_directory(name.parent_path(), failed))
        throw usage_error("--output: the folder of '" + dest.string() + "' does not exist");
}

/// No two outputs may write to one place, and standard output must be free for an archive.
inline void check_places(build_options const& options)
{
    std::set<std::filesystem::path> places;
    for (auto const& output : options.outputs) {
        if (!output.is_root() && !output.is_archive())
            continue;
        auto const place = output.is_to_stdout() ? output.dest : std::filesystem::absolute(output.dest).lexically_normal();
        if (!places.insert(place).second)
            throw usage_error(output.is_to_stdout() ? "only one --output can go to standard output"
                                                    : "two --output write to '" + output.dest.string() + "'");
        if (!output.is_to_stdout())
            check_place(output);
    }
    if (!writes_to_stdout(options))
        return;
    if (options.format != output_format::text)
        throw usage_error("-o and --output with '-' both need standard output", "Give --output a file.");
    if (::isatty(STDOUT_FILENO) == 1)
        throw usage_error("--output: an archive is not written to a terminal", "Give it a file, or redirect standard output.");
}

ACRX_DECL bool writes_to_stdout(build_options const& options)
{
    return std::any_of(options.outputs.begin(), options.outputs.end(),
                       [](build_output const& output) { return output.is_to_stdout(); });
}

/// Whether nobody wants an image: only `type=cacheonly` is asked for.
inline bool is_for_cache_only(build_options const& options)
{
    return !options.outputs.empty() && std::all_of(options.outputs.begin(), options.outputs.end(), [](auto const& output) {
        return output.type == build_output::kind::none;
    });
}

ACRX_DECL void add_outputs(quick_request& request, build_options const& options, std::string_view run_id)
{
    check_places(options);
    auto const host = registry_host(options.registry);
    auto& build = request.build;
    build.form = options.form;
    image_names_collector names(request, options, host, run_id);
    for (auto const& output : options.outputs)
        if (output.type == build_output::kind::image)
            names.add(output);
    if (is_for_cache_only(options)) {
        request.push_to.clear();
        request.local_names.clear();
    }
    build.attestations = options.attestations;
    bool const has_attestations = build.attestations.any();
    bool const has_index = wants_index(build) || request.platforms.size() > 1;
    check_form(build.form, has_index, has_attestations);
    for (auto output : options.outputs) {
        build.rewrite_timestamp = build.rewrite_timestamp || output.rewrite_timestamp;
        if (!output.is_root() && !output.is_archive())
            continue;
        check_kind(output, request.platforms.size());
        if (!output.is_root())
            check_form(form_of(output, build.form), has_index, has_attestations);
        auto const resolved = names_of(output.names, host, run_id);
        output.names.clear();
        for (auto const* list : {&resolved.push_to, &resolved.local_names})
            for (auto const& name : *list)
                output.names.push_back(to_string(name));
        request.outputs.push_back(std::move(output));
    }
    build.complete_store = request.push_to.empty() && request.push_by_digest.empty();
}
}  // namespace acrx::cli::detail
#endif
