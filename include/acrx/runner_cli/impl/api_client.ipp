// Bodies of runner_cli/api_client.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_API_CLIENT_IPP
#define ACRX_RUNNER_CLI_IMPL_API_CLIENT_IPP
#include <acrx/cli/runner_address.hpp>
#include <acrx/cli/state_lock.hpp>
#include <acrx/core/byte_sink.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/served_request.hpp>
#include <acrx/io/files.hpp>
#include <acrx/runner_cli/api_client.hpp>
#include <acrx/runner_cli/runner_state.hpp>
#include <acrx/server/runner_api.hpp>

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <variant>

namespace acrx::cli {
namespace detail {
/// What a body is when it has arrived.
inline std::string text_of_body(http_body const& body)
{
    if (auto const* text = std::get_if<std::string>(&body))
        return *text;
    if (auto const* slice = std::get_if<file_slice>(&body))
        return read_file(slice->path, std::uint64_t{1} << 30);
    return {};
}

/// Answers requests in this process. @param api  a `basic_runner_api`
inline runner_transport transport_inside(std::function<net::awaitable<http_reply>(served_request&)> api)
{
    runner_transport made;
    made.exchange = [api = std::move(api)](std::string method, std::string target, http_body body, bool) -> net::awaitable<http_response> {
        served_request request;
        request.method = std::move(method);
        request.target = target.starts_with('/') ? target : parse_url(target).target;
        request.headers.set("Host", "localhost");
        auto const text = text_of_body(body);
        request.read_body = [&text](byte_sink sink, std::uint64_t) -> net::awaitable<void> {
            co_await sink(std::as_bytes(std::span(text)));
        };
        auto reply = co_await api(request);
        http_response answer{.status = reply.status, .headers = std::move(reply.headers), .body = {}, .from = {}};
        if (auto* said = std::get_if<std::string>(&reply.body))
            answer.body = std::move(*said);
        co_return answer;
    };
    return made;
}

/// The URL of the server to ask; empty if it is the state folder itself.
inline std::string server_to_ask(client_options const& options)
{
    auto url = server_of({options.server, options.token_file});
    return url.empty() ? runner_state(state_of(options.home)).server_url() : url;
}

inline runner_transport way_to_runner(client_options const& options, net::any_io_executor pool)
{
    if (auto url = server_to_ask(options); !url.empty())
        return transport_to(std::move(url), options.token_file, options.ca_file);
    runner_state const folder(state_of(options.home));
    api_options api;
    api.link_key = folder.link_key();
    api.public_url = "http://localhost";
    api.piece_folder = folder.piece_folder();
    return transport_inside(basic_runner_api(folder.open({}, {}, std::move(pool)), open_door{}, std::move(api)));
}
}  // namespace detail

ACRX_DECL api_client::api_client(client_options const& options, net::any_io_executor pool)
    : pool_(pool), runner_(detail::way_to_runner(options, std::move(pool)), {options.registry, options.group})
{}
}  // namespace acrx::cli
#endif
