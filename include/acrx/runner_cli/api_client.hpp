// Asks the API of a runner: over the network, or in this process on the state folder.
#ifndef ACRX_RUNNER_CLI_API_CLIENT_HPP
#define ACRX_RUNNER_CLI_API_CLIENT_HPP

#include <acrx/core/byte_sink.hpp>
#include <acrx/core/config.hpp>
#include <acrx/http/served_request.hpp>
#include <acrx/runner_cli/task_arguments.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace acrx::cli {
/// What the API said.
struct api_answer
{
    unsigned status = 0;
    boost::json::value body;  ///< null if there was none
    http_headers headers;
};

/// One conversation with the API of a runner.
class api_client
{
public:
    /// Whoever is to be asked: `--server`, else `$ACRX_SERVER`, else the server that works on the state folder, else the
    /// folder itself.  @param pool  the executor of a thread pool
    ACRX_DECL api_client(client_options const& options, net::any_io_executor pool);
    ACRX_DECL ~api_client();

    /// @param rest   behind the registry, e.g. `tasks/nightly`
    /// @param query  further parameters, e.g. `&$top=5`; encoded
    /// @throws error for an answer that is not 2xx, with the server's words: `errc::not_found` for 404 and so on
    ACRX_DECL net::awaitable<api_answer> ask(std::string method, std::string rest, std::string query = {}, boost::json::object body = {});
    /// Streams the log of a run until the run is over. @param link  as `listLogSasUrl` gives it
    ACRX_DECL net::awaitable<void> follow_log(std::string link, byte_sink sink);
    /// Sends a file to the link of an upload.
    ACRX_DECL net::awaitable<void> send_file(std::string link, std::filesystem::path file);
    /// Nobody carries runs out while this is the folder itself.
    bool is_offline() const noexcept { return handler_ != nullptr; }

private:
    ACRX_DECL net::awaitable<http_response> exchange(std::string method, std::string target, http_body body, bool signs);

    struct network;
    client_options options_;
    std::unique_ptr<network> network_;                                             ///< null when it is the folder itself
    std::function<net::awaitable<http_reply>(served_request&)> handler_;
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/api_client.ipp>
#endif
#endif
