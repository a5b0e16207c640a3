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

inline boost::json::object config_source(build_facts const& facts)
{
    boost::json::object source;
    if (!facts.context_location.empty())
        source["uri"] = facts.context_location;
    if (!facts.context_location.empty() && !facts.context_revision.empty())
        source["digest"] = commit_digest(facts.context_revision);
    source["path"] = facts.dockerfile_name;
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

inline boost::json::object run_metadata(build_facts const& facts, build_request const& request)
{
    boost::json::object metadata{
        {"invocationId", facts.invocation_id},
        {"startedOn", to_rfc3339(facts.started)},
        {"finishedOn", to_rfc3339(facts.ended)},
        {"buildkit_completeness", boost::json::object{{"request", is_max(request)}, {"resolvedDependencies", false}}},
        {"buildkit_reproducible", request.attestations.reproducible}};
    if (!is_max(request))
        return metadata;
    boost::json::object file{{"filename", facts.dockerfile_name}, {"language", "Dockerfile"}, {"data", to_base64(facts.dockerfile)}};
    boost::json::object source{{"infos", boost::json::array{std::move(file)}}};
    metadata["buildkit_metadata"] = boost::json::object{{"source", std::move(source)}};
    return metadata;
}
}  // namespace detail

ACRX_DECL attestation make_provenance(build_facts const& facts, build_request const& request)
{
    boost::json::object external{{"configSource", detail::config_source(facts)},
                                 {"request", detail::frontend_request(facts, request)}};
    boost::json::object definition{
        {"buildType", "https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md"},
        {"externalParameters", std::move(external)},
        {"internalParameters", boost::json::object{{"builderPlatform", to_string(request.build_platform)}}},
        {"resolvedDependencies", detail::dependencies(facts, request)}};
    auto const& id = request.attestations.builder_id;
    boost::json::object builder{{"id", id.empty() ? std::string("urn:acrx:quick-task") : id},
                                {"version", boost::json::object{{"acrx", version}}}};
    boost::json::object details{{"builder", std::move(builder)}, {"metadata", detail::run_metadata(facts, request)}};
    attestation result;
    result.predicate_type = provenance_type;
    result.predicate = {{"buildDefinition", std::move(definition)}, {"runDetails", std::move(details)}};
    return result;
}
}  // namespace acrx
#endif
