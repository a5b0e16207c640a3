// The routes of contexts that clients send in pieces: what is missing, the pieces, and the context made of them.
#ifndef ACRX_SERVER_DETAIL_CONTEXT_ROUTES_HPP
#define ACRX_SERVER_DETAIL_CONTEXT_ROUTES_HPP

#include <acrx/http/served_request.hpp>
#include <acrx/remote/piece_list.hpp>
#include <acrx/server/arm_error.hpp>
#include <acrx/server/detail/api_call.hpp>
#include <acrx/server/piece_store.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace acrx::detail {
/// `POST acrxContext/missing?of=sections|pieces`: digests in, those that are lacked out.
inline net::awaitable<http_reply> list_missing(piece_store store, api_call& call)
{
    auto const kind = call.request.parameter("of").value_or("pieces");
    if (kind != "pieces" && kind != "sections")
        throw arm_refusal(400, "InvalidParameter", "of must be pieces or sections", "of");
    auto const body = co_await read_text(call.request, call.options.body_limit);
    auto digests = split_digests(body);
    auto const lacked = co_await store.missing(std::move(digests), kind == "sections");
    co_return text_reply(200, join_digests(lacked), "application/octet-stream");
}

/// `POST acrxContext/pieces`: takes a batch.
inline net::awaitable<http_reply> take_pieces(piece_store store, api_call& call)
{
    constexpr std::size_t limit = longest_batch + longest_batch / 64;
    auto batch = co_await read_text(call.request, limit);
    co_await store.add(std::move(batch));
    co_return http_reply{.status = 204};
}

/// `POST acrxContext/compose`: digests of sections in, the relative path of an upload out; 409 if something is lacked.
template<class Service>
net::awaitable<http_reply> compose_context(Service& service, piece_store store, api_call& call)
{
    auto const body = co_await read_text(call.request, call.options.body_limit);
    auto sections = split_digests(body);
    auto const slot = service.reserve_upload();
    auto const size = co_await store.compose(std::move(sections), slot.file, call.options.upload_limit);
    if (!size)
        throw arm_refusal(409, "ContextIncomplete", "Some of the context is not here any more: ask what is missing.");
    boost::json::object made;
    made["relativePath"] = slot.relative_path;
    made["size"] = *size;
    co_return json_reply(200, made);
}

template<class Service>
net::awaitable<http_reply> serve_context(Service& service, piece_store store, api_call& call)
{
    if (call.path.rest.size() != 2)
        call.refuse_path();
    if (!call.is_method("POST"))
        call.refuse_method("POST");
    call.require(role::runner);
    http_reply reply;
    if (call.path.is_at(1, "missing"))
        reply = co_await list_missing(std::move(store), call);
    else if (call.path.is_at(1, "pieces"))
        reply = co_await take_pieces(std::move(store), call);
    else if (call.path.is_at(1, "compose"))
        reply = co_await compose_context(service, std::move(store), call);
    else
        call.refuse_path();
    co_return reply;
}
}  // namespace acrx::detail
#endif
