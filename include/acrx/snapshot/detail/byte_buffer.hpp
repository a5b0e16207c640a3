// Memory that is used again and again and never cleared.
#ifndef ACRX_SNAPSHOT_DETAIL_BYTE_BUFFER_HPP
#define ACRX_SNAPSHOT_DETAIL_BYTE_BUFFER_HPP

#include <cstddef>
#include <memory>
#include <span>

namespace acrx::detail {
/// Grows, never shrinks; what it held is lost when it is asked for more.
class byte_buffer
{
public:
    std::span<std::byte> get(std::size_t size)
    {
        if (size > capacity_) {
            bytes_ = std::make_unique_for_overwrite<std::byte[]>(size);
            capacity_ = size;
        }
        return {bytes_.get(), size};
    }

private:
    std::unique_ptr<std::byte[]> bytes_;
    std::size_t capacity_ = 0;
};
}  // namespace acrx::detail
#endif
