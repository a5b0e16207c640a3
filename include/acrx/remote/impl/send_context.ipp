// Bodies of remote/send_context.hpp.
#ifndef ACRX_REMOTE_IMPL_SEND_CONTEXT_IPP
#define ACRX_REMOTE_IMPL_SEND_CONTEXT_IPP
#include <acrx/core/error.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/io/scratch_folder.hpp>
#include <acrx/remote/detail/gzip_file.hpp>
#include <acrx/remote/piece_list.hpp>
#include <acrx/remote/piece_source.hpp>
#include <acrx/remote/send_context.hpp>

#include <boost/json/parse.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <system_error>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
inline std::span<std::byte const> bytes_of(std::string const& text)
{
    return std::as_bytes(std::span(text));
}

inline std::vector<sha256_bytes> sums_of_sections(std::vector<std::string> const& sections)
{
    std::vector<sha256_bytes> sums;
    for (auto const& section : sections)
        sums.push_back(sum_of(bytes_of(section)));
    return sums;
}

/// One context on its way to one runner.
class context_sender
{
public:
    context_sender(runner_client& runner, context_parcel parcel, net::any_io_executor pool)
        : runner_(runner), parcel_(std::move(parcel)), pool_(std::move(pool))
    {}

    net::awaitable<sent_context> send()
    {
        constexpr int tries = 3;
        for (int tried = 0; tried < tries; ++tried) {
            co_await list_pieces();
            auto const lacks = co_await find_missing();
            if (!lacks) {
                co_await send_whole();
                co_return sent_;
            }
            bool const is_unchanged = co_await send_missing();
            if (!is_unchanged)
                continue;
            bool const is_whole = co_await compose();
            if (is_whole)
                co_return sent_;
        }
        throw error(errc::damaged, "sending the context: its files go on changing", "Try again once nothing writes to them.");
    }

private:
    net::awaitable<void> list_pieces()
    {
        pieces_.clear();
        sent_.size = 0;
        std::function<void(std::stop_token)> work = [this](std::stop_token stop) {
            piece_source source(open_parcel(parcel_));
            for (auto piece = source.next(); !piece.empty(); piece = source.next()) {
                if (stop.stop_requested())
                    throw error(errc::canceled, "reading the context");
                pieces_.push_back(sum_of(piece));
                sent_.size += piece.size();
            }
        };
        co_await offload(pool_, std::move(work));
        sections_ = sections_of(pieces_);
        section_sums_ = sums_of_sections(sections_);
    }

    /// What the runner lacks of some digests; nothing if it knows of no pieces.
    net::awaitable<std::optional<std::vector<sha256_bytes>>> ask_missing(std::vector<sha256_bytes> digests, std::string kind)
    {
        constexpr std::size_t at_once = 32768;
        std::vector<sha256_bytes> missing;
        for (std::size_t begin = 0; begin < digests.size(); begin += at_once) {
            auto const part = std::span(digests).subspan(begin, std::min(at_once, digests.size() - begin));
            auto body = join_digests(part);
            sent_.sent += body.size();
            auto const answer = co_await runner_.post("acrxContext/missing", "&of=" + kind, std::move(body));
            if (answer.status == 404)
                co_return std::nullopt;
            if (!is_success(answer.status))
                throw_api_refusal(answer);
            auto const lacked = split_digests(answer.body);
            missing.insert(missing.end(), lacked.begin(), lacked.end());
        }
        co_return missing;
    }

    /// Fills `missing_`. @return false if the runner knows of no pieces
    net::awaitable<bool> find_missing()
    {
        missing_.clear();
        auto const lacked = co_await ask_missing(section_sums_, "sections");
        if (!lacked)
            co_return false;
        missing_.insert(lacked->begin(), lacked->end());
        std::set<sha256_bytes> asked;
        for (std::size_t i = 0; i < sections_.size(); ++i)
            if (missing_.contains(section_sums_[i])) {
                auto const named = split_digests(sections_[i]);
                asked.insert(named.begin(), named.end());
            }
        std::vector<sha256_bytes> pieces(asked.begin(), asked.end());
        auto const lacked_pieces = co_await ask_missing(std::move(pieces), "pieces");
        if (!lacked_pieces)
            co_return false;
        missing_.insert(lacked_pieces->begin(), lacked_pieces->end());
        co_return true;
    }

    net::awaitable<void> send_batch(piece_batch& batch)
    {
        auto body = batch.take();
        sent_.sent += body.size();
        auto const answer = co_await runner_.post("acrxContext/pieces", "", std::move(body));
        if (!is_success(answer.status))
            throw_api_refusal(answer);
    }

    /// The second reading: where it stands, and whether it finds what the first one found.
    struct second_reading
    {
        piece_source source;
        std::size_t at = 0;
        std::optional<std::vector<std::byte>> held = {};  ///< a piece that found no room
        bool is_changed = false;
    };

    /// Adds missing pieces until the batch is full, or there are no more.
    void fill(piece_batch& batch, second_reading& reading, std::stop_token const& stop)
    {
        if (auto const held = std::exchange(reading.held, std::nullopt))
            batch.add(*held);
        for (auto piece = reading.source.next(); !piece.empty(); piece = reading.source.next()) {
            if (stop.stop_requested())
                throw error(errc::canceled, "sending the context");
            auto const sum = sum_of(piece);
            reading.is_changed = reading.at == pieces_.size() || pieces_[reading.at] != sum;
            if (reading.is_changed)
                return;
            ++reading.at;
            if (missing_.erase(sum) == 0)
                continue;
            if (!batch.has_room(piece.size())) {
                reading.held.emplace(piece.begin(), piece.end());
                return;
            }
            batch.add(piece);
        }
        reading.is_changed = reading.at != pieces_.size() || !missing_.empty();
    }

    /// @return false if the files are no longer what they were
    net::awaitable<bool> send_missing()
    {
        piece_batch batch;
        for (std::size_t i = 0; i < sections_.size(); ++i) {
            if (missing_.erase(section_sums_[i]) == 0)
                continue;
            if (!batch.has_room(sections_[i].size()))
                co_await send_batch(batch);
            batch.add(bytes_of(sections_[i]));
        }
        if (!missing_.empty()) {
            second_reading reading{piece_source(open_parcel(parcel_))};
            do {
                std::function<void(std::stop_token)> work = [this, &batch, &reading](std::stop_token stop) { fill(batch, reading, stop); };
                co_await offload(pool_, std::move(work));
                if (reading.is_changed)
                    co_return false;
                if (!batch.empty())
                    co_await send_batch(batch);
            } while (reading.held || !missing_.empty());
        } else if (!batch.empty()) {
            co_await send_batch(batch);
        }
        co_return true;
    }

    /// @return false if the runner lacks something again
    net::awaitable<bool> compose()
    {
        auto body = join_digests(section_sums_);
        sent_.sent += body.size();
        auto const answer = co_await runner_.post("acrxContext/compose", "", std::move(body));
        if (answer.status == 409)
            co_return false;
        if (!is_success(answer.status))
            throw_api_refusal(answer);
        boost::json::error_code no_json;
        auto const said = boost::json::parse(answer.body, no_json);
        if (no_json)
            throw error(errc::protocol, "sending the context: the server's answer is no JSON");
        sent_.relative_path = text_in(said, "/relativePath");
        co_return true;
    }

    net::awaitable<void> send_whole()
    {
        scratch_folder scratch(std::filesystem::temp_directory_path(), "acrx-context");
        auto file = parcel_.root;
        std::error_code none;
        if (parcel_.root.empty() || std::filesystem::is_directory(parcel_.root, none)) {
            file = scratch.get() / "context.tar.gz";
            std::function<void(std::stop_token)> work = [this, &file](std::stop_token stop) {
                write_gzip_file(open_parcel(parcel_), file, std::move(stop));
            };
            co_await offload(pool_, std::move(work));
        }
        std::string method = "POST";
        std::string path = "listBuildSourceUploadUrl";
        auto const slot = co_await runner_.ask(std::move(method), std::move(path));
        auto link = text_in(slot.body, "/uploadUrl");
        sent_.relative_path = text_in(slot.body, "/relativePath");
        if (link.empty() || sent_.relative_path.empty())
            throw error(errc::protocol, "sending the context: the server gives no place for it");
        sent_.sent += std::filesystem::file_size(file);
        co_await runner_.send_file(std::move(link), file);
    }

    runner_client& runner_;
    context_parcel parcel_;
    net::any_io_executor pool_;
    sent_context sent_;
    std::vector<sha256_bytes> pieces_;
    std::vector<std::string> sections_;
    std::vector<sha256_bytes> section_sums_;
    std::set<sha256_bytes> missing_;
};
}  // namespace detail

ACRX_DECL net::awaitable<sent_context> send_context(runner_client& runner, context_parcel parcel, net::any_io_executor pool)
{
    detail::context_sender sender(runner, std::move(parcel), std::move(pool));
    auto sent = co_await sender.send();
    co_return sent;
}
}  // namespace acrx
#endif
