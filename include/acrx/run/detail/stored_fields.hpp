// What of each value is stored, and under which name: one list for writing and reading.
#ifndef ACRX_RUN_DETAIL_STORED_FIELDS_HPP
#define ACRX_RUN_DETAIL_STORED_FIELDS_HPP

#include <acrx/run/agent_pool.hpp>
#include <acrx/run/named_run.hpp>
#include <acrx/run/run_record.hpp>
#include <acrx/run/run_request.hpp>
#include <acrx/run/task_definition.hpp>

namespace acrx::detail {
// An archive `a` takes `a("name", member)` for each member. Names stay for good: they are in databases.
// A member that a stored text lacks keeps its default; enumerators are stored by number and only ever added at the end.

template<class A>
void fields(A& a, platform& x)
{
    a("os", x.os), a("arch", x.architecture), a("variant", x.variant), a("osVersion", x.os_version);
}

template<class A>
void fields(A& a, named_value& x)
{
    a("name", x.name), a("value", x.value), a("secret", x.is_secret);
}

template<class A>
void fields(A& a, docker_step& x)
{
    a("images", x.images), a("push", x.is_push_enabled), a("noCache", x.no_cache);
    a("dockerfile", x.dockerfile), a("target", x.target), a("arguments", x.arguments);
    a("platforms", x.platforms);
}

template<class A>
void fields(A& a, file_step& x)
{
    a("file", x.task_file), a("valuesFile", x.values_file), a("values", x.values);
}

template<class A>
void fields(A& a, text_step& x)
{
    a("text", x.task), a("valuesText", x.values), a("values", x.named_values);
}

template<class A>
void fields(A& a, step_override& x)
{
    a("context", x.context), a("file", x.file), a("target", x.target);
    a("arguments", x.arguments), a("values", x.values), a("updateToken", x.update_token);
}

template<class A>
void fields(A& a, stored_task& x)
{
    a("task", x.task), a("changes", x.changes);
}

template<class A>
void fields(A& a, step_definition& x)
{
    a("what", x.what), a("context", x.context), a("contextToken", x.context_token);
}

template<class A>
void fields(A& a, credential_text& x)
{
    a("value", x.value), a("inVault", x.in_vault);
}

template<class A>
void fields(A& a, registry_login& x)
{
    a("user", x.user), a("password", x.password), a("identity", x.identity);
}

template<class A>
void fields(A& a, task_credentials& x)
{
    a("homeLogin", x.uses_home_login), a("homeIdentity", x.home_identity), a("registries", x.registries);
}

template<class A>
void fields(A& a, user_identity& x)
{
    a("resource", x.resource_id), a("client", x.client_id), a("principal", x.principal_id);
}

template<class A>
void fields(A& a, task_identity& x)
{
    a("system", x.has_system_identity), a("principal", x.principal_id), a("tenant", x.tenant_id), a("users", x.users);
}

template<class A>
void fields(A& a, timer_trigger& x)
{
    a("name", x.name), a("schedule", x.schedule), a("enabled", x.is_enabled);
}

template<class A>
void fields(A& a, event_filter& x)
{
    a("url", x.repository_url), a("commits", x.commits), a("pullRequests", x.pull_requests), a("branches", x.branches);
    a("tags", x.tags), a("paths", x.paths), a("forks", x.forks);
}

template<class A>
void fields(A& a, source_trigger& x)
{
    a("name", x.name), a("enabled", x.is_enabled), a("host", x.host), a("filter", x.filter), a("polled", x.is_polled);
    a("token", x.token), a("tokenType", x.token_type), a("refreshToken", x.refresh_token);
    a("tokenScope", x.token_scope), a("webhookSecret", x.webhook_secret);
}

template<class A>
void fields(A& a, base_image_trigger& x)
{
    a("name", x.name), a("enabled", x.is_enabled), a("scope", x.scope);
    a("endpoint", x.update_endpoint), a("sendsToken", x.sends_token);
}

template<class A>
void fields(A& a, task_triggers& x)
{
    a("timers", x.timers), a("sources", x.sources), a("baseImage", x.base_image);
}

template<class A>
void fields(A& a, task_definition& x)
{
    a("name", x.name), a("location", x.location), a("tags", x.tags), a("created", x.created), a("updated", x.updated);
    a("enabled", x.is_enabled), a("platform", x.platform), a("cpu", x.cpu), a("pool", x.agent_pool);
    a("priority", x.priority), a("timeout", x.timeout), a("step", x.step), a("triggers", x.triggers);
    a("credentials", x.credentials), a("identity", x.identity), a("logTemplate", x.log_template), a("system", x.is_system);
}

template<class A>
void fields(A& a, run_overrides& x)
{
    a("id", x.id), a("registry", x.registry), a("environment", x.environment), a("noCache", x.no_cache);
}

template<class A>
void fields(A& a, run_request& x)
{
    a("what", x.what), a("context", x.context), a("contextToken", x.context_token), a("platform", x.platform);
    a("cpu", x.cpu), a("timeout", x.timeout), a("pool", x.agent_pool), a("priority", x.priority);
    a("archived", x.is_archived), a("logTemplate", x.log_template), a("credentials", x.credentials);
    a("identity", x.identity), a("overrides", x.overrides);
}

template<class A>
void fields(A& a, named_run& x)
{
    a("name", x.name), a("location", x.location), a("tags", x.tags), a("request", x.request);
    a("forceUpdateTag", x.force_update_tag), a("run", x.run), a("created", x.created);
}

template<class A>
void fields(A& a, agent_pool& x)
{
    a("name", x.name), a("count", x.count), a("tier", x.tier), a("os", x.os), a("location", x.location);
    a("subnet", x.subnet), a("tags", x.tags), a("created", x.created);
}

template<class A>
void fields(A& a, updated_image& x)
{
    a("registry", x.registry), a("repository", x.repository), a("tag", x.tag), a("digest", x.digest);
}

template<class A>
void fields(A& a, git_push& x)
{
    a("url", x.repository_url), a("branch", x.branch), a("tag", x.tag), a("commit", x.commit), a("before", x.before);
    a("defaultBranch", x.default_branch), a("author", x.author), a("sender", x.sender);
}

template<class A>
void fields(A& a, pull_request& x)
{
    a("url", x.repository_url), a("number", x.number), a("action", x.action), a("commit", x.commit);
    a("source", x.source_branch), a("target", x.target_branch), a("sourceUrl", x.source_repository_url);
    a("defaultBranch", x.default_branch), a("fork", x.from_fork), a("sender", x.sender);
}

template<class A>
void fields(A& a, image_update& x)
{
    a("images", x.images);
}

template<class A>
void fields(A& a, timer_tick& x)
{
    a("task", x.task), a("timer", x.timer), a("occurrence", x.occurrence);
}

template<class A>
void fields(A& a, manual_request& x)
{
    a("task", x.task), a("requester", x.requester);
}

template<class A>
void fields(A& a, trigger_event& x)
{
    a("id", x.id), a("provider", x.provider), a("what", x.what);
}

template<class A>
void fields(A& a, run_cause& x)
{
    a("event", x.event), a("trigger", x.trigger), a("at", x.at);
}

template<class A>
void fields(A& a, image_dependency& x)
{
    a("registry", x.registry), a("repository", x.repository), a("tag", x.tag), a("digest", x.digest);
    a("reference", x.reference);
}

template<class A>
void fields(A& a, image_dependencies& x)
{
    a("image", x.image), a("runtime", x.runtime), a("buildtime", x.buildtime), a("commit", x.git_head_revision);
}

template<class A>
void fields(A& a, run_record& x)
{
    a("id", x.id), a("number", x.number), a("status", x.status), a("type", x.type), a("task", x.task);
    a("cause", x.cause), a("created", x.created), a("started", x.started), a("finished", x.finished);
    a("updated", x.updated), a("outputs", x.outputs), a("dependencies", x.dependencies), a("commit", x.commit);
    a("platform", x.platform), a("cpu", x.cpu), a("pool", x.agent_pool), a("priority", x.priority);
    a("sourceRegistryLogin", x.source_registry_login), a("customRegistries", x.custom_registries), a("error", x.error);
    a("updateToken", x.update_token), a("logImage", x.log_image), a("archived", x.is_archived), a("upload", x.upload);
    a("cancelRequested", x.is_cancel_requested);
}
}  // namespace acrx::detail
#endif
