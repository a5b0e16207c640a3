// Bodies of run/run_logs.hpp.
#ifndef ACRX_RUN_IMPL_RUN_LOGS_IPP
#define ACRX_RUN_IMPL_RUN_LOGS_IPP
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/run/run_logs.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <system_error>

namespace acrx {
namespace detail {
inline std::filesystem::path steps_file_of(std::filesystem::path log)
{
    return log.replace_extension(".steps.json");
}
}  // namespace detail

ACRX_DECL run_log::run_log(std::filesystem::path file)
    : file_(std::move(file)), open_(::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640))
{
    if (!open_)
        throw_file_errno("opening the log " + file_.string());
}

ACRX_DECL void run_log::append(std::string_view bytes) noexcept
{
    while (!bytes.empty()) {
        auto const written = ::write(open_.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            lost_ += bytes.size();
            return;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

ACRX_DECL void run_log::keep_steps(std::string_view text) noexcept
{
    try {
        write_file(detail::steps_file_of(file_), text, durability::cached, 0640);
    } catch (std::exception const&) {
        lost_ += text.size();
    }
}

/// Ids come from clients: one that `run_id_of` could not have made names no file.
ACRX_DECL std::filesystem::path run_logs::file_of(std::string const& id) const
{
    auto const is_good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    if (id.empty() || id.size() > 64 || !std::ranges::all_of(id, is_good))
        throw error(errc::not_found, "there is no run of this id");
    return folder_ / (id + ".log");
}

ACRX_DECL run_log run_logs::open(std::string const& id) const
{
    auto file = file_of(id);
    std::error_code failed;
    std::filesystem::create_directories(folder_, failed);
    if (failed)
        throw_errno(failed.value(), "making the folder " + folder_.string());
    return run_log(std::move(file));
}

ACRX_DECL log_piece run_logs::read(std::string const& id, std::uint64_t offset, std::size_t limit) const
{
    auto const name = file_of(id);
    log_piece piece{.bytes = {}, .next = offset};
    unique_fd const file(::open(name.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file && errno == ENOENT)
        return piece;
    if (!file)
        throw_file_errno("opening the log " + name.string());
    auto const there = size(id);
    if (offset >= there)
        return piece;
    piece.bytes.resize(std::min<std::uint64_t>(limit, there - offset));
    auto const got = ::pread(file.get(), piece.bytes.data(), piece.bytes.size(), static_cast<off_t>(offset));
    if (got < 0)
        throw_file_errno("reading the log " + name.string());
    piece.bytes.resize(static_cast<std::size_t>(got));
    piece.next = offset + static_cast<std::uint64_t>(got);
    return piece;
}

ACRX_DECL std::uint64_t run_logs::size(std::string const& id) const
{
    std::error_code missing;
    auto const size = std::filesystem::file_size(file_of(id), missing);
    return missing ? 0 : size;
}

ACRX_DECL std::string run_logs::steps(std::string const& id) const
{
    return read_file_if_exists(detail::steps_file_of(file_of(id))).value_or("");
}

ACRX_DECL void run_logs::remove(std::string const& id) const
{
    remove_tree(detail::steps_file_of(file_of(id)));
    remove_tree(file_of(id));
}
}  // namespace acrx
#endif
