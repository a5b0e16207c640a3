// Bodies of runner_cli/api_client.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_API_CLIENT_IPP
#define ACRX_RUNNER_CLI_IMPL_API_CLIENT_IPP
#include <acrx/cli/state_lock.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/client.hpp>
#include <acrx/io/files.hpp>
#include <acrx/runner_cli/api_client.hpp>
#include <acrx/runner_cli/runner_state.hpp>
#include <acrx/server/runner_api.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <cstdlib>
#include <span>
#include <utility>
#include <variant>

namespace acrx::cli {
namespace detail {
inline std::string variable(char const* name)
{
    auto const* text = std::getenv(name);
    return text ? text : "";
}

inline std::string token_of(client_options const& options)
{
    if (options.token_file.empty())
        return variable("ACRX_TOKEN");
    auto text = read_file(options.token_file, 64 * 1024);
    return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

inline error_code code_of_status(unsigned status)
{
    switch (status) {
    case 401: return make_error_code(errc::unauthorized);
    case 403: return make_error_code(errc::denied);
    case 404: return make_error_code(errc::not_found);
    case 429: return make_error_code(errc::rate_limited);
    case 501: return make_error_code(errc::not_supported);
    case 400: return make_error_code(errc::invalid_argument);
    default: return make_error_code(status < 500 ? errc::invalid_argument : errc::unavailable);
    }
}

/// Throws what an answer of the API says.
[[noreturn]] inline void throw_refusal(unsigned status, std::string const& text)
{
    error_code no_json;
    auto const body = boost::json::parse(text, no_json);
    boost::json::error_code missing;
    auto const* message = no_json ? nullptr : body.find_pointer("/error/message", missing);
    auto said = message && message->is_string() ? std::string(message->get_string()) : "status " + std::to_string(status);
    if (said.ends_with('.'))
        said.pop_back();
    throw error(code_of_status(status), said,
                status == 401 ? "Give a token with --token-file or $ACRX_TOKEN." : "");
}
}  // namespace detail

struct api_client::network
{
    std::string url;
    std::string token;
    http_client client;
};

ACRX_DECL api_client::~api_client() = default;

ACRX_DECL api_client::api_client(client_options const& options, net::any_io_executor pool) : options_(options)
{
    runner_state const folder(state_of(options_.home));
    auto url = options_.server.empty() ? detail::variable("ACRX_SERVER") : options_.server;
    if (url.empty())
        url = folder.server_url();
    if (!url.empty()) {
        http_options connection;
        connection.ca_file = options_.ca_file;
        connection.idle_timeout = std::chrono::hours(1);  // a run may be silent for long
        while (url.ends_with('/'))
            url.pop_back();
        network_ = std::make_unique<network>(network{url, detail::token_of(options_), http_client(std::move(connection))});
        return;
    }
    api_options api;
    api.link_key = folder.link_key();
    api.public_url = "http://localhost";
    handler_ = basic_runner_api(folder.open({}, std::move(pool)), open_door{}, std::move(api));
}

ACRX_DECL net::awaitable<http_response> api_client::exchange(std::string method, std::string target, http_body body, bool signs)
{
    http_request request;
    request.method = std::move(method);
    request.body = std::move(body);
    if (network_) {
        request.target = parse_url(target.starts_with('/') ? network_->url + target : target);
        if (signs && !network_->token.empty())
            request.headers.set("Authorization", "Bearer " + network_->token);
        constexpr std::size_t limit = 256 << 20;
        auto answer = co_await network_->client.send(std::move(request), limit);
        co_return answer;
    }
    served_request served;
    served.method = request.method;
    served.target = target.starts_with('/') ? target : parse_url(target).target;
    served.headers.set("Host", "localhost");
    served.read_body = [&request](byte_sink sink, std::uint64_t) -> net::awaitable<void> {
        if (auto const* text = std::get_if<std::string>(&request.body))
            co_await sink(std::as_bytes(std::span(*text)));
    };
    auto reply = co_await handler_(served);
    http_response answer{.status = reply.status, .headers = std::move(reply.headers), .body = {}, .from = {}};
    if (auto* text = std::get_if<std::string>(&reply.body))
        answer.body = std::move(*text);
    co_return answer;
}

ACRX_DECL net::awaitable<api_answer> api_client::ask(std::string method, std::string rest, std::string query, boost::json::object body)
{
    auto target = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/" + percent_encode(options_.group)
                  + "/providers/Microsoft.ContainerRegistry/registries/" + percent_encode(options_.registry) + "/" + rest
                  + "?api-version=2019-06-01-preview" + query;
    http_body sent;
    if (!body.empty())
        sent = boost::json::serialize(body);
    auto const answer = co_await exchange(std::move(method), std::move(target), std::move(sent), true);
    if (!is_success(answer.status))
        detail::throw_refusal(answer.status, answer.body);
    api_answer read{.status = answer.status, .body = {}, .headers = answer.headers};
    error_code no_json;
    if (!answer.body.empty())
        read.body = boost::json::parse(answer.body, no_json);
    if (no_json)
        throw error(errc::protocol, "reading an answer of the server: it is no JSON");
    co_return read;
}

ACRX_DECL net::awaitable<void> api_client::follow_log(std::string link, byte_sink sink)
{
    if (!network_) {
        std::string method = "GET";
        http_body nothing;
        auto const answer = co_await exchange(std::move(method), std::move(link), std::move(nothing), false);
        if (!is_success(answer.status))
            detail::throw_refusal(answer.status, answer.body);
        co_await sink(std::as_bytes(std::span(answer.body)));
        co_return;
    }
    http_request request;
    request.target = parse_url(link + "&follow=true");
    auto answer = co_await network_->client.open(std::move(request));
    if (!is_success(answer.head().status))
        throw error(detail::code_of_status(answer.head().status), "reading the log");
    co_await answer.read(std::move(sink));
}

ACRX_DECL net::awaitable<void> api_client::send_file(std::string link, std::filesystem::path file)
{
    http_body body;
    if (network_)
        body = file_slice{file, 0, std::filesystem::file_size(file)};
    else
        body = read_file(file, std::uint64_t{1} << 30);
    std::string method = "PUT";
    auto const answer = co_await exchange(std::move(method), std::move(link), std::move(body), false);
    if (!is_success(answer.status))
        detail::throw_refusal(answer.status, answer.body);
}
}  // namespace acrx::cli
#endif
