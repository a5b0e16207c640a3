// Bodies of runner_cli/webhook_memory.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_WEBHOOK_MEMORY_IPP
#define ACRX_RUNNER_CLI_IMPL_WEBHOOK_MEMORY_IPP
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/runner_cli/webhook_memory.hpp>
#include <acrx/trigger/repository_url.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <system_error>

namespace acrx::cli {
namespace detail {
inline std::string file_name_of(task_webhook const& hook)
{
    return std::string(digest_of(repository_key(hook.repository_url) + "\n" + hook.wish.url).encoded());
}

inline task_webhook parse_kept_webhook(std::string const& text)
{
    auto const kept = boost::json::parse(text);
    auto const word = [&](char const* name) { return std::string(kept.at(name).as_string()); };
    task_webhook hook;
    hook.task = word("task");
    hook.repository_url = word("repository");
    hook.host = find_git_api(static_cast<git_host>(kept.at("host").as_int64()), hook.repository_url);
    hook.token = word("token");
    hook.wish.url = word("url");
    return hook;
}
}  // namespace detail

ACRX_DECL void webhook_memory::keep(task_webhook const& hook) const
{
    std::error_code failed;
    std::filesystem::create_directories(folder_, failed);
    if (failed)
        throw_errno(failed.value(), "making the folder " + folder_.string());
    boost::json::object kept;
    kept["task"] = hook.task;
    kept["repository"] = hook.repository_url;
    kept["host"] = static_cast<int>(hook.host.host);
    kept["token"] = hook.token;
    kept["url"] = hook.wish.url;
    auto const name = detail::file_name_of(hook);
    write_file(folder_ / name, box_.seal(boost::json::serialize(kept), "webhook/" + name), durability::synced, 0600);
}

ACRX_DECL void webhook_memory::forget(task_webhook const& hook) const
{
    std::error_code failed;
    auto const file = folder_ / detail::file_name_of(hook);
    std::filesystem::remove(file, failed);
    if (failed)
        throw_errno(failed.value(), "removing " + file.string());
}

ACRX_DECL kept_webhooks webhook_memory::all() const
{
    kept_webhooks kept;
    std::error_code none;
    for (auto const& each : std::filesystem::directory_iterator(folder_, none)) {
        auto const name = each.path().filename().string();
        try {
            kept.hooks.push_back(detail::parse_kept_webhook(box_.open(read_file(each.path(), 1 << 16), "webhook/" + name)));
        } catch (boost::system::system_error const&) {
            kept.unreadable.push_back(each.path());
        }
    }
    return kept;
}
}  // namespace acrx::cli
#endif
