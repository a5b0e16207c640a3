// A SHA-256 sum that takes over what a layer made before has in common with this one.
#ifndef ACRX_SNAPSHOT_DETAIL_RUNNING_SUM_HPP
#define ACRX_SNAPSHOT_DETAIL_RUNNING_SUM_HPP

#include <acrx/core/digest.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace acrx::detail {
/// The digest of bytes that come in blocks. While they are those of the layer of before, it only notes how far.
class running_sum
{
public:
    /// @param bytes  the whole block, or no more than its end, of at least 63 bytes or whole
    void skip(sha256_midstate const& after, std::uint64_t length, std::span<std::byte const> bytes)
    {
        length_ += length;
        from_ = after;
        tail_.append(reinterpret_cast<char const*>(bytes.data()), bytes.size());
        tail_.erase(0, tail_.size() - std::min<std::size_t>(tail_.size(), length_ % 64));
    }
    void update(std::span<std::byte const> bytes)
    {
        go_on();
        sum_.update(bytes);
    }
    sha256_midstate midstate()
    {
        go_on();
        return sum_.midstate();
    }
    digest finish()
    {
        go_on();
        return sum_.finish();
    }

private:
    void go_on()
    {
        if (!from_)
            return;
        sum_ = sha256(*std::exchange(from_, std::nullopt));
        sum_.update(tail_);
    }

    sha256 sum_;
    std::optional<sha256_midstate> from_;
    std::string tail_;
    std::uint64_t length_ = 0;
};
}  // namespace acrx::detail
#endif
