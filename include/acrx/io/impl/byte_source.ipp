// Bodies of io/byte_source.hpp.
#ifndef ACRX_IO_IMPL_BYTE_SOURCE_IPP
#define ACRX_IO_IMPL_BYTE_SOURCE_IPP
#include <acrx/core/error.hpp>
#include <acrx/io/byte_source.hpp>
#include <acrx/io/unique_fd.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <vector>

namespace acrx {
ACRX_DECL byte_source read_in_pieces(std::filesystem::path const& file, std::size_t piece)
{
    struct state
    {
        std::filesystem::path name;
        unique_fd descriptor;
        std::vector<std::byte> buffer;
    };
    auto const open = std::make_shared<state>();  // std::function wants what can be copied
    open->name = file;
    open->descriptor.reset(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!open->descriptor)
        throw_errno("reading " + file.string());
    open->buffer.resize(piece);
    return [open]() -> std::span<std::byte const> {
        for (;;) {
            auto const got = ::read(open->descriptor.get(), open->buffer.data(), open->buffer.size());
            if (got >= 0)
                return std::span(open->buffer).first(static_cast<std::size_t>(got));
            if (errno != EINTR)
                throw_errno("reading " + open->name.string());
        }
    };
}
}  // namespace acrx
#endif
