// Bodies of context/stat_index.hpp.
#ifndef ACRX_CONTEXT_IMPL_STAT_INDEX_IPP
#define ACRX_CONTEXT_IMPL_STAT_INDEX_IPP
#include <acrx/context/stat_index.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstring>
#include <optional>
#include <span>
#include <type_traits>

namespace acrx {
namespace detail {
/// The file consists of parts, each with a digest of its own: a part that was cut off or changed ends it.
struct stat_part
{
    std::array<char, 8> magic = {'a', 'c', 'r', 'x', 's', 't', 'a', '4'};
    std::uint64_t size = 0;  ///< bytes of the records that follow
    sha256_bytes check{};    ///< of them
};
/// The fixed part of a record; the path follows.
struct stat_record
{
    file_stamp stamp;
    sha256_bytes content;
    std::uint32_t path_length;
    std::uint32_t has_attributes;
};
static_assert(std::is_trivially_copyable_v<stat_part> && std::is_trivially_copyable_v<stat_record>);

template<class T>
T read_plain(char const* from)
{
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

/// The records of the part that `rest` begins with, taken off it; nothing if it is damaged.
inline std::optional<std::string_view> take_stat_part(std::string_view& rest)
{
    if (rest.size() < sizeof(stat_part))
        return std::nullopt;
    auto const part = read_plain<stat_part>(rest.data());
    if (part.magic != stat_part{}.magic || part.size > rest.size() - sizeof part)
        return std::nullopt;
    auto const records = rest.substr(sizeof part, part.size);
    if (sha256().update(records).finish_bytes() != part.check)
        return std::nullopt;
    rest.remove_prefix(sizeof part + part.size);
    return records;
}

/// A part in the making.
class stat_part_writer
{
public:
    explicit stat_part_writer(std::size_t expected) { bytes_.reserve(sizeof(stat_part) + expected); }
    void append(std::string_view path, file_stamp const& stamp, known_file const& file)
    {
        stat_record const fixed{stamp, file.content, static_cast<std::uint32_t>(path.size()), file.has_attributes ? 1U : 0U};
        bytes_.append(reinterpret_cast<char const*>(&fixed), sizeof fixed).append(path);
    }
    /// Appends a record with its path, as it was read.
    void append(std::string_view bytes) { bytes_ += bytes; }
    std::string finish()
    {
        stat_part part;
        part.size = bytes_.size() - sizeof part;
        part.check = sha256().update(std::string_view(bytes_).substr(sizeof part)).finish_bytes();
        std::memcpy(bytes_.data(), &part, sizeof part);
        return std::move(bytes_);
    }

private:
    std::string bytes_ = std::string(sizeof(stat_part), '\0');
};
}  // namespace detail

ACRX_DECL stat_index::stat_index(std::filesystem::path file) : file_(std::move(file))
{
    load();
}

ACRX_DECL void stat_index::load()
{
    loaded_ = read_file_if_exists(file_).value_or("");
    auto rest = std::string_view(loaded_);
    constexpr std::size_t usual_record = sizeof(detail::stat_record) + 64;
    known_.reserve(rest.size() / usual_record);
    while (auto records = detail::take_stat_part(rest)) {
        while (records->size() >= sizeof(detail::stat_record)) {
            auto const length = detail::read_plain<detail::stat_record>(records->data()).path_length;
            records->remove_prefix(sizeof(detail::stat_record));
            auto const path = records->substr(0, length);
            known_.erase(path);  // not just assigned: the path tells where the record is
            known_.emplace(path, used_.size());
            used_.push_back(0);
            records->remove_prefix(path.size());
        }
    }
    is_whole_ = !loaded_.empty() && rest.empty();
}

ACRX_DECL std::optional<known_file> stat_index::find(std::string_view path, file_stamp const& stamp)
{
    if (auto const found = known_.find(path); found != known_.end()) {
        auto const record = detail::read_plain<detail::stat_record>(found->first.data() - sizeof(detail::stat_record));
        if (record.stamp == stamp) {
            std::atomic_ref(used_[found->second]).store(1, std::memory_order_relaxed);
            return known_file{record.content, record.has_attributes != 0};
        }
    }
    std::lock_guard const lock(guard_);
    auto const found = added_.find(path);
    return found != added_.end() && found->second.first == stamp ? std::optional(found->second.second) : std::nullopt;
}

ACRX_DECL void stat_index::add(std::string_view path, file_stamp const& stamp, known_file const& file)
{
    using namespace std::chrono;
    // The kernel's clock for files moves in steps of up to 10 ms.
    auto const now = duration_cast<nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    constexpr std::int64_t step = 50'000'000;
    if (stamp.ctime > now - step || stamp.mtime > now - step)
        return;
    std::lock_guard const lock(guard_);
    added_.insert_or_assign(std::string(path), std::pair(stamp, file));
}

ACRX_DECL bool stat_index::is_mostly_of_use() const
{
    auto const in_use = static_cast<std::size_t>(std::count(used_.begin(), used_.end(), 1));
    return is_whole_ && 2 * in_use >= used_.size();
}

ACRX_DECL void stat_index::save()
{
    std::lock_guard const lock(guard_);
    if (added_.empty())
        return;
    bool const is_appended = is_mostly_of_use();
    detail::stat_part_writer part(is_appended ? 0 : loaded_.size());
    if (!is_appended)
        for (auto const& [path, number] : known_)
            if (used_[number] != 0 && !added_.contains(path)) {
                auto const* const begin = path.data() - sizeof(detail::stat_record);
                part.append({begin, sizeof(detail::stat_record) + path.size()});
            }
    for (auto const& [path, known] : added_)
        part.append(path, known.first, known.second);
    auto const bytes = part.finish();
    std::filesystem::create_directories(file_.parent_path());
    if (!is_appended)
        return write_file(file_, bytes);
    unique_fd const file(::open(file_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
    if (!file)
        throw_file_errno("writing " + file_.string());
    write_all(file.get(), std::as_bytes(std::span(bytes)), file_);
}
}  // namespace acrx
#endif
