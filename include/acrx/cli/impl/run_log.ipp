// Bodies of cli/run_log.hpp.
#ifndef ACRX_CLI_IMPL_RUN_LOG_IPP
#define ACRX_CLI_IMPL_RUN_LOG_IPP
#include <acrx/cli/run_log.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

namespace acrx::cli {
ACRX_DECL run_log::run_log(std::filesystem::path file)
    : file_(std::move(file)), temporary_(temporary_name(file_.parent_path(), "log"))
{}

ACRX_DECL run_log::~run_log()
{
    if (open_)
        ::unlink(temporary_.c_str());
}

ACRX_DECL void run_log::write(std::string_view text) noexcept
{
    constexpr std::size_t piece = 16384;
    waiting_ += text;
    if (waiting_.size() >= piece)
        flush();
}

ACRX_DECL void run_log::flush()
{
    if (!open_ && failure_ == 0) {
        open_.reset(::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
        failure_ = open_ ? 0 : errno;
    }
    std::string_view rest = waiting_;
    while (!rest.empty() && failure_ == 0) {
        auto const count = ::write(open_.get(), rest.data(), rest.size());
        if (count >= 0)
            rest.remove_prefix(static_cast<std::size_t>(count));
        else if (errno != EINTR)
            failure_ = errno;
    }
    waiting_.clear();
}

ACRX_DECL void run_log::keep()
{
    flush();
    if (failure_ == 0 && ::rename(temporary_.c_str(), file_.c_str()) != 0)
        failure_ = errno;
    if (failure_ != 0)
        throw_errno(failure_, "writing the log " + file_.string());
    open_.reset();
}
}  // namespace acrx::cli
#endif
