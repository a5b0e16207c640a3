// A file descriptor that closes itself.
#ifndef ACRX_IO_UNIQUE_FD_HPP
#define ACRX_IO_UNIQUE_FD_HPP

#include <unistd.h>

#include <utility>

namespace acrx {
/// Owns a file descriptor, or nothing (-1).
class unique_fd
{
public:
    unique_fd() noexcept = default;
    explicit unique_fd(int descriptor) noexcept : descriptor_(descriptor) {}
    unique_fd(unique_fd&& other) noexcept : descriptor_(other.release()) {}
    unique_fd& operator=(unique_fd&& other) noexcept
    {
        if (this != &other)
            reset(other.release());
        return *this;
    }
    ~unique_fd() { reset(); }

    int get() const noexcept { return descriptor_; }
    explicit operator bool() const noexcept { return descriptor_ >= 0; }
    /// Gives the descriptor away; the object is empty then.
    int release() noexcept { return std::exchange(descriptor_, -1); }
    /// Closes what it owns and takes `descriptor` instead. What `close` answers is of no use and not looked at.
    void reset(int descriptor = -1) noexcept
    {
        if (descriptor_ >= 0)
            ::close(descriptor_);
        descriptor_ = descriptor;
    }

private:
    int descriptor_ = -1;
};
}  // namespace acrx
#endif
