// Requests to registries: finds out how each host is spoken to, logs in, tries again.
#ifndef ACRX_REGISTRY_DETAIL_REGISTRY_CHANNEL_HPP
#define ACRX_REGISTRY_DETAIL_REGISTRY_CHANNEL_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/gate.hpp>
#include <acrx/http/back_off.hpp>
#include <acrx/http/client.hpp>
#include <acrx/identity/credential_provider.hpp>
#include <acrx/registry/challenge.hpp>
#include <acrx/registry/registry_options.hpp>

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace acrx::detail {
/// One request to one registry.
struct registry_call
{
    std::string host;    ///< as a reference names it: `docker.io`, `localhost:5000`
    std::string doing;   ///< for error texts
    std::vector<std::string> scopes;  ///< what the token must allow, sorted
    std::string method = "GET";
    std::string target;  ///< `/v2/…`, or an absolute URL that the registry gave us
    http_headers headers = {};
    http_body body = {};
    bool is_patient = true;  ///< false: one try will do, there is another place to ask
};

/// Finds the credential for a host; what is left of a `credential_provider` without its type.
using credential_finder = std::function<net::awaitable<credential>(std::string)>;

class registry_channel
{
public:
    ACRX_DECL registry_channel(registry_options options, credential_finder find);

    /// Sends once: logs in when asked to, follows redirects. The answer may be an error's.
    /// @throws error with the call's `doing` in its text, when there is no answer
    ACRX_DECL net::awaitable<http_answer> open(registry_call call, transfer_observer sent = {});
    /// The same with the whole answer.
    ACRX_DECL net::awaitable<http_response> send_once(registry_call call, transfer_observer sent = {});
    /// Repeats what fails for now. The answer may be an error's.
    ACRX_DECL net::awaitable<http_response> send(registry_call call);
    /// Absolute, from the field `Location` of an answer; empty if it has none.
    ACRX_DECL std::string location_of(http_response const& answer) const;
    /// What an answer asks for by `Retry-After`.
    ACRX_DECL std::optional<std::chrono::seconds> retry_after(http_response const& answer) const;
    ACRX_DECL net::awaitable<void> pause(std::chrono::milliseconds length);
    /// Whether a failed call is worth another try.
    static ACRX_DECL bool may_pass(error const& failure) noexcept;

    registry_options const& options() const noexcept { return options_; }

private:
    struct entry_point
    {
        url base;
        bool verify_peer = true;
    };
    struct token
    {
        std::string authorization;
        time_point expires;
    };
    struct host_state
    {
        std::optional<entry_point> entry;
        std::optional<auth_challenge> challenge;  ///< what the host asked for last
        bool is_anonymous = true;                 ///< nobody could be logged in
        std::map<std::string, token> tokens;      ///< by scopes
    };

    std::vector<entry_point> candidates(std::string const& host) const;
    net::awaitable<bool> answers(entry_point way);
    net::awaitable<entry_point> enter(std::string host);
    net::awaitable<http_answer> follow(registry_call const& call, http_request request, url base, transfer_observer sent);
    net::awaitable<std::string> authorize(registry_call const& call, std::string stale);
    net::awaitable<token> log_in(registry_call const& call, auth_challenge challenge);
    std::string known_token(registry_call const& call);
    void show_warnings(http_response const& head);

    registry_options options_;
    credential_finder find_;
    http_client http_;
    std::map<std::string, host_state> hosts_;
    std::set<std::string> shown_warnings_;
    gate logins_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/registry/impl/registry_channel.ipp>
#endif
#endif
