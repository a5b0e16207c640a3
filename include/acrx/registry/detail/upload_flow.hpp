// The way of one blob into a registry, whatever goes wrong on it; does no I/O (OCI distribution 1.1, push).
#ifndef ACRX_REGISTRY_DETAIL_UPLOAD_FLOW_HPP
#define ACRX_REGISTRY_DETAIL_UPLOAD_FLOW_HPP

#include <acrx/core/config.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace acrx::detail {
/// POST a new session.
struct open_session
{};
/// PUT the whole blob and its digest to `location`.
struct send_whole
{
    std::string location;
    std::uint64_t size = 0;
};
/// PATCH the bytes from `offset` on to `location`; with Content-Range if `is_ranged`.
struct send_part
{
    std::string location;
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
    bool is_ranged = false;
};
/// GET `location`, to hear how much has arrived.
struct ask_offset
{
    std::string location;
};
/// PUT the digest to `location`.
struct commit_blob
{
    std::string location;
};
/// HEAD the blob: was the commit, whose answer was lost, heard?
struct look_for_blob
{};
/// All bytes so far are there; more have to come, or `finish`.
struct upload_waits
{};
struct upload_done
{};
/// The last answer says why.
struct upload_failed
{};

using upload_action = std::variant<open_session, send_whole, send_part, ask_offset, commit_blob, look_for_blob, upload_waits,
                                   upload_done, upload_failed>;

/// What came of an action.
struct upload_answer
{
    unsigned status = 0;  ///< 0: none, the connection broke
    std::string location;  ///< absolute; empty if the answer had none
    std::string range;     ///< `0-n`, empty if the answer had none
    std::uint64_t shortest_chunk = 0;  ///< `OCI-Chunk-Min-Length`; 0 if the answer had none
};

/// Decides what comes next. After each step `is_recovering` tells whether to pause before it.
class upload_flow
{
public:
    static constexpr std::uint64_t first_chunk = std::uint64_t{8} << 20;   ///< bytes, after a 413
    static constexpr std::uint64_t smallest_chunk = std::uint64_t{64} << 10;

    /// @param size         bytes that are at hand
    /// @param whole_limit  bytes; what is not larger goes in one PUT
    /// @param location     of a session that is open already, else empty
    ACRX_DECL upload_flow(std::uint64_t size, std::uint64_t whole_limit, std::string location = {});
    /// For a blob that is still being made: nothing is at hand, nothing is committed before `finish`.
    static ACRX_DECL upload_flow growing();

    void extend(std::uint64_t bytes) noexcept { size_ += bytes; }
    void finish() noexcept { is_whole_ = true; }

    ACRX_DECL upload_action start();
    /// @param answer  to the last action
    ACRX_DECL upload_action next(upload_answer const& answer);

    /// The last answer was a failure, and the next action tries to mend it.
    bool is_recovering() const noexcept { return is_recovering_; }
    /// Bytes that the registry has, as far as it has said so.
    std::uint64_t offset() const noexcept { return offset_; }
    /// Of the session; empty before there is one.
    std::string const& location() const noexcept { return location_; }

private:
    upload_action reopen();
    upload_action send();
    upload_action after_open(upload_answer const& answer);
    upload_action after_whole(upload_answer const& answer);
    upload_action after_part(upload_answer const& answer);
    upload_action after_offset(upload_answer const& answer);
    upload_action after_commit(upload_answer const& answer);
    upload_action after_look(upload_answer const& answer);
    upload_action recover(upload_action action);
    upload_action send_smaller();
    void note_session(upload_answer const& answer);

    std::uint64_t size_ = 0;
    std::uint64_t whole_limit_ = 0;
    std::uint64_t offset_ = 0;
    std::uint64_t chunk_ = 0;  ///< 0: as much as there is
    std::uint64_t shortest_chunk_ = smallest_chunk;
    std::string location_;
    upload_action last_ = open_session{};
    bool is_whole_ = true;
    bool is_recovering_ = false;
    bool is_offset_refused_ = false;
};

/// How many bytes `Range: 0-n` of an upload stands for; nothing if it is malformed. `0-0` is none.
ACRX_DECL std::optional<std::uint64_t> bytes_of_range(std::string_view range);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/registry/impl/upload_flow.ipp>
#endif
#endif
