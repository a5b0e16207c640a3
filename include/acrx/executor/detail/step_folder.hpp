// What one submitted step leaves on disk: a folder named by its key, with its log and its completion record.
#ifndef ACRX_EXECUTOR_DETAIL_STEP_FOLDER_HPP
#define ACRX_EXECUTOR_DETAIL_STEP_FOLDER_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/executor/step_executor.hpp>
#include <acrx/io/unique_fd.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::detail {
/// How a step ended, as its `exit` file says it: one `name=number` a line.
struct completion
{
    int code = 0;
    bool timed_out = false;
    time_point ended{};
    std::uint64_t log_length = 0;  ///< bytes
    bool out_of_memory = false;
    bool operator==(completion const&) const = default;
};
ACRX_DECL std::string to_text(completion const& record);
/// Nothing if the text is not a whole record.
ACRX_DECL std::optional<completion> parse_completion(std::string_view text);

/// The file name of a key: `+` stands for `/`.
/// @throws error (`errc::invalid_argument`) unless the key has three parts of letters, digits, `.`, `_` and `-`
ACRX_DECL std::string to_folder_name(step_key const& key);
/// The key of a file name; nothing if it is none.
ACRX_DECL std::optional<step_key> to_key(std::string_view folder_name);

/// The folder of one step. Its log is locked while the process that started the step lives and the step runs, so that
/// every other process can tell a running step from a lost one.
class step_folder
{
public:
    /// Makes the folder and locks the log; nothing if the key is taken.
    static ACRX_DECL std::optional<step_folder> claim(std::filesystem::path const& runs, step_key const& key);

    std::filesystem::path const& path() const noexcept { return path_; }
    int log() const noexcept { return log_.get(); }
    /// Writes the completion record and gives the lock back.
    ACRX_DECL void complete(completion const& record);

private:
    step_folder(std::filesystem::path path, unique_fd log) : path_(std::move(path)), log_(std::move(log)) {}
    std::filesystem::path path_;
    unique_fd log_;
};

/// What is on disk about a step. @throws error (`errc::not_found`) if there is nothing
ACRX_DECL step_state observe_folder(std::filesystem::path const& runs, step_key const& key);
/// The log from `offset` on, at most 64 KiB; empty at its end.
ACRX_DECL std::string read_log(std::filesystem::path const& runs, step_key const& key, std::uint64_t offset);
ACRX_DECL std::string read_log(int log, std::uint64_t offset);
/// The keys on disk that begin with `prefix`, sorted.
ACRX_DECL std::vector<step_key> list_folders(std::filesystem::path const& runs, std::string_view prefix);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/step_folder.ipp>
#endif
#endif
