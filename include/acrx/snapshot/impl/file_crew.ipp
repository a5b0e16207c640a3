// Bodies of snapshot/detail/file_crew.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_FILE_CREW_IPP
#define ACRX_SNAPSHOT_IMPL_FILE_CREW_IPP
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/snapshot/detail/file_crew.hpp>
#include <acrx/snapshot/detail/read_layer.hpp>
#include <acrx/snapshot/detail/xattrs.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <utility>

namespace acrx::detail {
ACRX_DECL std::array<::timespec, 2> file_times(time_point t)
{
    auto const seconds = std::chrono::floor<std::chrono::seconds>(t);
    ::timespec const time{seconds.time_since_epoch().count(), (t - seconds).count()};
    return {time, time};
}

ACRX_DECL unique_fd create_file(int folder, layer_entry const& entry)
{
    std::string const name(name_of(entry.path));
    unique_fd file(::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file)
        throw_file_errno("unpacking " + entry.path);
    return file;
}

ACRX_DECL void throw_metadata_errno(layer_entry const& entry)
{
    throw_file_errno("setting the owner, mode, attributes or time of " + entry.path);
}

ACRX_DECL bool is_owner_refused()
{
    auto const number = errno;  // EINVAL for an id that the user namespace has not
    bool const refused = (number == EPERM || number == EINVAL) && (is_ordinary_user() || !may_run_steps());
    errno = number;
    return refused;
}

ACRX_DECL bool set_metadata(int file, layer_entry const& entry)
{
    auto const times = file_times(entry.mtime);
    // A new owner takes setuid away, so the mode comes after it; fresh files belong to who makes them.
    bool const is_own = entry.uid == ::geteuid() && entry.gid == ::getegid();
    bool failed = !is_own && ::fchown(file, entry.uid, entry.gid) != 0;
    if (failed && is_owner_refused())
        return false;
    failed = failed || ::fchmod(file, entry.mode) != 0;
    for (auto const& [name, value] : entry.xattrs)
        failed = failed || (may_write_xattr(name) && ::fsetxattr(file, name.c_str(), value.data(), value.size(), 0) != 0);
    failed = failed || ::futimens(file, times.data()) != 0;
    if (failed)
        throw_metadata_errno(entry);
    return true;
}

ACRX_DECL file_crew::file_crew(unsigned threads)
{
    for (unsigned i = 0; i < threads; ++i)
        threads_.emplace_back([this] { work(); });
}

ACRX_DECL file_crew::~file_crew()
{
    {
        std::lock_guard const lock(mutex_);
        ended_ = true;
        queue_.clear();
    }
    changed_.notify_all();
    for (auto& thread : threads_)
        thread.join();
}

ACRX_DECL void file_crew::add(small_file file)
{
    open_bytes_ += file.bytes.size();
    open_.push_back(std::move(file));
    if (open_.size() >= batch_files || open_bytes_ >= batch_bytes)
        pass_on();
}

ACRX_DECL void file_crew::pass_on()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return queue_.size() < queue_limit || failure_; });
    if (failure_)
        std::rethrow_exception(failure_);
    if (!open_.empty())
        queue_.push_back(std::move(open_));
    open_ = {};
    open_bytes_ = 0;
    changed_.notify_all();
}

ACRX_DECL void file_crew::settle()
{
    pass_on();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return (queue_.empty() && busy_ == 0) || failure_; });
    if (failure_)
        std::rethrow_exception(failure_);
}

ACRX_DECL void file_crew::work()
{
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return !queue_.empty() || ended_; });
        if (queue_.empty())
            return;
        auto const files = std::move(queue_.front());
        queue_.pop_front();
        ++busy_;
        lock.unlock();
        std::exception_ptr failure;
        std::string disowned;
        try {
            disowned = write(files);
        } catch (...) {
            failure = std::current_exception();
        }
        lock.lock();
        --busy_;
        if (failure && !failure_)
            failure_ = failure;
        if (!disowned.empty())
            disowned_ = std::move(disowned);
        changed_.notify_all();
    }
}

ACRX_DECL std::string file_crew::write(batch const& files)
{
    std::string disowned;
    for (auto const& [folder, entry, bytes] : files) {
        auto const file = create_file(folder->get(), entry);
        write_all(file.get(), std::as_bytes(std::span(bytes)), entry.path);
        if (!set_metadata(file.get(), entry))
            disowned = entry.path;
    }
    return disowned;
}
}  // namespace acrx::detail
#endif
