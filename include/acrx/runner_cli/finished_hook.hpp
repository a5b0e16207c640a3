// Tells a URL of runs that ended, signed.
#ifndef ACRX_RUNNER_CLI_FINISHED_HOOK_HPP
#define ACRX_RUNNER_CLI_FINISHED_HOOK_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/client.hpp>
#include <acrx/run/run_record.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>

namespace acrx::cli {
/// Posts the JSON of a run that ended, as the API shows it, in `{"event":"run.finished","run":…}`.
///
/// `X-Acrx-Signature-256: sha256=HEX` is the HMAC-SHA256 of the body with the secret; `X-Acrx-Delivery` is the id of the
/// run, the same at each attempt.
class finished_hook
{
public:
    /// @param secret  empty sends no signature
    finished_hook(std::string target, std::string secret, http_options connection)
        : target_(std::move(target)), secret_(std::move(secret)), client_(std::move(connection))
    {}
    /// Tells once, within 30 seconds.
    /// @throws error unless the answer is 2xx; shows neither secret nor query of the URL
    ACRX_DECL net::awaitable<void> tell(acrx::run_record run);

private:
    std::string target_;
    std::string secret_;
    http_client client_;
};
}  // namespace acrx::cli

#if !defined(ACRX_COMPILED)
#include <acrx/runner_cli/impl/finished_hook.ipp>
#endif
#endif
