// A real `acrx-runner serve` on loopback with TLS, users and a state folder of its own.
#ifndef ACRX_TESTS_INTEGRATION_SERVER_RUNNER_PROCESS_HPP
#define ACRX_TESTS_INTEGRATION_SERVER_RUNNER_PROCESS_HPP

#include <support/scratch_folder.hpp>
#include <support/server_process.hpp>
#include <support/shell.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace acrx::testing {
/// How a `runner_process` is set up.
struct runner_setup
{
    bool has_users = true;  ///< TLS, and the tokens `owner-token-000000`, `runner-token-00000` and `reader-token-00000`
    std::vector<std::string> more = {};  ///< further options
    std::filesystem::path home = {};     ///< of the state; empty for a folder of its own
};

/// Runs from its construction to its end, with all it started.
class runner_process
{
public:
    explicit runner_process(runner_setup setup = {}) : setup_(std::move(setup))
    {
        if (setup_.has_users) {
            must("cd '" + folder_.path().string() + "' && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1"
                 " -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key -out cert 2>/dev/null");
            auto const tokens = folder_.write("tokens", "owner-token-000000 owner olga\nrunner-token-00000 runner rita\nreader-token-00000 reader\n");
            std::filesystem::permissions(tokens, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        }
        start();
    }

    /// Ends the process at once, as a crash does.
    void kill() { server_.reset(); }
    void start()
    {
        server_.emplace([this](unsigned short port) { return command(port); }, folder_ / "log");
    }

    std::string url() const
    {
        return (setup_.has_users ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(server_->port());
    }
    std::filesystem::path certificate() const { return folder_ / "cert"; }
    std::filesystem::path home() const { return setup_.home.empty() ? folder_ / "state" : setup_.home; }
    scratch_folder const& folder() const { return folder_; }
    std::string log_text() const { return server_->log_text(); }

private:
    std::vector<std::string> command(unsigned short port) const
    {
        std::vector<std::string> words{ACRX_RUNNER, "serve", "--listen", std::to_string(port), "--home", home().string()};
        if (setup_.has_users)
            for (auto const& [option, file] : {std::pair("--tls-cert", "cert"), std::pair("--tls-key", "key"), std::pair("--token-file", "tokens")}) {
                words.emplace_back(option);
                words.push_back((folder_ / file).string());
            }
        words.insert(words.end(), setup_.more.begin(), setup_.more.end());
        return words;
    }

    runner_setup setup_;
    scratch_folder folder_;
    std::optional<server_process> server_;
};
}  // namespace acrx::testing
#endif
