// The logs of runs: files that only grow, and are read from any place while they do.
#ifndef ACRX_RUN_RUN_LOGS_HPP
#define ACRX_RUN_RUN_LOGS_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/io/unique_fd.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace acrx {
/// Bytes of a log.
struct log_piece
{
    std::string bytes = {};
    std::uint64_t next = 0;    ///< the offset behind them
    bool is_complete = false;  ///< the run is over, and nothing follows
};

/// The log of one run, open for writing.
class run_log
{
public:
    /// Opens the log at its end. @throws error
    explicit ACRX_DECL run_log(std::filesystem::path file);

    /// Adds bytes at the end. A log that cannot be written does not end a run: the bytes are lost, and counted.
    ACRX_DECL void append(std::string_view bytes) noexcept;
    /// Keeps a text on the steps of the run beside the log, in place of the one before. Failures count likewise.
    ACRX_DECL void keep_steps(std::string_view text) noexcept;
    /// Bytes that could not be written.
    std::uint64_t lost() const noexcept { return lost_; }

private:
    std::filesystem::path file_;
    unique_fd open_;
    std::uint64_t lost_ = 0;
};

/// The logs in one folder, by id of run.
class run_logs
{
public:
    /// @param folder  is made when it is needed
    explicit run_logs(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Opens the log of a run, which may be there already. @throws error
    ACRX_DECL run_log open(std::string const& id) const;
    /// Bytes from `offset` on; none at the end, or without a log. Says nothing on whether more will come.
    /// @throws error if it is there and cannot be read
    ACRX_DECL log_piece read(std::string const& id, std::uint64_t offset, std::size_t limit = std::size_t{1} << 20) const;
    /// Bytes in the log; 0 without one.
    ACRX_DECL std::uint64_t size(std::string const& id) const;
    /// The last text that was kept on the steps of a run; empty without one. @throws error
    ACRX_DECL std::string steps(std::string const& id) const;
    ACRX_DECL void remove(std::string const& id) const;

private:
    ACRX_DECL std::filesystem::path file_of(std::string const& id) const;

    std::filesystem::path folder_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/run/impl/run_logs.ipp>
#endif
#endif
