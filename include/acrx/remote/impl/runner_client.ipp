// Bodies of remote/runner_client.hpp.
#ifndef ACRX_REMOTE_IMPL_RUNNER_CLIENT_IPP
#define ACRX_REMOTE_IMPL_RUNNER_CLIENT_IPP
#include <acrx/core/error.hpp>
#include <acrx/http/url.hpp>
#include <acrx/remote/runner_client.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <utility>

namespace acrx {
namespace detail {
inline error_code code_of_api_status(unsigned status)
{
    switch (status) {
    case 401: return make_error_code(errc::unauthorized);
    case 403: return make_error_code(errc::denied);
    case 404: return make_error_code(errc::not_found);
    case 429: return make_error_code(errc::rate_limited);
    case 501: return make_error_code(errc::not_supported);
    default: return make_error_code(status < 500 ? errc::invalid_argument : errc::unavailable);
    }
}

inline bool may_pass(error_code const& code)
{
    return code == condition::transient || code == errc::timed_out;
}

inline constexpr int runner_tries = 6;

inline net::awaitable<void> pause_before_try(int tried)
{
    constexpr auto longest = std::chrono::milliseconds(5000);
    auto const pause = std::min(longest, std::chrono::milliseconds(250) * (1 << std::min(tried, 5)));
    net::steady_timer timer(co_await net::this_coro::executor, pause);
    co_await timer.async_wait(net::use_awaitable);
}

inline std::string resources_of(std::string const& group)
{
    return "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/" + percent_encode(group)
           + "/providers/Microsoft.ContainerRegistry/registries";
}
}  // namespace detail

ACRX_DECL runner_transport network_transport(std::string url, std::string token, http_options connection)
{
    struct network
    {
        std::string url;
        std::string token;
        http_client client;
    };
    while (url.ends_with('/'))
        url.pop_back();
    auto const net_to = std::make_shared<network>(network{std::move(url), std::move(token), http_client(std::move(connection))});
    auto const request_of = [net_to](std::string target) {
        http_request request;
        request.target = parse_url(target.starts_with('/') ? net_to->url + target : target);
        return request;
    };
    runner_transport made;
    made.exchange = [net_to, request_of](std::string method, std::string target, http_body body, bool signs) -> net::awaitable<http_response> {
        auto request = request_of(std::move(target));
        request.method = std::move(method);
        request.body = std::move(body);
        if (signs && !net_to->token.empty())
            request.headers.set("Authorization", "Bearer " + net_to->token);
        if (request.method == "PUT" && !signs)
            request.headers.set("x-ms-blob-type", "BlockBlob");  // which storage services want to be told
        constexpr std::size_t limit = 256 << 20;
        auto answer = co_await net_to->client.send(std::move(request), limit);
        co_return answer;
    };
    made.stream = [net_to, request_of](std::string target, byte_sink sink) -> net::awaitable<void> {
        auto request = request_of(std::move(target));
        auto answer = co_await net_to->client.open(std::move(request));
        if (!is_success(answer.head().status))
            throw error(detail::code_of_api_status(answer.head().status), "reading the log");
        co_await answer.read(std::move(sink));
    };
    return made;
}

ACRX_DECL void throw_api_refusal(http_response const& answer)
{
    boost::json::error_code no_json;
    auto const body = boost::json::parse(answer.body, no_json);
    auto said = no_json ? std::string() : text_in(body, "/error/message");
    if (said.empty())
        said = "the server answers with status " + std::to_string(answer.status);
    if (said.ends_with('.'))
        said.pop_back();
    throw error(detail::code_of_api_status(answer.status), said,
                answer.status == 401 ? "Give a token with --token-file or $ACRX_TOKEN." : "");
}

ACRX_DECL std::string text_in(boost::json::value const& in, std::string_view pointer)
{
    boost::json::error_code missing;
    auto const* found = in.find_pointer({pointer.data(), pointer.size()}, missing);
    return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

ACRX_DECL bool is_final_word(std::string_view status)
{
    static constexpr std::array<std::string_view, 5> words{"Succeeded", "Failed", "Canceled", "Error", "Timeout"};
    return std::find(words.begin(), words.end(), status) != words.end();
}

inline std::string runner_client::target_of(std::string const& rest, std::string const& query) const
{
    return detail::resources_of(place_.group) + "/" + percent_encode(place_.registry) + "/" + rest
           + "?api-version=2019-06-01-preview" + query;
}

ACRX_DECL net::awaitable<void> runner_client::find_registry()
{
    std::string method = "GET";
    auto target = detail::resources_of(place_.group) + "?api-version=2019-06-01-preview";
    http_body nothing;
    auto const answer = co_await transport_.exchange(std::move(method), std::move(target), std::move(nothing), true);
    if (answer.status == 404)
        co_return;  // it has no such list: any name will do, or the next request says what is wrong
    if (!is_success(answer.status))
        throw_api_refusal(answer);
    boost::json::error_code no_json;
    auto const body = boost::json::parse(answer.body, no_json);
    if (no_json)
        throw error(errc::protocol, "asking the server for its registry: what answers is no runner");
    if (auto name = text_in(body, "/value/0/name"); !name.empty())
        place_.registry = std::move(name);
}

ACRX_DECL net::awaitable<api_answer> runner_client::ask(std::string method, std::string rest, std::string query, boost::json::object body)
{
    http_body sent;
    if (!body.empty())
        sent = boost::json::serialize(body);
    auto target = target_of(rest, query);
    auto const answer = co_await transport_.exchange(std::move(method), std::move(target), std::move(sent), true);
    if (!is_success(answer.status))
        throw_api_refusal(answer);
    api_answer read{.status = answer.status, .body = {}, .headers = answer.headers};
    boost::json::error_code no_json;
    if (!answer.body.empty())
        read.body = boost::json::parse(answer.body, no_json);
    if (no_json)
        throw error(errc::protocol, "reading an answer of the server: it is no JSON");
    co_return read;
}

/// Sends a request that may be repeated until it is answered with something that lasts.
inline net::awaitable<http_response> runner_client::insist(std::string method, std::string target, http_body body, bool signs)
{
    for (int tried = 1;; ++tried) {
        std::optional<http_response> answer;
        try {
            answer = co_await transport_.exchange(method, target, body, signs);
        } catch (boost::system::system_error const& e) {
            if (tried == detail::runner_tries || !detail::may_pass(e.code()))
                throw;
        }
        bool const is_busy = answer && (answer->status == 429 || answer->status == 500 || answer->status == 502
                                        || answer->status == 503 || answer->status == 504);
        if (answer && (!is_busy || tried == detail::runner_tries))
            co_return std::move(*answer);
        co_await detail::pause_before_try(tried);
    }
}

ACRX_DECL net::awaitable<http_response> runner_client::post(std::string rest, std::string query, std::string bytes)
{
    std::string method = "POST";
    auto target = target_of(rest, query);
    http_body body = std::move(bytes);
    auto answer = co_await insist(std::move(method), std::move(target), std::move(body), true);
    co_return answer;
}

ACRX_DECL net::awaitable<void> runner_client::send_file(std::string link, std::filesystem::path file)
{
    std::string method = "PUT";
    http_body body = file_slice{file, 0, std::filesystem::file_size(file)};
    auto const answer = co_await insist(std::move(method), std::move(link), std::move(body), false);
    if (!is_success(answer.status))
        throw_api_refusal(answer);
}

/// Reads what the log has from `offset` on, until the runner ends its answer. @return whether the run is over
inline net::awaitable<bool> runner_client::follow_on(std::string const& run_id, std::uint64_t& offset, byte_sink const& sink)
{
    std::string method = "POST";
    auto path = "runs/" + run_id + "/listLogSasUrl";
    auto const links = co_await ask(std::move(method), std::move(path));
    auto link = text_in(links.body, "/logLink");
    method = "GET";
    path = "runs/" + run_id;
    byte_sink counted = [&offset, &sink](std::span<std::byte const> bytes) -> net::awaitable<void> {
        co_await sink(bytes);
        offset += bytes.size();
    };
    if (transport_.stream) {
        std::exception_ptr broken;
        try {
            co_await transport_.stream(link + "&follow=true&offset=" + std::to_string(offset), std::move(counted));
        } catch (boost::system::system_error const& e) {
            if (!detail::may_pass(e.code()))
                throw;
            broken = std::current_exception();  // a run may be silent for longer than connections last
        }
        auto const run = co_await ask(std::move(method), std::move(path));
        bool const is_over = is_final_word(text_in(run.body, "/properties/status"));
        if (is_over && broken)
            std::rethrow_exception(broken);
        co_return is_over;
    }
    http_body nothing;
    auto const answer = co_await transport_.exchange(std::move(method), std::move(link), std::move(nothing), false);
    if (!is_success(answer.status))
        throw_api_refusal(answer);
    co_await counted(std::as_bytes(std::span(answer.body)));
    co_return true;
}

ACRX_DECL net::awaitable<void> runner_client::follow_log(std::string run_id, byte_sink sink)
{
    std::uint64_t offset = 0;
    for (int failures = 0;;) {
        auto const seen = offset;
        bool is_over = false;
        try {
            is_over = co_await follow_on(run_id, offset, sink);
            failures = 0;
        } catch (boost::system::system_error const& e) {
            failures = offset != seen ? 1 : failures + 1;
            if (!detail::may_pass(e.code()) || failures == 2 * detail::runner_tries)
                throw;
        }
        if (is_over)
            co_return;
        co_await detail::pause_before_try(failures + 1);
    }
}
}  // namespace acrx
#endif
