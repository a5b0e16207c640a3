// Bodies of registry/detail/distribution.hpp: what comes from a registry.
#ifndef ACRX_REGISTRY_IMPL_DISTRIBUTION_PULL_IPP
#define ACRX_REGISTRY_IMPL_DISTRIBUTION_PULL_IPP
#include <acrx/core/error.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/registry/detail/answer_error.hpp>
#include <acrx/registry/detail/distribution.hpp>

#include <boost/asio/this_coro.hpp>

#include <charconv>
#include <utility>

namespace acrx::detail {
inline std::string scope_of(std::string const& path, bool is_push)
{
    return "repository:" + path + (is_push ? ":pull,push" : ":pull");
}

inline std::string media_type_of(std::string_view content_type)
{
    auto const end = content_type.find_first_of("; \t");
    return std::string(content_type.substr(0, end));
}

/// A header that holds a digest, or none if it is missing or malformed.
inline digest digest_header(http_response const& answer, std::string_view name)
{
    try {
        auto const text = answer.headers.get(name);
        return text.empty() ? digest{} : digest::parse(text);
    } catch (error const&) {
        return {};
    }
}

inline void require_sha256(digest const& d, std::string const& doing)
{
    if (d.algorithm() != "sha256")
        throw error(errc::not_supported, doing + ": its digest is no sha256");
}

inline std::optional<std::uint64_t> to_count(std::string_view text)
{
    std::uint64_t number = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failed == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

inline void accept_manifests(registry_call& request)
{
    for (auto type : {media_type::oci_index, media_type::oci_manifest, media_type::docker_index, media_type::docker_manifest})
        request.headers.add("Accept", std::string(type));
}

/// Asks a mirror on behalf of the registry `from`.
inline void ask_for(registry_call& request, std::string const& from)
{
    if (request.host == from)
        return;
    request.target = with_query(request.target, "ns", from);
    request.is_patient = false;
}

ACRX_DECL std::string shown(reference const& ref)
{
    return to_string(ref);
}

ACRX_DECL std::string shown_repository(reference const& ref)
{
    return ref.domain + "/" + ref.path;
}

ACRX_DECL distribution::distribution(registry_options options, credential_finder find)
    : options_(options), channel_(std::move(options), std::move(find)), transfers_(options_.parallel_transfers)
{}

inline registry_call distribution::call(reference const& ref, std::string path, bool is_push, std::string doing) const
{
    registry_call request;
    request.host = ref.domain;
    request.doing = std::move(doing);
    request.scopes = {scope_of(ref.path, is_push)};
    request.target = "/v2/" + ref.path + std::move(path);
    return request;
}

/// Where to pull from, the registry itself last.
inline std::vector<reference> distribution::places(reference const& ref) const
{
    std::vector<reference> all;
    if (auto const found = options_.mirrors.find(ref.domain); found != options_.mirrors.end())
        for (auto const& host : found->second) {
            all.push_back(ref);
            all.back().domain = host;
        }
    all.push_back(ref);
    return all;
}

ACRX_DECL net::awaitable<std::optional<descriptor>> distribution::resolve(reference ref)
{
    auto const all = places(ref);
    std::optional<descriptor> found;
    for (std::size_t i = 0; i < all.size() && !found; ++i) {
        try {
            found = co_await resolve_at(all[i], ref.domain);
        } catch (error const& e) {
            if (i + 1 == all.size() || e.code() == boost::system::errc::operation_canceled)
                throw;
        }
    }
    co_return found;
}

inline net::awaitable<std::optional<descriptor>> distribution::resolve_at(reference ref, std::string from)
{
    auto request = call(ref, "/manifests/" + std::string(ref.tag_or_digest()), false, "resolving " + shown(ref));
    auto const doing = request.doing;
    request.method = "HEAD";
    accept_manifests(request);
    ask_for(request, from);
    auto const answer = co_await channel_.send(request);
    if (answer.status == 404)
        co_return std::nullopt;
    auto const size = to_count(answer.headers.get("Content-Length"));
    descriptor found;
    found.media_type = media_type_of(answer.headers.get("Content-Type"));
    found.digest = ref.digest.empty() ? digest_header(answer, "Docker-Content-Digest") : ref.digest;
    found.size = size.value_or(0);
    auto const is_known = media_type::is_index(found.media_type) || media_type::is_manifest(found.media_type);
    if (answer.status == 200 && size && is_known && !found.digest.empty())
        co_return found;
    if (answer.status != 200 && answer.status != 405)
        throw_answer(answer, doing, ref.domain);
    auto const document = co_await fetch_manifest_at(ref, from);
    co_return describe(document);
}

ACRX_DECL net::awaitable<manifest_document> distribution::fetch_manifest(reference ref)
{
    auto const all = places(ref);
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        try {
            auto document = co_await fetch_manifest_at(all[i], ref.domain);
            co_return document;
        } catch (error const& e) {
            if (e.code() == boost::system::errc::operation_canceled)
                throw;
        }
    }
    auto document = co_await fetch_manifest_at(all.back(), ref.domain);
    co_return document;
}

inline net::awaitable<manifest_document> distribution::fetch_manifest_at(reference ref, std::string from)
{
    auto const doing = "fetching the manifest of " + shown(ref);
    if (!ref.digest.empty())
        require_sha256(ref.digest, doing);
    auto request = call(ref, "/manifests/" + std::string(ref.tag_or_digest()), false, doing);
    accept_manifests(request);
    ask_for(request, from);
    auto const answer = co_await channel_.send(request);
    if (answer.status != 200)
        throw_answer(answer, doing, ref.domain);
    manifest_document document{.media_type = {}, .bytes = answer.body, .digest = digest_of(answer.body)};
    auto promised = ref.digest.empty() ? digest_header(answer, "Docker-Content-Digest") : ref.digest;
    if (promised.algorithm() == "sha256" && promised != document.digest)
        throw error(errc::digest_mismatch, doing + ": its digest is " + document.digest.str() + ", not " + promised.str(),
                    "The registry or a proxy in between has damaged it; do not use this image.");
    document.media_type = acrx::manifest_media_type(document.bytes, answer.headers.get("Content-Type"));
    co_return document;
}

/// How far a blob has come, whatever number of connections it took.
struct distribution::download
{
    descriptor blob;
    byte_sink sink;
    sha256 hash;
    std::uint64_t offset = 0;
    bool is_sink_at_fault = false;
};

ACRX_DECL net::awaitable<void> distribution::fetch_blob(reference ref, descriptor blob, byte_sink sink)
{
    auto const doing = "fetching the blob " + blob.digest.str() + " of " + shown_repository(ref);
    require_sha256(blob.digest, doing);
    auto const pass = co_await transfers_.enter("");
    download state{std::move(blob), std::move(sink), {}, 0, false};
    auto const ways = ways_to(ref, state.blob, doing);
    for (std::size_t i = 0; i < ways.size(); ++i) {
        try {
            co_await fetch_blob_by(ways[i], state);
            break;
        } catch (error const& e) {
            auto const is_last = i + 1 == ways.size();
            if (is_last || state.is_sink_at_fault || e.code() == boost::system::errc::operation_canceled
                || e.code() == errc::digest_mismatch)
                throw;
        }
    }
    auto const found = state.hash.finish();
    if (state.offset != state.blob.size || found != state.blob.digest)
        throw error(errc::digest_mismatch, doing + ": " + std::to_string(state.offset) + " bytes of " + found.str() + " arrived",
                    "The registry or a proxy in between has damaged it; do not use this image.");
}

/// 206 must go on where we are; 200 starts again from the beginning.
inline std::uint64_t bytes_to_skip(http_response const& head, std::uint64_t offset, std::string const& doing)
{
    if (head.status == 200)
        return offset;
    if (!head.headers.get("Content-Range").starts_with("bytes " + std::to_string(offset) + "-"))
        throw error(errc::protocol, doing + ": the answer is not the range that was asked for");
    return 0;
}

/// The mirrors, the registry itself, and the servers that the descriptor names; those are not told who we are.
inline std::vector<registry_call> distribution::ways_to(reference const& ref, descriptor const& blob,
                                                        std::string const& doing) const
{
    std::vector<registry_call> ways;
    for (auto const& place : places(ref)) {
        ways.push_back(call(place, "/blobs/" + blob.digest.str(), false, doing));
        ask_for(ways.back(), ref.domain);
    }
    for (auto const& url : blob.urls)
        if (url.starts_with("https://") || url.starts_with("http://")) {
            ways.push_back(call(ref, {}, false, doing + " from " + url));
            ways.back().target = url;
        }
    return ways;
}

inline net::awaitable<void> distribution::fetch_blob_by(registry_call way, download& state)
{
    auto const& doing = way.doing;
    std::uint64_t skip = 0;
    byte_sink const take = [&](std::span<std::byte const> bytes) -> net::awaitable<void> {
        auto const skipped = std::min<std::uint64_t>(skip, bytes.size());
        skip -= skipped;
        bytes = bytes.subspan(static_cast<std::size_t>(skipped));
        if (bytes.empty())
            co_return;
        if (bytes.size() > state.blob.size - state.offset)
            throw error(errc::digest_mismatch, doing + ": it is larger than " + std::to_string(state.blob.size) + " bytes");
        state.hash.update(bytes);
        state.offset += bytes.size();
        if (options_.observer)
            options_.observer(transfer_direction::download, state.blob.digest, bytes.size());
        state.is_sink_at_fault = true;
        co_await state.sink(bytes);
        state.is_sink_at_fault = false;
    };
    back_off patience(options_.retry);
    for (;;) {
        auto const begin = state.offset;
        std::optional<std::chrono::seconds> asked;
        std::exception_ptr failure;
        try {
            auto request = way;
            if (begin > 0)
                request.headers.set("Range", "bytes=" + std::to_string(begin) + "-");
            auto answer = co_await channel_.open(std::move(request));
            auto const status = answer.head().status;
            if (status == 200 || status == 206) {
                skip = bytes_to_skip(answer.head(), begin, doing);
                co_await answer.read(take);
                co_return;
            }
            auto const whole = co_await answer.read_all(options_.manifest_limit);
            asked = channel_.retry_after(whole);
            throw_answer(whole, doing, way.host);
        } catch (error const& e) {
            if (state.is_sink_at_fault || !registry_channel::may_pass(e) || (!way.is_patient && state.offset == begin))
                throw;
            failure = std::make_exception_ptr(in_context(e, doing, way.host));
        }
        if (state.offset > begin)
            patience.reset();
        auto const length = patience.next(asked);
        if (!length)
            std::rethrow_exception(failure);
        co_await channel_.pause(*length);
    }
}
}  // namespace acrx::detail
#endif
