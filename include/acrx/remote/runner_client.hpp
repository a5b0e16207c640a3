// Asks the API of a runner: tasks, runs, logs, uploads.
#ifndef ACRX_REMOTE_RUNNER_CLIENT_HPP
#define ACRX_REMOTE_RUNNER_CLIENT_HPP

#include <acrx/core/byte_sink.hpp>
#include <acrx/core/config.hpp>
#include <acrx/http/client.hpp>
#include <acrx/http/message.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace acrx {
/// What the API said.
struct api_answer
{
    unsigned status = 0;
    boost::json::value body;  ///< null if there was none
    http_headers headers;
};

/// How requests reach a runner.
struct runner_transport
{
    /// Method, target (a path of the runner, or a whole URL), body, and whether to show who asks.
    std::function<net::awaitable<http_response>(std::string, std::string, http_body, bool)> exchange;
    /// Streams the body of a GET; empty where nothing can be followed. @throws as `http_answer::read`
    std::function<net::awaitable<void>(std::string, byte_sink)> stream = {};
};

/// Over the network. @param url  of the runner @param token  a bearer token; may be empty
ACRX_DECL runner_transport network_transport(std::string url, std::string token, http_options connection);

/// Where a runner's resources are.
struct runner_place
{
    std::string registry = "acrx";
    std::string group = "acrx";
};

/// Throws what an answer that is not 2xx says: `errc::not_found` for 404 and so on.
[[noreturn]] ACRX_DECL void throw_api_refusal(http_response const& answer);
/// The text at a pointer; empty if there is none.
ACRX_DECL std::string text_in(boost::json::value const& in, std::string_view pointer);
/// Whether a run of this status has ended.
ACRX_DECL bool is_final_word(std::string_view status);

/// One conversation with a runner.
/// @par Thread safety  one strand
class runner_client
{
public:
    explicit runner_client(runner_transport transport, runner_place place = {})
        : transport_(std::move(transport)), place_(std::move(place))
    {}

    /// Whether logs can be followed while they grow: else nobody carries runs out now.
    bool can_follow() const noexcept { return static_cast<bool>(transport_.stream); }
    /// Takes the name of the registry that the runner says it has. @throws error as `ask`
    ACRX_DECL net::awaitable<void> find_registry();
    /// @param rest   behind the registry, e.g. `tasks/nightly`
    /// @param query  further parameters, e.g. `&$top=5`; encoded
    /// @throws error for an answer that is not 2xx, with the runner's words
    ACRX_DECL net::awaitable<api_answer> ask(std::string method, std::string rest, std::string query = {}, boost::json::object body = {});
    /// Posts bytes and gives what comes back, whatever its status. Tries again what may pass: the request must bear that.
    ACRX_DECL net::awaitable<http_response> post(std::string rest, std::string query, std::string bytes);
    /// Sends a file to the link of an upload; tries again what may pass.
    ACRX_DECL net::awaitable<void> send_file(std::string link, std::filesystem::path file);
    /// Gives the log of a run until the run is over; goes on where it was when a connection breaks.
    /// @throws error when the runner cannot be reached for a while
    ACRX_DECL net::awaitable<void> follow_log(std::string run_id, byte_sink sink);

private:
    std::string target_of(std::string const& rest, std::string const& query) const;
    net::awaitable<http_response> insist(std::string method, std::string target, http_body body, bool signs);
    net::awaitable<bool> follow_on(std::string const& run_id, std::uint64_t& offset, byte_sink const& sink);

    runner_transport transport_;
    runner_place place_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/remote/impl/runner_client.ipp>
#endif
#endif
