// The handler that gives programs tokens in the forms of Azure's metadata service and of App Service.
#ifndef ACRX_IDENTITY_TOKEN_ENDPOINT_HPP
#define ACRX_IDENTITY_TOKEN_ENDPOINT_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/served_request.hpp>
#include <acrx/identity/detail/token_question.hpp>
#include <acrx/identity/token_endpoint_options.hpp>
#include <acrx/identity/token_source.hpp>

#include <boost/asio/awaitable.hpp>

#include <string>
#include <utility>
#include <variant>

namespace acrx {
/// Answers `GET /metadata/identity/oauth2/token` (Azure Instance Metadata Service, from api-version 2018-02-01 on; with
/// `Metadata: true`, and not through a proxy) and `GET /msi/token` (App Service, from api-version 2019-08-01 on; with
/// `X-IDENTITY-HEADER`) with a token of the source.
///
/// The identity is named by `client_id`, `object_id` (`principal_id`) or `msi_res_id` (`mi_res_id`), one of them; without,
/// it is that of the system. One that the source does not know or refuses is answered as the metadata service does it, by
/// 400 and `Identity not found`; a source that fails otherwise by 503, which clients try again.
///
/// @tparam Source  gives only what may be given: see `assigned_tokens`
/// @tparam Clock   what the lives of tokens are counted from
template<token_source Source, clock Clock = system_clock>
class token_endpoint
{
public:
    explicit token_endpoint(Source source, token_endpoint_options options = {}, Clock time = {})
        : source_(std::move(source)), options_(std::move(options)), time_(std::move(time))
    {}

    net::awaitable<http_reply> operator()(served_request& request);

private:
    Source source_;
    token_endpoint_options options_;
    [[no_unique_address]] Clock time_;
};

template<token_source Source, clock Clock>
net::awaitable<http_reply> token_endpoint<Source, Clock>::operator()(served_request& request)
{
    auto question = detail::read_token_question(request, options_);
    if (auto* refusal = std::get_if<http_reply>(&question))
        co_return std::move(*refusal);
    auto const& wanted = std::get<token_request>(question);
    std::string trouble;
    bool is_refused = false;
    try {
        auto const token = co_await source_.get(wanted);
        if (options_.issued)
            options_.issued(token.value);
        co_return detail::token_reply(wanted, token, time_.now());
    } catch (error const& e) {
        if (e.code() == errc::denied)
            co_return detail::identity_not_found();
        is_refused = e.code() == errc::unauthorized;
        trouble = e.text();
    }
    if (options_.failed)
        options_.failed(trouble);
    co_return is_refused ? detail::identity_not_found() : detail::no_token_now();
}
}  // namespace acrx
#endif
