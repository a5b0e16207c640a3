// Bodies of build/provenance.hpp.
#ifndef ACRX_BUILD_IMPL_PROVENANCE_IPP
#define ACRX_BUILD_IMPL_PROVENANCE_IPP
#include <acrx/build/provenance.hpp>
#include <acrx/core/base64.hpp>
#include <acrx/version.hpp>

#include <boost/json/array.hpp>

#include <utility>

namespace acrx {
namespace detail {
inline bool is_max(build_request const& request)
{
    return request.attestations.provenance == provenance_mode::max;
}

inline boost::json::object digest_set(digest const& id)
{
    return {{id.algorithm(), id.encoded()}};
}

/// A commit is named by its SHA-1, or in new repositories by its SHA-256.
inline boost::json::object commit_digest(std::string const& commit)
{
    return {{commit.size() == 64 ? "sha256" : "sha1", commit}};
}

/// @param file_key  what the version calls the Dockerfile
inline boost::json::object config_source(build_facts const& facts, std::string_view file_key)
{
    boost::json::object source;
    if (!facts.context_location.empty())
        source["uri"] = facts.context_location;
    if (!facts.context_location.empty() && !facts.context_revision.empty())
        source["digest"] = commit_digest(facts.context_revision);
    source[file_key] = facts.dockerfile_name;
    return source;
}

inline boost::json::object frontend_request(build_facts const& facts, build_request const& request)
{
    boost::json::object args;
    if (!request.target.empty())
        args["target"] = request.target;
    if (is_max(request)) {
        for (auto const& [name, value] : request.build_args)
            if (!request.secret_args.contains(name))
                args["build-arg:" + name] = value;
        for (auto const& [name, value] : request.labels)
            args["label:" + name] = value;
    }
    boost::json::object parameters{{"frontend", "dockerfile.v0"}, {"args", std::move(args)}};
    if (facts.context_location.empty())
        parameters["locals"] = boost::json::array{boost::json::object{{"name", "context"}},
                                                  boost::json::object{{"name", "dockerfile"}}};
    if (!is_max(request))
        return parameters;
    boost::json::array secrets;
    for (auto const& [id, value] : request.secrets)
        secrets.emplace_back(boost::json::object{{"id", id}, {"optional", true}});
    boost::json::array agents;
    for (auto const& [id, source] : request.ssh_agents)
        agents.emplace_back(boost::json::object{{"id", id}, {"optional", true}});
    if (!secrets.empty())
        parameters["secrets"] = std::move(secrets);
    if (!agents.empty())
        parameters["ssh"] = std::move(agents);
    return parameters;
}

inline boost::json::array dependencies(build_facts const& facts, build_request const& request)
{
    boost::json::array all;
    for (auto const& image : facts.images) {
        auto name = image;
        if (!name.tag.empty())
            name.digest = {};
        all.emplace_back(boost::json::object{{"uri", package_url(name, request.platform)}, {"digest", digest_set(image.digest)}});
    }
    if (!facts.context_location.empty() && !facts.context_revision.empty())
        all.emplace_back(boost::json::object{{"uri", facts.context_location}, {"digest", commit_digest(facts.context_revision)}});
    return all;
}

/// What is said of the steps in the full mode, beyond SLSA.
inline boost::json::object step_sources(build_facts const& facts)
{
    boost::json::object file{{"filename", facts.dockerfile_name}, {"language", "Dockerfile"}, {"data", to_base64(facts.dockerfile)}};
    boost::json::object source{{"infos", boost::json::array{std::move(file)}}};
    return {{"source", std::move(source)}};
}

inline std::string builder_id(build_request const& request)
{
    auto const& id = request.attestations.builder_id;
    return id.empty() ? std::string("urn:acrx:quick-task") : id;
}

inline boost::json::object run_metadata(build_facts const& facts, build_request const& request)
{
    boost::json::object metadata{
        {"invocationId", facts.invocation_id},
        {"startedOn", to_rfc3339(facts.started)},
        {"finishedOn", to_rfc3339(facts.ended)},
        {"buildkit_completeness", boost::json::object{{"request", is_max(request)}, {"resolvedDependencies", false}}},
        {"buildkit_reproducible", request.attestations.reproducible}};
    if (is_max(request))
        metadata["buildkit_metadata"] = step_sources(facts);
    return metadata;
}

inline boost::json::object predicate_v1(build_facts const& facts, build_request const& request)
{
    boost::json::object external{{"configSource", config_source(facts, "path")}, {"request", frontend_request(facts, request)}};
    boost::json::object definition{
        {"buildType", "https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md"},
        {"externalParameters", std::move(external)},
        {"internalParameters", boost::json::object{{"builderPlatform", to_string(request.build_platform)}}},
        {"resolvedDependencies", dependencies(facts, request)}};
    boost::json::object builder{{"id", builder_id(request)}, {"version", boost::json::object{{"acrx", version}}}};
    boost::json::object details{{"builder", std::move(builder)}, {"metadata", run_metadata(facts, request)}};
    return {{"buildDefinition", std::move(definition)}, {"runDetails", std::move(details)}};
}

inline boost::json::object run_metadata_v0_2(build_facts const& facts, build_request const& request)
{
    boost::json::object completeness{{"parameters", is_max(request)}, {"environment", true}, {"materials", false}};
    boost::json::object metadata{{"buildInvocationId", facts.invocation_id},
                                 {"buildStartedOn", to_rfc3339(facts.started)},
                                 {"buildFinishedOn", to_rfc3339(facts.ended)},
                                 {"completeness", std::move(completeness)},
                                 {"reproducible", request.attestations.reproducible}};
    if (is_max(request))
        metadata["https://mobyproject.org/buildkit@v1#metadata"] = step_sources(facts);
    return metadata;
}

inline boost::json::object predicate_v0_2(build_facts const& facts, build_request const& request)
{
    boost::json::object invocation{
        {"configSource", config_source(facts, "entryPoint")},
        {"parameters", frontend_request(facts, request)},
        {"environment", boost::json::object{{"platform", to_string(request.build_platform)}}}};
    return {{"builder", boost::json::object{{"id", builder_id(request)}}},
            {"buildType", "https://mobyproject.org/buildkit@v1"},
            {"materials", dependencies(facts, request)},
            {"invocation", std::move(invocation)},
            {"metadata", run_metadata_v0_2(facts, request)}};
}
}  // namespace detail

ACRX_DECL attestation make_provenance(build_facts const& facts, build_request const& request)
{
    if (request.attestations.version == provenance_version::v0_2)
        return {std::string(provenance_v0_2_type), detail::predicate_v0_2(facts, request)};
    return {std::string(provenance_type), detail::predicate_v1(facts, request)};
}
}  // namespace acrx
#endif
