// Threads that write small files side by side.
#ifndef ACRX_SNAPSHOT_DETAIL_FILE_CREW_HPP
#define ACRX_SNAPSHOT_DETAIL_FILE_CREW_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/unique_fd.hpp>
#include <acrx/snapshot/layer_entry.hpp>

#include <time.h>

#include <array>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace acrx::detail {
/// A file to be made, whole.
struct small_file
{
    std::shared_ptr<unique_fd const> folder;
    layer_entry entry;
    std::string bytes;
};

/// Access and modification time as the kernel takes them.
ACRX_DECL std::array<::timespec, 2> file_times(time_point t);
[[noreturn]] ACRX_DECL void throw_metadata_errno(layer_entry const& entry);
/// Whether errno says that this process may not give a file to another user: that is for whoever wants to run a step.
ACRX_DECL bool is_owner_refused();
/// Sets owner, mode, attributes and time of a file that is open for writing.
/// @return false if it may not have that owner; its content can be read by us then, and that is all
ACRX_DECL bool set_metadata(int file, layer_entry const& entry);
/// Makes a new file in an open folder; one of that name must not be there.
ACRX_DECL unique_fd create_file(int folder, layer_entry const& entry);

/// Takes files in batches; the order in which they appear is not said. For one caller.
class file_crew
{
public:
    explicit ACRX_DECL file_crew(unsigned threads);
    file_crew(file_crew const&) = delete;
    file_crew& operator=(file_crew const&) = delete;
    /// Throws away what is not written yet.
    ACRX_DECL ~file_crew();

    /// @throws error what went wrong with a file added earlier
    ACRX_DECL void add(small_file file);
    /// Waits until all files are written. @throws error as `add`
    ACRX_DECL void settle();
    /// After `settle`: a file that may not have its owner; empty if there is none.
    std::string const& disowned() const noexcept { return disowned_; }

private:
    using batch = std::vector<small_file>;
    static constexpr std::size_t batch_files = 64;
    static constexpr std::size_t batch_bytes = 1024 * 1024;
    static constexpr std::size_t queue_limit = 16;
    ACRX_DECL void pass_on();
    ACRX_DECL void work();
    ACRX_DECL std::string write(batch const& files);

    batch open_;
    std::size_t open_bytes_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<batch> queue_;
    std::size_t busy_ = 0;
    bool ended_ = false;
    std::string disowned_;
    std::exception_ptr failure_;
    std::vector<std::thread> threads_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/file_crew.ipp>
#endif
#endif
