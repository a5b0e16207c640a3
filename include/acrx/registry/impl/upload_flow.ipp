// Bodies of registry/detail/upload_flow.hpp.
#ifndef ACRX_REGISTRY_IMPL_UPLOAD_FLOW_IPP
#define ACRX_REGISTRY_IMPL_UPLOAD_FLOW_IPP
#include <acrx/http/message.hpp>
#include <acrx/registry/detail/answer_error.hpp>
#include <acrx/registry/detail/upload_flow.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace acrx::detail {
inline bool is_lost(unsigned status)
{
    return status == 0 || is_transient_status(status);
}

ACRX_DECL std::optional<std::uint64_t> bytes_of_range(std::string_view range)
{
    if (range.starts_with("bytes="))
        range.remove_prefix(6);
    std::uint64_t last = 0;
    if (!range.starts_with("0-"))
        return std::nullopt;
    auto const [end, failed] = std::from_chars(range.data() + 2, range.data() + range.size(), last);
    if (failed != std::errc{} || end != range.data() + range.size())
        return std::nullopt;
    return last == 0 ? 0 : last + 1;
}

ACRX_DECL upload_flow::upload_flow(std::uint64_t size, std::uint64_t whole_limit, std::string location)
    : size_(size), whole_limit_(whole_limit), location_(std::move(location))
{}

ACRX_DECL upload_flow upload_flow::growing()
{
    upload_flow flow(0, 0);
    flow.is_whole_ = false;
    return flow;
}

ACRX_DECL upload_action upload_flow::start()
{
    return last_ = location_.empty() ? upload_action(open_session{}) : send();
}

ACRX_DECL upload_action upload_flow::next(upload_answer const& answer)
{
    is_recovering_ = false;
    auto const step = [&](auto const& last) -> upload_action {
        using action = std::decay_t<decltype(last)>;
        if constexpr (std::is_same_v<action, open_session>)
            return after_open(answer);
        else if constexpr (std::is_same_v<action, send_whole>)
            return after_whole(answer);
        else if constexpr (std::is_same_v<action, send_part>)
            return after_part(answer);
        else if constexpr (std::is_same_v<action, ask_offset>)
            return after_offset(answer);
        else if constexpr (std::is_same_v<action, commit_blob>)
            return after_commit(answer);
        else if constexpr (std::is_same_v<action, look_for_blob>)
            return after_look(answer);
        else if constexpr (std::is_same_v<action, upload_waits>)
            return send();
        else
            return last;
    };
    auto const last = last_;
    return last_ = std::visit(step, last);
}

inline upload_action upload_flow::recover(upload_action action)
{
    is_recovering_ = true;
    return action;
}

inline upload_action upload_flow::reopen()
{
    location_.clear();
    offset_ = 0;
    is_offset_refused_ = false;
    return recover(open_session{});
}

inline upload_action upload_flow::send()
{
    if (offset_ == 0 && is_whole_ && size_ <= whole_limit_ && chunk_ == 0)
        return send_whole{location_, size_};
    if (offset_ == size_)
        return is_whole_ ? upload_action(commit_blob{location_}) : upload_action(upload_waits{});
    auto const left = size_ - offset_;
    auto const length = chunk_ == 0 ? left : std::min(left, chunk_);
    return send_part{location_, offset_, length, offset_ > 0 || chunk_ > 0};
}

inline void upload_flow::note_session(upload_answer const& answer)
{
    if (!answer.location.empty())
        location_ = answer.location;
    shortest_chunk_ = std::max(shortest_chunk_, answer.shortest_chunk);
}

inline upload_action upload_flow::after_open(upload_answer const& answer)
{
    if (is_lost(answer.status))
        return recover(open_session{});
    if (answer.status == 201)
        return upload_done{};
    if (!is_success(answer.status) || answer.location.empty())
        return upload_failed{};
    note_session(answer);
    return send();
}

inline upload_action upload_flow::after_whole(upload_answer const& answer)
{
    if (is_success(answer.status))
        return upload_done{};
    if (answer.status == 413)
        return send_smaller();
    if (is_lost(answer.status))
        return recover(look_for_blob{});
    return answer.status == 404 ? reopen() : upload_failed{};
}

inline upload_action upload_flow::after_part(upload_answer const& answer)
{
    if (is_success(answer.status)) {
        auto const& part = std::get<send_part>(last_);
        note_session(answer);
        is_offset_refused_ = false;
        offset_ = part.offset + part.length;
        if (auto const held = bytes_of_range(answer.range); held && *held > 0 && *held < offset_)
            offset_ = *held;
        return send();
    }
    if (answer.status == 413)
        return send_smaller();
    if (is_lost(answer.status))
        return recover(ask_offset{location_});
    if (answer.status == 416 && !std::exchange(is_offset_refused_, true))
        return recover(ask_offset{location_});
    return answer.status == 404 || answer.status == 416 ? reopen() : upload_failed{};
}

/// A proxy in front takes less at once than we sent.
inline upload_action upload_flow::send_smaller()
{
    auto const sent = chunk_ == 0 ? size_ : chunk_;
    if (sent <= shortest_chunk_)
        return upload_failed{};
    chunk_ = std::max(shortest_chunk_, std::min(first_chunk, sent / 2));
    return ask_offset{location_};
}

inline upload_action upload_flow::after_offset(upload_answer const& answer)
{
    if (is_lost(answer.status))
        return recover(ask_offset{location_});
    auto const held = bytes_of_range(answer.range);
    if (!is_success(answer.status) || !held || *held > size_)
        return reopen();
    note_session(answer);
    offset_ = *held;
    return send();
}

inline upload_action upload_flow::after_commit(upload_answer const& answer)
{
    if (is_success(answer.status))
        return upload_done{};
    return is_lost(answer.status) || answer.status == 404 ? recover(look_for_blob{}) : upload_failed{};
}

inline upload_action upload_flow::after_look(upload_answer const& answer)
{
    if (is_lost(answer.status))
        return recover(look_for_blob{});
    if (is_success(answer.status))
        return upload_done{};
    return offset_ == 0 ? reopen() : recover(ask_offset{location_});
}
}  // namespace acrx::detail
#endif
