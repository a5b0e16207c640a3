// Bodies of executor/detail/docker_api.hpp.
#ifndef ACRX_EXECUTOR_IMPL_DOCKER_API_IPP
#define ACRX_EXECUTOR_IMPL_DOCKER_API_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/docker_api.hpp>

#include <boost/json/parse.hpp>

#include <charconv>
#include <memory>
#include <span>
#include <utility>

namespace acrx::detail {
/// The API that this is written for, and the first one that has all of it.
inline constexpr int docker_newest = 43;
inline constexpr int docker_oldest = 24;

inline http_options docker_http(std::filesystem::path socket)
{
    http_options options;
    options.unix_socket = std::move(socket);
    options.proxies = {};
    options.idle_timeout = std::chrono::hours(24 * 365);  // a container may be silent for long
    return options;
}

ACRX_DECL docker_api::docker_api(std::filesystem::path socket)
    : client_(docker_http(socket)), socket_(std::move(socket)), version_(std::make_shared<std::string>())
{}

inline url docker_url(std::string path)
{
    url target;
    target.scheme = "http";
    target.host = "docker";
    target.port = 80;
    target.target = std::move(path);
    return target;
}

/// `{"message":"…"}`, as errors are given.
inline std::string docker_words(std::string const& body)
{
    error_code bad;
    auto const said = boost::json::parse(body, bad);
    if (!bad && said.is_object())
        if (auto const* words = said.as_object().if_contains("message"); words != nullptr && words->is_string())
            return words->as_string().c_str();
    return body.substr(0, 1000);
}

[[noreturn]] inline void throw_docker_error(std::string const& doing, http_response const& answer)
{
    auto const code = answer.status == 404   ? errc::not_found
                      : answer.status == 400 ? errc::invalid_argument
                                             : errc::unavailable;
    throw error(code, doing + ": " + docker_words(answer.body));
}

ACRX_DECL net::awaitable<std::string> docker_api::version()
{
    if (!version_->empty())
        co_return *version_;
    http_request request;
    request.target = docker_url("/version");
    std::string trouble;
    http_response answer;
    try {
        answer = co_await client_.send(std::move(request));
    } catch (error const& e) {
        if (e.code() == condition::interrupted)
            throw;
        trouble = e.text();
    }
    if (!trouble.empty())
        throw error(errc::unavailable, "asking the Docker engine for its version: " + trouble,
                    "Start it, or name its socket: DOCKER_HOST=unix:///run/docker.sock.");
    error_code bad;
    auto const said = boost::json::parse(answer.body, bad);
    auto const* const theirs = said.is_object() ? said.as_object().if_contains("ApiVersion") : nullptr;
    int minor = 0;
    if (theirs != nullptr && theirs->is_string()) {
        std::string_view const text = theirs->as_string();
        if (text.starts_with("1."))
            std::from_chars(text.data() + 2, text.data() + text.size(), minor);
    }
    if (minor == 0)
        throw error(errc::protocol, "asking " + socket_.string() + " for the version of its Docker engine");
    if (minor < docker_oldest)
        throw error(errc::not_supported, "using a Docker engine with the API 1." + std::to_string(minor));
    *version_ = "1." + std::to_string(std::min(minor, docker_newest));
    co_return *version_;
}

inline net::awaitable<http_request> docker_api::request_of(docker_call call)
{
    auto const agreed = co_await version();
    http_request request;
    request.method = std::move(call.method);
    request.target = docker_url("/v" + agreed + call.path);
    request.body = std::move(call.body);
    request.headers = std::move(call.headers);
    if (std::holds_alternative<std::string>(request.body))
        request.headers.set("Content-Type", "application/json");
    else if (std::holds_alternative<file_slice>(request.body))
        request.headers.set("Content-Type", "application/x-tar");
    co_return request;
}

ACRX_DECL net::awaitable<boost::json::value> docker_api::ask(docker_call call)
{
    return ask_unless(std::move(call), 304);
}

ACRX_DECL net::awaitable<boost::json::value> docker_api::ask_unless(docker_call call, unsigned expected)
{
    auto const doing = call.doing;
    auto request = co_await request_of(std::move(call));
    auto const answer = co_await client_.send(std::move(request));
    if (answer.status == expected)
        co_return boost::json::value();
    if (!is_success(answer.status))
        throw_docker_error(doing, answer);
    error_code bad;
    auto said = boost::json::parse(answer.body, bad);
    co_return bad ? boost::json::value() : std::move(said);
}

ACRX_DECL net::awaitable<http_answer> docker_api::open(docker_call call)
{
    auto const doing = call.doing;
    auto request = co_await request_of(std::move(call));
    auto answer = co_await client_.open(std::move(request));
    if (!is_success(answer.head().status)) {
        constexpr std::size_t limit = 1 << 20;
        auto const whole = co_await answer.read_all(limit);
        throw_docker_error(doing, whole);
    }
    co_return answer;
}

/// Reads lines of JSON out of pieces that are cut anywhere.
struct progress_reader
{
    void put(std::span<std::byte const> piece)
    {
        rest.append(reinterpret_cast<char const*>(piece.data()), piece.size());
        for (auto end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
            read_line(rest.substr(0, end));
            rest.erase(0, end + 1);
        }
    }
    void read_line(std::string const& line)
    {
        error_code bad;
        auto const said = boost::json::parse(line, bad);
        if (bad || !said.is_object())
            return;
        auto const text_of = [&](char const* name) {
            auto const* const text = said.as_object().if_contains(name);
            return text != nullptr && text->is_string() ? std::string(text->as_string()) : std::string();
        };
        texts += text_of("stream");
        if (failure.empty())
            failure = text_of("error");
    }
    std::string rest;
    std::string texts;
    std::string failure;
};

ACRX_DECL net::awaitable<std::string> docker_api::follow_progress(docker_call call)
{
    auto const doing = call.doing;
    auto answer = co_await open(std::move(call));
    progress_reader reader;
    byte_sink sink = [&reader](std::span<std::byte const> piece) -> net::awaitable<void> {
        reader.put(piece);
        co_return;
    };
    co_await answer.read(std::move(sink));
    reader.read_line(reader.rest);
    if (!reader.failure.empty())
        throw error(errc::unavailable, doing + ": " + reader.failure);
    co_return reader.texts;
}
}  // namespace acrx::detail
#endif
