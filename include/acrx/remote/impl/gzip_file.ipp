// Bodies of remote/detail/gzip_file.hpp.
#ifndef ACRX_REMOTE_IMPL_GZIP_FILE_IPP
#define ACRX_REMOTE_IMPL_GZIP_FILE_IPP
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>
#include <acrx/remote/detail/gzip_file.hpp>

#include <fcntl.h>
#include <isa-l/igzip_lib.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace acrx::detail {
ACRX_DECL void write_gzip_file(byte_source const& in, std::filesystem::path const& file, std::stop_token stop)
{
    unique_fd const open(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!open)
        throw_file_errno("making " + file.string());
    std::vector<std::uint8_t> memory(ISAL_DEF_LVL1_DEFAULT);
    std::vector<std::byte> out(std::size_t{256} << 10);
    auto const stream = std::make_unique<::isal_zstream>();
    ::isal_deflate_init(stream.get());
    stream->gzip_flag = IGZIP_GZIP;
    stream->level = 1;
    stream->level_buf = memory.data();
    stream->level_buf_size = static_cast<std::uint32_t>(memory.size());
    for (bool is_end = false; !is_end;) {
        if (stop.stop_requested())
            throw error(errc::canceled, "packing the context");
        auto const piece = in();
        is_end = piece.empty();
        stream->end_of_stream = is_end ? 1 : 0;
        stream->next_in = reinterpret_cast<std::uint8_t*>(const_cast<std::byte*>(piece.data()));
        stream->avail_in = static_cast<std::uint32_t>(piece.size());
        do {
            stream->next_out = reinterpret_cast<std::uint8_t*>(out.data());
            stream->avail_out = static_cast<std::uint32_t>(out.size());
            if (::isal_deflate(stream.get()) != COMP_OK)
                throw error(errc::not_supported, "compressing the context with gzip");
            write_all(open.get(), std::span(out).first(out.size() - stream->avail_out), file);
        } while (stream->avail_out == 0 || (is_end && stream->internal_state.state != ZSTATE_END));
    }
}
}  // namespace acrx::detail
#endif
