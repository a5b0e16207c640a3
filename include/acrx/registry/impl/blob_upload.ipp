// Bodies of registry/blob_upload.hpp.
#ifndef ACRX_REGISTRY_IMPL_BLOB_UPLOAD_IPP
#define ACRX_REGISTRY_IMPL_BLOB_UPLOAD_IPP
#include <acrx/core/error.hpp>
#include <acrx/registry/blob_upload.hpp>
#include <acrx/registry/detail/distribution.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace acrx {
namespace detail {
inline constexpr std::size_t upload_chunk = std::size_t{8} << 20;

/// The last bytes of the blob are in `kept`; those before are in the registry.
struct upload_session
{
    std::shared_ptr<distribution> home;
    reference ref;
    std::string doing;
    upload_flow flow = upload_flow::growing();
    std::string kept = {};
    std::uint64_t kept_from = 0;

    net::awaitable<void> send(digest blob)
    {
        body_source const bytes = [this](std::uint64_t offset, std::uint64_t length) -> http_body {
            if (offset < kept_from)
                throw error(errc::unavailable, doing + ": the registry has lost what was sent before");
            return kept.substr(static_cast<std::size_t>(offset - kept_from), static_cast<std::size_t>(length));
        };
        auto action = flow.next({});
        co_await home->drive(flow, std::move(action), ref, std::move(blob), bytes, doing);
        kept_from += kept.size();
        kept.clear();
    }
};
}  // namespace detail

ACRX_DECL blob_upload::blob_upload(std::unique_ptr<detail::upload_session> session) noexcept : session_(std::move(session)) {}
ACRX_DECL blob_upload::blob_upload(blob_upload&&) noexcept = default;
ACRX_DECL blob_upload& blob_upload::operator=(blob_upload&&) noexcept = default;
ACRX_DECL blob_upload::~blob_upload() = default;

ACRX_DECL net::awaitable<void> blob_upload::append(std::span<std::byte const> bytes)
{
    auto& session = *session_;
    while (!bytes.empty()) {
        auto const count = std::min(bytes.size(), detail::upload_chunk - session.kept.size());
        session.kept.append(reinterpret_cast<char const*>(bytes.data()), count);
        session.flow.extend(count);
        bytes = bytes.subspan(count);
        digest none;
        if (session.kept.size() == detail::upload_chunk)
            co_await session.send(std::move(none));
    }
}

ACRX_DECL net::awaitable<void> blob_upload::commit(digest blob)
{
    session_->flow.finish();
    co_await session_->send(std::move(blob));
}

ACRX_DECL net::awaitable<void> blob_upload::abort()
{
    co_await session_->home->discard(session_->ref, session_->flow.location(), session_->doing);
}

namespace detail {
ACRX_DECL net::awaitable<blob_upload> distribution::begin_upload(reference ref)
{
    auto session = std::make_unique<upload_session>();
    session->home = shared_from_this();
    session->ref = ref;
    session->doing = "pushing a blob to " + shown_repository(ref);
    body_source const nothing = [](std::uint64_t, std::uint64_t) -> http_body { return {}; };
    auto action = session->flow.start();
    digest const none;
    co_await drive(session->flow, std::move(action), ref, none, nothing, session->doing);
    co_return blob_upload(std::move(session));
}
}  // namespace detail
}  // namespace acrx
#endif
