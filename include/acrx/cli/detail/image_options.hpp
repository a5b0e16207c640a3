// The options of a build that say what its image is called, looks like and comes out as.
#ifndef ACRX_CLI_DETAIL_IMAGE_OPTIONS_HPP
#define ACRX_CLI_DETAIL_IMAGE_OPTIONS_HPP

#include <acrx/build/parse_annotation.hpp>
#include <acrx/build/parse_attestation.hpp>
#include <acrx/build/parse_output.hpp>
#include <acrx/cli/add_option.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/cli/detail/build_words.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/option_words.hpp>

#include <CLI/App.hpp>

#include <memory>
#include <set>
#include <string>

namespace acrx::cli::detail {
inline void add_attestation_options(CLI::App& app, build_options& o)
{
    auto once = [asked = std::make_shared<std::set<std::string>>()](std::string const& type) {
        if (!asked->insert(type).second)
            throw usage_error("the attestation of " + type + " is asked for more than once",
                              "Give --provenance or --sbom, or one --attest for each type.");
    };
    add_read(app, "--provenance", "Attach how the image came to be (SLSA): true, false, mode=min|max, version=v1|v0.2; else false",
             [&o, once](std::string const& v) {
                 once("type=provenance");
                 parse_provenance(v, o.attestations);
             })
        ->type_name("MODE");
    add_read(app, "--sbom", "Attach the list of packages in the image (SPDX): true or false; else false",
             [&o, once](std::string const& v) {
                 once("type=sbom");
                 parse_sbom(v, o.attestations);
             })
        ->type_name("BOOL");
    add_read(app, "--attest", "The same two as type=provenance|sbom[,KEY=VALUE], such as filename=NAME; repeatable",
             [&o, once](std::string const& v) {
                 for (auto const* type : {"type=provenance", "type=sbom"})
                     if (v.find(type) != std::string::npos)
                         once(type);
                 parse_attest(v, o.attestations);
             })
        ->type_name("SPEC");
}

inline void add_image_options(CLI::App& app, build_options& o)
{
    app.add_option("-r,--registry", o.registry, "Where names without a registry are pushed to")->type_name("HOST");
    add_list(app, "-t,--image,--tag", o.images, "Name of the image, may hold {{.Run.ID}}; repeatable")->type_name("NAME:TAG");
    auto* const no_push = app.add_flag("--no-push,--load", o.no_push, "Build only: the image stays in the local store");
    app.add_flag("--push", o.push, "Accepted: images are pushed to the registries that their names say")->excludes(no_push);
    add_read(app, "--output", "Also write type=oci|docker|tar|local,dest=PATH, or type=image|cacheonly; PATH alone is a folder, - a tar; repeatable",
             [&o](std::string const& v) { o.outputs.push_back(parse_output(v)); })
        ->type_name("SPEC");
    app.add_option("--iidfile", o.id_file, "Write the image id there")->type_name("FILE");
    app.add_option("--metadata-file", o.metadata_file, "Write the image's digests and names there as JSON")->type_name("FILE");
    add_read(app, "--compression", "Of new layers: gzip[:0-2], zstd[:1-19], estargz[:0-2], none",
             [&o](std::string const& v) { o.form.layers = parse_compression(v); })
        ->type_name("KIND[:LEVEL]");
    add_read(app, "--format", "Of the manifest: oci or docker",
             [&o](std::string const& v) {
                 o.form.family = choose<image_family>("--format", v, {{"oci", image_family::oci}, {"docker", image_family::docker}});
             })
        ->type_name("oci|docker");
    app.add_flag("--squash", o.squash, "Make one layer of all that the build adds to its base");
    add_list(app, "--label", o.labels, "Label of the image; repeatable")->type_name("K=V");
    add_read(app, "--annotation", "Annotation of the manifest, or manifest[PLATFORM]:, index:, manifest-descriptor:, index-descriptor:K=V; repeatable",
             [&o](std::string const& v) { parse_annotation(v, o.form.annotations); })
        ->type_name("[PLACE:]K=V");
    add_attestation_options(app, o);
}
}  // namespace acrx::cli::detail
#endif
