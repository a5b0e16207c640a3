// The route of uploads: takes the bytes of a context by a signed link, as Azure's block blobs do.
#ifndef ACRX_SERVER_DETAIL_UPLOAD_ROUTE_HPP
#define ACRX_SERVER_DETAIL_UPLOAD_ROUTE_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/served_request.hpp>
#include <acrx/server/arm_error.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace acrx::detail {
/// Writes the body to a temporary file and renames it to `file`. A body that breaks off leaves nothing.
ACRX_DECL net::awaitable<http_reply> receive_upload(served_request& request, std::filesystem::path file, std::uint64_t limit);

/// Where the blocks of an upload wait for their list.
ACRX_DECL std::filesystem::path blocks_of_upload(std::filesystem::path const& file);
/// `comp=block&blockid=BASE64`: keeps one block. @param limit  bytes of all blocks together
ACRX_DECL net::awaitable<http_reply> receive_block(served_request& request, std::filesystem::path file, std::uint64_t limit);
/// `comp=blocklist`: makes the upload of the blocks that the body lists, in its order; all blocks are gone then.
ACRX_DECL net::awaitable<http_reply> join_blocks(served_request& request, std::filesystem::path file, std::uint64_t limit);

/// @param place  the relative path that `reserve_upload` gave
template<class Service>
net::awaitable<http_reply> serve_upload(Service& service, served_request& request, std::string place, std::uint64_t limit)
{
    auto const file = service.find_upload(place);
    if (!file)
        throw arm_refusal(404, "BlobNotFound", "There is no upload " + place + ".");
    if (request.method != "PUT")
        throw arm_refusal(405, "MethodNotAllowed", "An upload takes PUT.");
    auto const part = request.parameter("comp").value_or("");
    if (!part.empty() && part != "block" && part != "blocklist")
        throw arm_refusal(501, "NotSupported", "An upload knows comp=block and comp=blocklist, not comp=" + part + ".", "comp");
    http_reply reply;
    if (part == "block")
        reply = co_await receive_block(request, *file, limit);
    else if (part == "blocklist")
        reply = co_await join_blocks(request, *file, limit);
    else
        reply = co_await receive_upload(request, *file, limit);
    co_return reply;
}
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/upload_route.ipp>
#endif
#endif
