// Bodies of server/run_json.hpp: runs.
#ifndef ACRX_SERVER_IMPL_RUN_JSON_IPP
#define ACRX_SERVER_IMPL_RUN_JSON_IPP
#include <acrx/core/clock.hpp>
#include <acrx/server/run_json.hpp>
#include <acrx/server/step_json.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace acrx {
namespace detail {
inline boost::json::object to_json(updated_image const& image)
{
    boost::json::object made;
    put(made, "registry", image.registry);
    put(made, "repository", image.repository);
    put(made, "tag", image.tag);
    put(made, "digest", image.digest.str());
    return made;
}

inline boost::json::array to_json(std::vector<updated_image> const& images)
{
    boost::json::array list;
    for (auto const& each : images)
        list.push_back(to_json(each));
    return list;
}

/// Adds the field that says why a run began. `manualTrigger` is none of ACR, which does not tell who asked.
struct cause_writer
{
    boost::json::object& into;
    run_cause const& cause;

    void operator()(git_push const& push) const
    {
        boost::json::object made;
        made["eventType"] = "Commit";
        made["commitId"] = push.commit;
        put(made, "branchName", push.branch.empty() ? push.tag : push.branch);
        finish(std::move(made), push.repository_url);
    }
    void operator()(pull_request const& pull) const
    {
        boost::json::object made;
        made["eventType"] = "PullRequest";
        made["commitId"] = pull.commit;
        made["pullRequestId"] = std::to_string(pull.number);
        put(made, "branchName", pull.target_branch);
        finish(std::move(made), pull.repository_url);
    }
    void operator()(image_update const& update) const
    {
        boost::json::object made;
        put(made, "id", cause.event.id);
        made["timestamp"] = to_rfc3339(cause.at);
        made["images"] = to_json(update.images);
        into["imageUpdateTrigger"] = std::move(made);
    }
    void operator()(timer_tick const& tick) const
    {
        boost::json::object made;
        made["timerTriggerName"] = tick.timer;
        made["scheduleOccurrence"] = to_rfc3339(tick.occurrence);
        into["timerTrigger"] = std::move(made);
    }
    void operator()(manual_request const& asked) const
    {
        if (!asked.requester.empty())
            into["manualTrigger"] = boost::json::object{{"requester", asked.requester}};
    }

    void finish(boost::json::object made, std::string const& repository) const
    {
        put(made, "id", cause.event.id);
        made["repositoryUrl"] = repository;
        put(made, "providerType", cause.event.provider);
        into["sourceTrigger"] = std::move(made);
    }
};
}  // namespace detail

ACRX_DECL boost::json::object to_json(run_record const& run, arm_path const& path)
{
    boost::json::object inner;
    inner["runId"] = run.id;
    inner["status"] = to_string(run.status);
    inner["lastUpdatedTime"] = to_rfc3339(run.updated);
    inner["runType"] = to_string(run.type);
    detail::put(inner, "agentPoolName", run.agent_pool);
    inner["createTime"] = to_rfc3339(run.created);
    if (run.started)
        inner["startTime"] = to_rfc3339(*run.started);
    if (run.finished)
        inner["finishTime"] = to_rfc3339(*run.finished);
    inner["outputImages"] = detail::to_json(run.outputs);
    detail::put(inner, "task", run.task);
    std::visit(detail::cause_writer{inner, run.cause}, run.cause.event.what);
    inner["platform"] = to_json(run.platform);
    inner["agentConfiguration"] = to_json_agent(run.cpu);
    detail::put(inner, "sourceRegistryAuth", run.source_registry_login);
    inner["customRegistries"] = detail::to_json_list(run.custom_registries);
    detail::put(inner, "runErrorMessage", run.error);
    detail::put(inner, "updateTriggerToken", run.update_token);
    if (run.log_image)
        inner["logArtifact"] = detail::to_json(*run.log_image);
    inner["provisioningState"] = "Succeeded";
    inner["isArchiveEnabled"] = run.is_archived;

    boost::json::object made;
    made["id"] = path.id_of("runs", run.id);
    made["name"] = run.id;
    made["type"] = "Microsoft.ContainerRegistry/registries/runs";
    made["properties"] = std::move(inner);
    return made;
}
}  // namespace acrx
#endif
