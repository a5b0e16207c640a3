// Bodies of server/detail/upload_route.hpp.
#ifndef ACRX_SERVER_IMPL_UPLOAD_ROUTE_IPP
#define ACRX_SERVER_IMPL_UPLOAD_ROUTE_IPP
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>
#include <acrx/server/detail/upload_route.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <span>
#include <system_error>
#include <utility>

namespace acrx::detail {
/// A file that has its final name only when it is whole.
class arriving_file
{
public:
    explicit arriving_file(std::filesystem::path file)
        : file_(std::move(file)), temporary_(temporary_name(file_.parent_path(), ".arriving")),
          open_(::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600))
    {
        if (!open_)
            throw_file_errno("making " + temporary_.string());
    }
    arriving_file(arriving_file const&) = delete;
    arriving_file& operator=(arriving_file const&) = delete;
    ~arriving_file()
    {
        std::error_code gone;
        if (!is_kept_)
            std::filesystem::remove(temporary_, gone);
    }

    void write(std::span<std::byte const> bytes) { write_all(open_.get(), bytes, temporary_); }
    void keep()
    {
        if (::fsync(open_.get()) != 0)
            throw_file_errno("writing " + temporary_.string());
        if (std::rename(temporary_.c_str(), file_.c_str()) != 0)
            throw_errno("renaming to " + file_.string());
        is_kept_ = true;
    }

private:
    std::filesystem::path file_;
    std::filesystem::path temporary_;
    unique_fd open_;
    bool is_kept_ = false;
};

ACRX_DECL net::awaitable<http_reply> receive_upload(served_request& request, std::filesystem::path file, std::uint64_t limit)
{
    arriving_file arriving(std::move(file));
    sha256 sum;
    byte_sink sink = [&](std::span<std::byte const> bytes) -> net::awaitable<void> {
        sum.update(bytes);
        arriving.write(bytes);
        co_return;
    };
    co_await request.read_body(std::move(sink), limit);
    arriving.keep();
    http_reply reply{.status = 201};
    reply.headers.set("ETag", "\"" + std::string(sum.finish().encoded()) + "\"");
    reply.headers.set("x-ms-request-server-encrypted", "false");
    co_return reply;
}
}  // namespace acrx::detail
#endif
