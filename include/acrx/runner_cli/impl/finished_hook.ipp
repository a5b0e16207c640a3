// Bodies of runner_cli/finished_hook.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_FINISHED_HOOK_IPP
#define ACRX_RUNNER_CLI_IMPL_FINISHED_HOOK_IPP
#include <acrx/core/deadline.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/runner_cli/finished_hook.hpp>
#include <acrx/server/run_json.hpp>
#include <acrx/trigger/webhook_signature.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <utility>

namespace acrx::cli {
ACRX_DECL net::awaitable<void> finished_hook::tell(acrx::run_record run)
{
    arm_path const path{.subscription = "acrx", .resource_group = "acrx", .registry = "acrx", .rest = {}};
    boost::json::object document;
    document["event"] = "run.finished";
    document["run"] = acrx::to_json(run, path);
    auto body = boost::json::serialize(document);
    http_request request;
    request.method = "POST";
    request.target = parse_url(target_);
    request.headers.set("Content-Type", "application/json");
    request.headers.set("X-Acrx-Delivery", run.id);
    if (!secret_.empty())
        request.headers.set("X-Acrx-Signature-256", "sha256=" + to_hex(hmac_sha256(secret_, body)));
    request.body = std::move(body);
    auto const doing = "telling " + redacted(request.target) + " of a run that ended";
    auto sending = client_.send(std::move(request));
    auto const answer = co_await with_deadline(std::move(sending), std::chrono::seconds(30), doing);
    if (!is_success(answer.status))
        throw error(errc::unavailable, doing + ": status " + std::to_string(answer.status));
}
}  // namespace acrx::cli
#endif
