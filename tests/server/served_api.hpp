// The whole API over a store in memory, asked without a network.
#ifndef ACRX_TESTS_SERVER_SERVED_API_HPP
#define ACRX_TESTS_SERVER_SERVED_API_HPP
#include <acrx/run/memory_store.hpp>
#include <acrx/server/any_door.hpp>
#include <acrx/server/runner_api.hpp>
#include <acrx/triggered_runner/runner_service.hpp>

#include <support/run.hpp>
#include <support/scratch_folder.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace acrx::testing {
/// Knows `READER`, `RUNNER` and `OWNER` by their names.
struct named_door
{
    net::awaitable<std::optional<caller>> find(std::string token)
    {
        auto const known = parse_role(token);
        co_return known ? std::optional(caller{token, *known}) : std::nullopt;
    }
};
static_assert(authenticator<named_door>);

using service_type = basic_runner_service<memory_store, system_clock>;
using api_type = basic_runner_api<service_type, named_door>;

struct answer
{
    unsigned status = 0;
    http_headers headers;
    std::string text;
    boost::json::value body;

    std::string at(std::string const& pointer) const
    {
        boost::json::error_code missing;
        auto const* found = body.find_pointer(pointer, missing);
        return !found ? std::string("(none)") : found->is_string() ? std::string(found->get_string()) : boost::json::serialize(*found);
    }
};

/// An API over memory, asked without a network.
struct served_api
{
    scratch_folder folder;
    service_type service{memory_store{}, {folder.path() / "logs", folder.path() / "uploads"}};
    api_options options = [this] {
        api_options o;
        o.link_key = "key";
        o.webhook_secret = "hook secret";
        o.registry_secret = "Bearer registry";
        o.login_server = "localhost:5000";
        o.piece_folder = folder.path() / "pieces";
        o.upload_limit = 1000;
        return o;
    }();
    api_type api{service, named_door{}, options};
    std::string token = "owner";

    static std::string path(std::string const& rest)
    {
        auto const mark = rest.find('?') == rest.npos ? "?" : "&";
        return "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/home/" + rest + mark
               + "api-version=2019-06-01-preview";
    }

    answer ask(std::string method, std::string target, std::string body = {}, std::vector<http_headers::field> more = {})
    {
        served_request request;
        request.method = std::move(method);
        request.target = std::move(target);
        request.headers.set("Host", "runner.test");
        if (!token.empty())
            request.headers.set("Authorization", "Bearer " + token);
        for (auto& [name, value] : more)
            request.headers.set(name, value);
        request.read_body = [&](byte_sink sink, std::uint64_t limit) -> net::awaitable<void> {
            if (body.size() > limit)
                throw http_refusal(413, errc::damaged, "too large");
            co_await sink(std::as_bytes(std::span(body)));
        };
        auto reply = run(api(request));
        answer got{.status = reply.status, .headers = reply.headers, .text = {}, .body = {}};
        if (auto* text = std::get_if<std::string>(&reply.body))
            got.text = *text;
        if (auto* writer = std::get_if<body_writer>(&reply.body))
            run((*writer)([&](std::span<std::byte const> bytes) -> net::awaitable<void> {
                got.text.append(reinterpret_cast<char const*>(bytes.data()), bytes.size());
                co_return;
            }));
        boost::json::error_code no_json;
        got.body = boost::json::parse(got.text, no_json);
        return got;
    }
    answer arm(std::string method, std::string const& rest, std::string body = {})
    {
        return ask(std::move(method), path(rest), std::move(body));
    }
};
}  // namespace acrx::testing
#endif
