// Bodies of context/stat_index.hpp.
#ifndef ACRX_CONTEXT_IMPL_STAT_INDEX_IPP
#define ACRX_CONTEXT_IMPL_STAT_INDEX_IPP
#include <acrx/context/stat_index.hpp>
#include <acrx/io/files.hpp>

#include <chrono>
#include <cstring>
#include <span>

namespace acrx {
namespace detail {
inline constexpr std::string_view stat_index_magic = "acrx stat index 2\n";

/// The fixed part of a record; the path follows.
struct stat_record
{
    file_stamp stamp;
    sha256_bytes content;
    std::uint32_t path_length;
    std::uint32_t has_attributes;
};
static_assert(std::is_trivially_copyable_v<stat_record>);
}  // namespace detail

ACRX_DECL stat_index::stat_index(std::filesystem::path file) : file_(std::move(file))
{
    load();
}

ACRX_DECL void stat_index::load()
{
    auto const bytes = read_file_if_exists(file_);
    if (!bytes || !bytes->starts_with(detail::stat_index_magic))
        return;
    auto rest = std::string_view(*bytes).substr(detail::stat_index_magic.size());
    std::uint64_t count = 0;
    if (rest.size() < sizeof count + 32)
        return;
    // The last 32 bytes are the digest of the rest: a damaged index is none.
    auto const body = rest.substr(0, rest.size() - 32);
    auto const check = sha256().update(body).finish_bytes();
    if (std::memcmp(check.data(), rest.data() + body.size(), check.size()) != 0)
        return;
    rest = body;
    std::memcpy(&count, rest.data(), sizeof count);
    rest.remove_prefix(sizeof count);
    records_.reserve(count);
    while (rest.size() >= sizeof(detail::stat_record)) {
        detail::stat_record fixed;
        std::memcpy(&fixed, rest.data(), sizeof fixed);
        rest.remove_prefix(sizeof fixed);
        if (fixed.path_length > rest.size())
            return;
        records_.emplace(rest.substr(0, fixed.path_length), record{fixed.stamp, {fixed.content, fixed.has_attributes != 0}, false});
        rest.remove_prefix(fixed.path_length);
    }
}

ACRX_DECL std::optional<known_file> stat_index::find(std::string_view path, file_stamp const& stamp)
{
    std::lock_guard const lock(guard_);
    auto const found = records_.find(path);
    if (found == records_.end() || found->second.stamp != stamp)
        return std::nullopt;
    found->second.used = true;
    return found->second.file;
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
    records_.insert_or_assign(std::string(path), record{stamp, file, true});
    changed_ = true;
}

ACRX_DECL void stat_index::save()
{
    std::lock_guard const lock(guard_);
    if (!changed_)
        return;
    std::string body(sizeof(std::uint64_t), '\0');
    std::uint64_t count = 0;
    for (auto const& [path, known] : records_) {
        if (!known.used)
            continue;
        detail::stat_record const fixed{known.stamp, known.file.content, static_cast<std::uint32_t>(path.size()),
                                        known.file.has_attributes ? 1U : 0U};
        body.append(reinterpret_cast<char const*>(&fixed), sizeof fixed);
        body += path;
        ++count;
    }
    std::memcpy(body.data(), &count, sizeof count);
    auto const check = sha256().update(body).finish_bytes();
    body.append(reinterpret_cast<char const*>(check.data()), check.size());
    std::filesystem::create_directories(file_.parent_path());
    write_file(file_, std::string(detail::stat_index_magic) + body);
    changed_ = false;
}
}  // namespace acrx
#endif
