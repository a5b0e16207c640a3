// A token source for tests: it gives one token, and notes who asked.
#ifndef ACRX_TESTS_IDENTITY_FIXED_TOKENS_HPP
#define ACRX_TESTS_IDENTITY_FIXED_TOKENS_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/back_off.hpp>
#include <acrx/identity/token_source.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace identity_tests {
/// Copies share their notes.
struct fixed_tokens
{
    std::string value = "aad-token";
    acrx::time_point expires{};
    std::shared_ptr<std::vector<acrx::token_request>> asked = std::make_shared<std::vector<acrx::token_request>>();

    acrx::net::awaitable<acrx::access_token> get(acrx::token_request request)
    {
        asked->push_back(std::move(request));
        co_return acrx::access_token{value, expires};
    }
};

/// Three tries, hardly a pause.
inline acrx::retry_policy quick_retry()
{
    acrx::retry_policy policy;
    policy.tries = 3;
    policy.base = policy.ceiling = policy.retry_after_ceiling = std::chrono::milliseconds(1);
    return policy;
}
}  // namespace identity_tests
#endif
