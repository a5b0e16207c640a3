// Bodies of server/detail/upload_route.hpp.
#ifndef ACRX_SERVER_IMPL_UPLOAD_ROUTE_IPP
#define ACRX_SERVER_IMPL_UPLOAD_ROUTE_IPP
#include <acrx/core/base64.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/arriving_file.hpp>
#include <acrx/io/byte_source.hpp>
#include <acrx/io/files.hpp>
#include <acrx/server/detail/upload_route.hpp>

#include <optional>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace acrx::detail {
inline http_reply created_reply(sha256& sum)
{
    http_reply reply{.status = 201};
    reply.headers.set("ETag", "\"" + std::string(sum.finish().encoded()) + "\"");
    reply.headers.set("x-ms-request-server-encrypted", "false");
    return reply;
}

/// Writes the body to a file that appears when it is whole.
inline net::awaitable<sha256> receive_file(served_request& request, std::filesystem::path file, std::uint64_t limit)
{
    arriving_file arriving(std::move(file));
    sha256 sum;
    byte_sink sink = [&](std::span<std::byte const> bytes) -> net::awaitable<void> {
        sum.update(bytes);
        arriving.write(bytes);
        co_return;
    };
    co_await request.read_body(std::move(sink), limit);
    arriving.keep();
    co_return std::move(sum);
}

ACRX_DECL net::awaitable<http_reply> receive_upload(served_request& request, std::filesystem::path file, std::uint64_t limit)
{
    auto sum = co_await receive_file(request, std::move(file), limit);
    co_return created_reply(sum);
}

ACRX_DECL std::filesystem::path blocks_of_upload(std::filesystem::path const& file)
{
    return file.string() + ".blocks";
}

/// The name of a block's file. @throws arm_refusal (400) unless it is base64 of 1 to 64 bytes
inline std::string block_name(std::string_view id)
{
    constexpr std::size_t longest = 64;
    auto const bytes = from_base64(id);
    if (!bytes || bytes->empty() || bytes->size() > longest)
        throw arm_refusal(400, "InvalidQueryParameterValue", "A block id is base64 of 1 to 64 bytes.", "blockid");
    return to_hex(std::as_bytes(std::span(*bytes)));
}

inline std::uint64_t size_of_blocks(std::filesystem::path const& folder)
{
    constexpr std::size_t most = 50'000;
    std::size_t count = 0;
    std::uint64_t size = 0;
    for (auto const& each : std::filesystem::directory_iterator(folder)) {
        std::error_code gone;
        auto const bytes = each.file_size(gone);
        size += gone ? 0 : bytes;
        if (++count > most)
            throw arm_refusal(409, "BlockCountExceedsLimit", "An upload has at most 50,000 blocks.");
    }
    return size;
}

ACRX_DECL net::awaitable<http_reply> receive_block(served_request& request, std::filesystem::path file, std::uint64_t limit)
{
    auto const name = block_name(request.parameter("blockid").value_or(""));
    auto const folder = blocks_of_upload(file);
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        throw_errno(failed.value(), "making the folder " + folder.string());
    auto const here = size_of_blocks(folder);
    if (here >= limit)
        throw arm_refusal(413, "RequestBodyTooLarge", "The blocks of the upload are larger than a context may be.");
    auto sum = co_await receive_file(request, folder / name, limit - here);
    co_return created_reply(sum);
}

/// The ids in `<BlockList><Latest>ID</Latest>…</BlockList>`. @throws arm_refusal (400)
inline std::vector<std::string> read_block_list(std::string_view xml)
{
    auto const refuse = [] { throw arm_refusal(400, "InvalidXmlDocument", "The list of blocks is malformed."); };
    auto const begin = xml.find("<BlockList");
    auto const end = xml.rfind("</BlockList>");
    std::vector<std::string> ids;
    if (begin == xml.npos)
        refuse();
    if (end == xml.npos || end < begin)
        return xml.find("/>", begin) != xml.npos ? ids : (refuse(), ids);
    auto rest = xml.substr(begin, end - begin);
    rest.remove_prefix(std::min(rest.size(), rest.find('>') + 1));
    for (auto open = rest.find('<'); open != rest.npos; open = rest.find('<')) {
        auto const close = rest.find('>', open);
        auto const tag = close == rest.npos ? std::string_view() : rest.substr(open + 1, close - open - 1);
        auto const closing = "</" + std::string(tag) + ">";
        auto const stop = close == rest.npos ? rest.npos : rest.find(closing, close);
        if ((tag != "Latest" && tag != "Uncommitted" && tag != "Committed") || stop == rest.npos)
            refuse();
        ids.emplace_back(rest.substr(close + 1, stop - close - 1));
        rest.remove_prefix(stop + closing.size());
    }
    return ids;
}

ACRX_DECL net::awaitable<http_reply> join_blocks(served_request& request, std::filesystem::path file, std::uint64_t limit)
{
    constexpr std::size_t list_limit = std::size_t{8} << 20;
    auto const xml = co_await read_text(request, list_limit);
    auto const folder = blocks_of_upload(file);
    arriving_file arriving(file);
    sha256 sum;
    std::uint64_t size = 0;
    for (auto const& id : read_block_list(xml)) {
        auto const block = folder / block_name(id);
        std::error_code missing;
        size += std::filesystem::file_size(block, missing);
        if (missing)
            throw arm_refusal(400, "InvalidBlockList", "There is no block " + id + ".");
        if (size > limit)
            throw arm_refusal(413, "RequestBodyTooLarge", "The upload is larger than a context may be.");
        auto const bytes = read_in_pieces(block);
        for (auto piece = bytes(); !piece.empty(); piece = bytes()) {
            sum.update(piece);
            arriving.write(piece);
        }
    }
    arriving.keep();
    remove_tree(folder);
    co_return created_reply(sum);
}
}  // namespace acrx::detail
#endif
