// Bodies of runner_cli/detail/task_conversation.hpp: agent pools.
#ifndef ACRX_RUNNER_CLI_IMPL_POOL_COMMANDS_IPP
#define ACRX_RUNNER_CLI_IMPL_POOL_COMMANDS_IPP
#include <acrx/cli/exit_status.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/http/url.hpp>
#include <acrx/runner_cli/detail/task_conversation.hpp>
#include <acrx/runner_cli/detail/task_document.hpp>
#include <acrx/runner_cli/detail/trigger_document.hpp>

#include <algorithm>
#include <utility>

namespace acrx::cli::detail {
/// The document of a pool; what is not given is left to the server.
inline json::object pool_document(task_arguments const& a)
{
    json::object inner;
    if (a.count)
        inner["count"] = *a.count;
    put_given(inner, "tier", a.tier);
    put_given(inner, "virtualNetworkSubnetResourceId", a.subnet);
    json::object document;
    document["properties"] = std::move(inner);
    return document;
}

/// As az does, refuses a name that is taken: `update` changes a pool.
inline net::awaitable<exit_status> task_conversation::create_pool()
{
    std::string method = "GET";
    std::string path = "agentPools";
    auto const known = co_await client_.ask(std::move(method), std::move(path));
    auto const pools = list_at(known.body, "/value");
    auto const is_it = [&](json::value const& pool) { return ascii_lower(text_at(pool, "/name")) == ascii_lower(a_.name); };
    if (std::ranges::any_of(pools, is_it))
        throw usage_error("there is an agent pool '" + a_.name + "' already", "Change it with: acrx-runner agentpool update");
    method = "PUT";
    auto const answer = co_await client_.ask(std::move(method), "agentPools/" + percent_encode(a_.name), std::string(), pool_document(a_));
    print("agentpool", answer.body);
    co_return exit_status::success;
}

inline net::awaitable<exit_status> task_conversation::update_pool()
{
    std::string method = "PATCH";
    auto const answer = co_await client_.ask(std::move(method), "agentPools/" + percent_encode(a_.name), std::string(), pool_document(a_));
    print("agentpool", answer.body);
    co_return exit_status::success;
}
}  // namespace acrx::cli::detail
#endif
