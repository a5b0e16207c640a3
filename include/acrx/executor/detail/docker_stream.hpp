// Takes the output of a container out of the frames that the Docker Engine API sends it in.
#ifndef ACRX_EXECUTOR_DETAIL_DOCKER_STREAM_HPP
#define ACRX_EXECUTOR_DETAIL_DOCKER_STREAM_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace acrx::detail {
/// A frame is a byte for the stream (0, 1, 2), three zeros, the length as four bytes, most significant first, and as many
/// bytes (Docker Engine API 1.41, ContainerAttach). Both outputs keep the order in which they come.
class docker_stream
{
public:
    /// @param bytes  as they come, cut anywhere
    /// @param sink   called with the bytes of the container
    /// @return false if they are no frames
    template<class Sink>
    bool put(std::span<std::byte const> bytes, Sink const& sink)
    {
        while (!bytes.empty()) {
            if (left_ == 0) {
                head_[filled_++] = bytes.front();
                bytes = bytes.subspan(1);
                if (filled_ == head_.size() && !begin_frame())
                    return false;
                continue;
            }
            auto const piece = bytes.first(std::min<std::size_t>(left_, bytes.size()));
            sink(piece);
            left_ -= static_cast<std::uint32_t>(piece.size());
            bytes = bytes.subspan(piece.size());
        }
        return true;
    }

private:
    bool begin_frame() noexcept
    {
        filled_ = 0;
        for (std::size_t at = 4; at < head_.size(); ++at)
            left_ = left_ << 8 | std::to_integer<std::uint32_t>(head_[at]);
        return std::to_integer<int>(head_[0]) <= 2 && head_[1] == std::byte{} && head_[2] == std::byte{}
               && head_[3] == std::byte{};
    }

    std::array<std::byte, 8> head_{};
    std::size_t filled_ = 0;
    std::uint32_t left_ = 0;
};
}  // namespace acrx::detail
#endif
