// A blob that is being written: its file, digest and size.
#ifndef ACRX_SNAPSHOT_DETAIL_BLOB_WRITER_HPP
#define ACRX_SNAPSHOT_DETAIL_BLOB_WRITER_HPP

#include <acrx/core/digest.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <utility>

namespace acrx::detail {
/// The file of a blob in the making; removed again unless it is finished.
class growing_file
{
public:
    explicit growing_file(std::filesystem::path name)
        : name_(std::move(name)), file_(::open(name_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644))
    {
        if (!file_)
            throw_file_errno("writing " + name_.string());
    }
    growing_file(growing_file const&) = delete;
    growing_file& operator=(growing_file const&) = delete;
    ~growing_file()
    {
        if (file_)
            ::unlink(name_.c_str());
    }
    void append(std::span<std::byte const> bytes)
    {
        write_all(file_.get(), bytes, name_);
        size_ += static_cast<off_t>(bytes.size());
        start_writing_back();
    }
    void finish() { file_.reset(); }

private:
    /// Lets the disk begin while the rest is made: whoever waits for all of it in the end then waits for little.
    void start_writing_back()
    {
        constexpr off_t piece = 8 * 1024 * 1024;
        if (size_ - begun_ < piece)
            return;
        ::sync_file_range(file_.get(), begun_, size_ - begun_, SYNC_FILE_RANGE_WRITE);  // a hint: the end tells of errors
        begun_ = size_;
    }

    std::filesystem::path name_;
    unique_fd file_;
    off_t size_ = 0;
    off_t begun_ = 0;
};

/// A blob in the making with its digest and size.
class blob_writer
{
public:
    explicit blob_writer(std::filesystem::path name) : file_(std::move(name)) {}
    void append(std::span<std::byte const> bytes)
    {
        file_.append(bytes);
        sum_.update(bytes);
        size_ += bytes.size();
    }
    std::uint64_t size() const noexcept { return size_; }
    /// @return  the digest of all bytes
    digest finish()
    {
        file_.finish();
        return sum_.finish();
    }

private:
    growing_file file_;
    sha256 sum_;
    std::uint64_t size_ = 0;
};
}  // namespace acrx::detail
#endif
