// Bodies of context/remote_tarball.hpp.
#ifndef ACRX_CONTEXT_IMPL_REMOTE_TARBALL_IPP
#define ACRX_CONTEXT_IMPL_REMOTE_TARBALL_IPP
#include <acrx/context/detail/byte_bridge.hpp>
#include <acrx/context/detail/download.hpp>
#include <acrx/context/detail/filled_folder.hpp>
#include <acrx/context/detail/http_date.hpp>
#include <acrx/context/detail/unpack_context.hpp>
#include <acrx/context/remote_tarball.hpp>

#include <functional>
#include <utility>

namespace acrx {
ACRX_DECL net::awaitable<build_context> remote_tarball::fetch(std::filesystem::path const& into)
{
    detail::filled_folder folder(into);
    std::function<net::awaitable<build_context>()> once = [this, &folder] {
        folder.clear();
        return fetch_once(folder.path());
    };
    auto context = co_await detail::with_retries(std::move(once), options_.tries, options_.pause);
    folder.keep();
    co_return context;
}

ACRX_DECL net::awaitable<build_context> remote_tarball::fetch_once(std::filesystem::path into)
{
    auto const name = redacted(where_);
    http_request request;
    request.target = parse_url(where_.url.substr(0, where_.url.find('#')));
    http_client client(options_.http);
    auto answer = co_await client.open_following(std::move(request));
    answer = co_await detail::check_download(std::move(answer), name);
    build_context context;
    detail::byte_producer produce = [&answer](byte_sink sink) { return answer.read(std::move(sink)); };
    detail::byte_consumer consume = [&](byte_source in, std::stop_token stop) {
        context = detail::unpack_context(std::move(in), name, into, options_.limits, std::move(stop));
    };
    auto const modified = detail::parse_http_date(answer.head().headers.get("Last-Modified"));
    co_await detail::carry(std::move(produce), std::move(consume));
    context.modified = modified;
    co_return context;
}
}  // namespace acrx
#endif
