// Bodies of executor/detail/step_folder.hpp.
#ifndef ACRX_EXECUTOR_IMPL_STEP_FOLDER_IPP
#define ACRX_EXECUTOR_IMPL_STEP_FOLDER_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/step_folder.hpp>
#include <acrx/io/files.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>

namespace acrx::detail {
inline bool is_key_part(std::string_view part) noexcept
{
    auto const fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_'
               || c == '-';
    };
    return !part.empty() && part != "." && part != ".." && std::all_of(part.begin(), part.end(), fits);
}

inline bool is_key(std::string_view key, char separator) noexcept
{
    auto const first = key.find(separator);
    auto const second = first == key.npos ? key.npos : key.find(separator, first + 1);
    return second != key.npos && key.size() < 250 && is_key_part(key.substr(0, first))
           && is_key_part(key.substr(first + 1, second - first - 1)) && is_key_part(key.substr(second + 1));
}

ACRX_DECL std::string to_folder_name(step_key const& key)
{
    if (!is_key(key, '/'))
        throw error(errc::invalid_argument, "\"" + key + "\" is no step key: RUN/STEP/ATTEMPT");
    auto name = key;
    std::replace(name.begin(), name.end(), '/', '+');
    return name;
}

ACRX_DECL std::optional<step_key> to_key(std::string_view folder_name)
{
    if (!is_key(folder_name, '+'))
        return std::nullopt;
    step_key key(folder_name);
    std::replace(key.begin(), key.end(), '+', '/');
    return key;
}

ACRX_DECL std::string to_text(completion const& record)
{
    return "code=" + std::to_string(record.code) + "\ntimed_out=" + std::to_string(int(record.timed_out))
           + "\nended=" + std::to_string(record.ended.time_since_epoch().count())
           + "\nlog=" + std::to_string(record.log_length)
           + "\nout_of_memory=" + std::to_string(int(record.out_of_memory)) + "\n";
}

ACRX_DECL std::optional<completion> parse_completion(std::string_view text)
{
    auto const take = [&](std::string_view name, auto& number) {
        if (!text.starts_with(name))
            return false;
        text.remove_prefix(name.size());
        auto const* const end = text.data() + text.size();
        auto const [after, failed] = std::from_chars(text.data(), end, number);
        if (failed != std::errc{} || after == end || *after != '\n')
            return false;
        text.remove_prefix(static_cast<std::size_t>(after - text.data()) + 1);
        return true;
    };
    completion record;
    int timed_out = 0;
    int out_of_memory = 0;
    std::int64_t ended = 0;
    if (!take("code=", record.code) || !take("timed_out=", timed_out) || !take("ended=", ended)
        || !take("log=", record.log_length) || !take("out_of_memory=", out_of_memory))
        return std::nullopt;
    record.timed_out = timed_out != 0;
    record.out_of_memory = out_of_memory != 0;
    record.ended = time_point(std::chrono::nanoseconds(ended));
    return record;
}

ACRX_DECL std::optional<step_folder> step_folder::claim(std::filesystem::path const& runs, step_key const& key)
{
    auto path = runs / to_folder_name(key);
    if (::access(path.c_str(), F_OK) == 0)
        return std::nullopt;
    // Nobody sees it without the lock: it would pass for a lost step.
    auto const made = temporary_name(runs, "new");
    if (::mkdir(made.c_str(), 0700) != 0)
        throw_file_errno("making the folder " + made.string());
    unique_fd log(::open((made / "log").c_str(), O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600));
    if (!log || ::flock(log.get(), LOCK_EX) != 0)
        throw_file_errno("making the log " + (made / "log").string());
    if (::rename(made.c_str(), path.c_str()) == 0)
        return step_folder(std::move(path), std::move(log));
    auto const number = errno;
    remove_tree(made);
    if (number == EEXIST || number == ENOTEMPTY)
        return std::nullopt;
    throw_errno(number, "making the folder " + path.string());
}

ACRX_DECL void step_folder::complete(completion const& record)
{
    write_file(path_ / "exit", to_text(record));
    ::flock(log_.get(), LOCK_UN);
}

ACRX_DECL step_state observe_folder(std::filesystem::path const& runs, step_key const& key)
{
    auto const folder = runs / to_folder_name(key);
    unique_fd const log(::open((folder / "log").c_str(), O_RDONLY | O_CLOEXEC));
    if (!log)
        throw error(errc::not_found, "the step " + key);
    // First the lock, then the record: a step that ends in between has written it.
    bool const running = ::flock(log.get(), LOCK_SH | LOCK_NB) != 0;
    if (auto const text = read_file_if_exists(folder / "exit", 4096))
        if (auto const record = parse_completion(*text))
            return {step_state::phase::exited, record->code, record->timed_out, record->out_of_memory};
    return {running ? step_state::phase::running : step_state::phase::lost, 0, false, false};
}

ACRX_DECL std::string read_log(std::filesystem::path const& runs, step_key const& key, std::uint64_t offset)
{
    unique_fd const log(::open((runs / to_folder_name(key) / "log").c_str(), O_RDONLY | O_CLOEXEC));
    if (!log)
        throw error(errc::not_found, "the log of the step " + key);
    return read_log(log.get(), offset);
}

ACRX_DECL std::string read_log(int log, std::uint64_t offset)
{
    std::string bytes(std::size_t{64} << 10, '\0');
    auto const got = ::pread(log, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (got < 0)
        throw_errno("reading the log of a step");
    bytes.resize(static_cast<std::size_t>(got));
    return bytes;
}

ACRX_DECL std::vector<step_key> list_folders(std::filesystem::path const& runs, std::string_view prefix)
{
    std::vector<step_key> keys;
    for (auto const& entry : std::filesystem::directory_iterator(runs))
        if (auto key = to_key(entry.path().filename().string()); key && key->starts_with(prefix))
            keys.push_back(std::move(*key));
    std::sort(keys.begin(), keys.end());
    return keys;
}
}  // namespace acrx::detail
#endif
