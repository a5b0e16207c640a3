// Bodies of registry/detail/distribution.hpp: what goes to a registry.
#ifndef ACRX_REGISTRY_IMPL_DISTRIBUTION_PUSH_IPP
#define ACRX_REGISTRY_IMPL_DISTRIBUTION_PUSH_IPP
#include <acrx/core/error.hpp>
#include <acrx/registry/detail/answer_error.hpp>
#include <acrx/registry/detail/distribution.hpp>
#include <acrx/registry/impl/distribution_pull.ipp>

#include <algorithm>
#include <utility>

namespace acrx::detail {
inline std::string blob_key(reference const& ref, digest const& blob)
{
    return shown_repository(ref) + "@" + blob.str();
}

ACRX_DECL net::awaitable<bool> distribution::has_blob(reference ref, digest blob)
{
    auto doing = "looking for the blob " + blob.str() + " in " + shown_repository(ref);
    auto request = call(ref, "/blobs/" + blob.str(), false, doing);
    request.method = "HEAD";
    auto const answer = co_await channel_.send(request);
    if (answer.status != 200 && answer.status != 404)
        throw_answer(answer, doing, ref.domain);
    co_return answer.status == 200;
}

/// As `has_blob`, with the token that the push needs anyway.
inline net::awaitable<bool> distribution::look_for(reference ref, digest blob, std::string doing)
{
    auto request = call(ref, "/blobs/" + blob.str(), true, doing);
    request.method = "HEAD";
    auto const answer = co_await channel_.send(request);
    if (answer.status != 200 && answer.status != 404)
        throw_answer(answer, doing, ref.domain);
    co_return answer.status == 200;
}

ACRX_DECL net::awaitable<void> distribution::push_blob(reference ref, blob_file blob)
{
    auto const doing = "pushing the blob " + blob.content.digest.str() + " to " + shown_repository(ref);
    auto const key = blob_key(ref, blob.content.digest);
    auto const alone = co_await uploads_.enter(key);
    std::string location;
    if (auto session = sessions_.extract(key))
        location = std::move(session.mapped());
    if (location.empty()) {
        auto const is_there = co_await look_for(ref, blob.content.digest, doing);
        if (is_there)
            co_return;
    }
    auto const pass = co_await transfers_.enter("");
    upload_flow flow(blob.content.size, options_.whole_upload_limit, std::move(location));
    body_source const bytes = [&](std::uint64_t offset, std::uint64_t length) -> http_body {
        return file_slice{blob.path, offset, length};
    };
    auto action = flow.start();
    co_await drive(flow, std::move(action), ref, blob.content.digest, bytes, doing);
}

ACRX_DECL net::awaitable<bool> distribution::mount_blob(reference ref, descriptor blob, std::string from)
{
    auto const key = blob_key(ref, blob.digest);
    auto const alone = co_await uploads_.enter(key);
    auto doing = "mounting the blob " + blob.digest.str() + " from " + from + " into " + shown_repository(ref);
    auto request = call(ref, "/blobs/uploads/", true, doing);
    request.method = "POST";
    request.target = with_query(with_query(request.target, "mount", blob.digest.str()), "from", from);
    request.scopes.push_back(scope_of(from, false));
    std::sort(request.scopes.begin(), request.scopes.end());
    http_response answer;
    try {
        answer = co_await channel_.send(request);
    } catch (error const& e) {
        if (e.code() != errc::unauthorized && e.code() != errc::denied)
            throw;
        co_return false;  // we may not read the other repository; the upload will tell what is wrong otherwise
    }
    if (answer.status == 201)
        co_return true;
    if (auto location = channel_.location_of(answer); answer.status == 202 && !location.empty())
        sessions_[key] = std::move(location);
    if (is_transient_status(answer.status))
        throw_answer(answer, doing, ref.domain);
    co_return false;
}

[[noreturn]] inline void throw_upload_failure(std::exception_ptr failure, http_response const& answer, digest const& blob,
                                              std::string const& doing, std::string const& host)
{
    if (failure)
        std::rethrow_exception(failure);
    if (has_registry_code(answer, "DIGEST_INVALID"))
        throw error(errc::digest_mismatch, doing + ": the registry counts another digest than " + blob.str());
    throw_answer(answer, doing, host);
}

/// The request for one step of an upload.
inline registry_call distribution::to_call(upload_action const& action, reference const& ref, digest const& blob,
                                           body_source const& bytes, std::string const& doing) const
{
    auto request = call(ref, "/blobs/uploads/", true, doing);
    auto const put = [&](std::string const& location) {
        request.method = "PUT";
        request.target = with_query(location, "digest", blob.str());
        request.headers.set("Content-Type", "application/octet-stream");
    };
    if (auto const* whole = std::get_if<send_whole>(&action)) {
        put(whole->location);
        request.body = bytes(0, whole->size);
    } else if (auto const* part = std::get_if<send_part>(&action)) {
        request.method = "PATCH";
        request.target = part->location;
        request.headers.set("Content-Type", "application/octet-stream");
        if (part->is_ranged)
            request.headers.set("Content-Range", std::to_string(part->offset) + "-" + std::to_string(part->offset + part->length - 1));
        request.body = bytes(part->offset, part->length);
    } else if (auto const* ask = std::get_if<ask_offset>(&action)) {
        request.target = ask->location;
    } else if (auto const* commit = std::get_if<commit_blob>(&action)) {
        put(commit->location);
    } else if (std::holds_alternative<look_for_blob>(action)) {
        request.method = "HEAD";
        request.target = "/v2/" + ref.path + "/blobs/" + blob.str();
    } else {
        request.method = "POST";
    }
    return request;
}

ACRX_DECL net::awaitable<void> distribution::drive(upload_flow& flow, upload_action action, reference ref, digest blob,
                                                   body_source bytes, std::string doing)
{
    back_off patience(options_.retry);
    transfer_observer const sent = [&](std::uint64_t count) {
        if (options_.observer && count > 0)
            options_.observer(transfer_direction::upload, blob, count);
    };
    auto reached = flow.offset();
    while (!std::holds_alternative<upload_done>(action) && !std::holds_alternative<upload_waits>(action)) {
        auto const request = to_call(action, ref, blob, bytes, doing);
        http_response answer;
        std::exception_ptr failure;
        try {
            answer = co_await channel_.send_once(request, sent);
        } catch (error const& e) {
            if (!registry_channel::may_pass(e))
                throw;
            failure = std::current_exception();
        }
        auto const shortest = to_count(answer.headers.get("OCI-Chunk-Min-Length"));
        upload_answer heard{.status = answer.status, .location = channel_.location_of(answer),
                            .range = std::string(answer.headers.get("Range")), .shortest_chunk = shortest.value_or(0)};
        action = flow.next(heard);
        if (std::holds_alternative<upload_failed>(action))
            throw_upload_failure(failure, answer, blob, doing, ref.domain);
        if (flow.offset() > reached)
            patience.reset();
        reached = std::max(reached, flow.offset());
        if (!flow.is_recovering())
            continue;
        auto const length = patience.next(channel_.retry_after(answer));
        if (!length)
            throw_upload_failure(failure, answer, blob, doing, ref.domain);
        co_await channel_.pause(*length);
    }
}

ACRX_DECL net::awaitable<void> distribution::discard(reference ref, std::string location, std::string doing)
{
    auto request = call(ref, "", true, std::move(doing));
    request.method = "DELETE";
    request.target = std::move(location);
    auto const answer = co_await channel_.send_once(std::move(request));
    static_cast<void>(answer);  // a registry that cannot delete forgets the session in its own time
}

ACRX_DECL net::awaitable<bool> distribution::push_manifest(reference ref, manifest_document document)
{
    auto const doing = "pushing the manifest " + shown(ref);
    auto request = call(ref, "/manifests/" + std::string(ref.tag_or_digest()), true, doing);
    request.method = "PUT";
    request.headers.set("Content-Type", document.media_type);
    request.body = std::move(document.bytes);
    back_off patience(options_.retry);
    for (;;) {
        auto const answer = co_await channel_.send(request);
        auto const kept = digest_header(answer, "Docker-Content-Digest");
        if (is_success(answer.status) && !kept.empty() && kept.algorithm() == "sha256" && kept != document.digest)
            throw error(errc::digest_mismatch, doing + ": the registry stored " + kept.str() + " instead of " + document.digest.str());
        if (is_success(answer.status))
            co_return answer.headers.has("OCI-Subject");
        // Some registries take a moment until a blob that was just pushed is there for all their parts.
        auto const length = has_registry_code(answer, "MANIFEST_BLOB_UNKNOWN") ? patience.next() : std::nullopt;
        if (!length)
            throw_answer(answer, doing, ref.domain);
        co_await channel_.pause(*length);
    }
}
}  // namespace acrx::detail
#endif
