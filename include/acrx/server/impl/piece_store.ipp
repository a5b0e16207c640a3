// Bodies of server/piece_store.hpp.
#ifndef ACRX_SERVER_IMPL_PIECE_STORE_IPP
#define ACRX_SERVER_IMPL_PIECE_STORE_IPP
#include <acrx/core/error.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/io/arriving_file.hpp>
#include <acrx/io/files.hpp>
#include <acrx/remote/piece_list.hpp>
#include <acrx/remote/piece_source.hpp>
#include <acrx/server/piece_store.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <functional>
#include <span>
#include <stop_token>
#include <system_error>
#include <utility>

namespace acrx {
/// What the thread works on.
struct piece_store::state
{
    std::filesystem::path folder;
    std::uint64_t budget = 0;
    std::optional<std::uint64_t> kept = {};  ///< bytes of all pieces; not counted yet

    std::filesystem::path file_of(sha256_bytes const& piece) const
    {
        auto const hex = to_hex(piece);
        return folder / hex.substr(0, 2) / hex.substr(2);
    }

    /// Whether a piece is here; it counts as used then.
    bool has(sha256_bytes const& piece) const { return ::utimensat(AT_FDCWD, file_of(piece).c_str(), nullptr, 0) == 0; }

    /// The bytes of a piece; nothing if it is not here or damaged, and then it is not here any more.
    std::optional<std::string> read(sha256_bytes const& piece)
    {
        auto const file = file_of(piece);
        std::error_code gone;
        auto const size = std::filesystem::file_size(file, gone);
        if (gone)
            return std::nullopt;
        if (size <= longest_piece)
            if (auto bytes = read_file_if_exists(file, longest_piece); bytes && sum_of(std::as_bytes(std::span(*bytes))) == piece)
                return bytes;
        std::filesystem::remove(file, gone);
        kept.reset();
        return std::nullopt;
    }

    bool has_section(sha256_bytes const& section)
    {
        auto const bytes = has(section) ? read(section) : std::nullopt;
        if (!bytes || bytes->size() % sizeof(sha256_bytes) != 0)
            return false;
        bool is_whole = true;
        for (auto const& piece : split_digests(*bytes))
            is_whole = has(piece) && is_whole;  // all that is here counts as used
        return is_whole;
    }

    void add(std::span<std::byte const> piece)
    {
        auto const sum = sum_of(piece);
        if (has(sum))
            return;
        auto const file = file_of(sum);
        std::error_code failed;
        std::filesystem::create_directories(file.parent_path(), failed);
        if (failed)
            throw_errno(failed.value(), "making the folder " + file.parent_path().string());
        arriving_file arriving(file);
        arriving.write(piece);
        arriving.keep(durability::cached);  // `read` notices what a power failure took
        if (kept)
            *kept += piece.size();
    }

    struct kept_piece
    {
        std::filesystem::file_time_type used;
        std::uint64_t size;
        std::filesystem::path file;
    };

    std::vector<kept_piece> list() const
    {
        std::vector<kept_piece> pieces;
        std::error_code gone;
        for (auto const& each : std::filesystem::recursive_directory_iterator(folder, gone)) {
            std::error_code vanished;
            if (!each.is_regular_file(vanished))
                continue;
            auto const used = each.last_write_time(vanished);
            auto const size = each.file_size(vanished);
            if (!vanished)
                pieces.push_back({used, size, each.path()});
        }
        return pieces;
    }

    std::uint64_t size()
    {
        if (!kept) {
            kept = 0;
            for (auto const& each : list())
                *kept += each.size;
        }
        return *kept;
    }

    /// Removes what was used longest ago until a tenth of the budget is free, once the budget is passed.
    void trim()
    {
        if (size() <= budget)
            return;
        auto pieces = list();
        kept = 0;
        for (auto const& each : pieces)
            *kept += each.size;
        std::sort(pieces.begin(), pieces.end(), [](auto const& a, auto const& b) { return a.used < b.used; });
        for (auto const& each : pieces) {
            if (*kept <= budget - budget / 10)
                break;
            std::error_code gone;
            if (std::filesystem::remove(each.file, gone))
                *kept -= each.size;
        }
    }

    std::optional<std::uint64_t> compose(std::vector<sha256_bytes> const& sections, std::filesystem::path const& into,
                                         std::uint64_t limit, std::stop_token const& stop)
    {
        arriving_file arriving(into);
        std::uint64_t size = 0;
        for (auto const& section : sections) {
            auto const names = read(section);
            if (!names)
                return std::nullopt;
            for (auto const& piece : split_digests(*names)) {
                if (stop.stop_requested())
                    throw error(errc::canceled, "putting a context together");
                auto const bytes = read(piece);
                if (!bytes)
                    return std::nullopt;
                size += bytes->size();
                if (size > limit)
                    throw error(errc::invalid_argument, "the context is larger than " + std::to_string(limit) + " bytes");
                arriving.write(std::as_bytes(std::span(*bytes)));
            }
        }
        arriving.keep(durability::cached);
        return size;
    }
};

ACRX_DECL piece_store::piece_store(std::filesystem::path folder, std::uint64_t budget)
    : state_(std::make_shared<state>(state{std::move(folder), budget})), thread_(std::make_shared<net::thread_pool>(1))
{}

ACRX_DECL net::awaitable<std::vector<sha256_bytes>> piece_store::missing(std::vector<sha256_bytes> digests, bool are_sections) const
{
    std::function<std::vector<sha256_bytes>(std::stop_token)> work = [s = state_, digests = std::move(digests), are_sections](std::stop_token) {
        std::vector<sha256_bytes> lacked;
        for (auto const& each : digests)
            if (!(are_sections ? s->has_section(each) : s->has(each)))
                lacked.push_back(each);
        return lacked;
    };
    auto lacked = co_await offload(thread_->get_executor(), std::move(work));
    co_return lacked;
}

ACRX_DECL net::awaitable<void> piece_store::add(std::string batch) const
{
    std::function<void(std::stop_token)> work = [s = state_, batch = std::move(batch)](std::stop_token) {
        read_batch(batch, [&](std::span<std::byte const> piece) { s->add(piece); });
        s->trim();
    };
    co_await offload(thread_->get_executor(), std::move(work));
}

ACRX_DECL net::awaitable<std::optional<std::uint64_t>> piece_store::compose(std::vector<sha256_bytes> sections, std::filesystem::path into,
                                                                           std::uint64_t limit) const
{
    std::function<std::optional<std::uint64_t>(std::stop_token)> work =
        [s = state_, sections = std::move(sections), into = std::move(into), limit](std::stop_token stop) {
            return s->compose(sections, into, limit, stop);
        };
    auto size = co_await offload(thread_->get_executor(), std::move(work));
    co_return size;
}

ACRX_DECL net::awaitable<std::uint64_t> piece_store::size() const
{
    std::function<std::uint64_t(std::stop_token)> work = [s = state_](std::stop_token) { return s->size(); };
    auto bytes = co_await offload(thread_->get_executor(), std::move(work));
    co_return bytes;
}
}  // namespace acrx
#endif
