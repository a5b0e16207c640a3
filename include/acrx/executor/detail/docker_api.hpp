// Calls of the Docker Engine API over its socket.
#ifndef ACRX_EXECUTOR_DETAIL_DOCKER_API_HPP
#define ACRX_EXECUTOR_DETAIL_DOCKER_API_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/client.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/json/value.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace acrx::detail {
/// A call, and what it means in an error text.
struct docker_call
{
    std::string method = "GET";
    std::string path;  ///< without the version; starts with `/`
    http_body body = {};
    std::string doing;
    http_headers headers = {};
};

/// Copies share connections, and the version they agreed on. For one strand.
class docker_api
{
public:
    explicit ACRX_DECL docker_api(std::filesystem::path socket);

    /// Agrees on a version of the API: the engine's, at most the one this is written for.
    /// @throws error (`errc::unavailable`) if there is no engine, (`errc::not_supported`) if it is too old
    ACRX_DECL net::awaitable<std::string> version();
    /// Sends a call, and reads the whole answer.
    /// @throws error with the engine's words unless the status is 2xx or 304: `errc::not_found` for 404,
    ///         `errc::invalid_argument` for 400, else `errc::unavailable`
    ACRX_DECL net::awaitable<boost::json::value> ask(docker_call call);
    /// The same; an answer with the status `expected` is null instead of an error.
    ACRX_DECL net::awaitable<boost::json::value> ask_unless(docker_call call, unsigned expected);
    /// Sends a call whose answer is a stream of unknown length, which may pause for as long as it likes.
    ACRX_DECL net::awaitable<http_answer> open(docker_call call);
    /// Sends a call whose answer is lines of JSON about a progress. @return the texts of `stream`
    /// @throws error with the words of an `error` among them
    ACRX_DECL net::awaitable<std::string> follow_progress(docker_call call);

private:
    net::awaitable<http_request> request_of(docker_call call);

    http_client client_;
    std::filesystem::path socket_;
    std::shared_ptr<std::string> version_;
};

/// A query value of an API call.
inline std::string docker_filters(std::string const& label)
{
    return percent_encode("{\"label\":[\"" + label + "\"]}");
}
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/docker_api.ipp>
#endif
#endif
