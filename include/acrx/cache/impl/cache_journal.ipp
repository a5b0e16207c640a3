// Bodies of cache/cache_journal.hpp.
#ifndef ACRX_CACHE_IMPL_CACHE_JOURNAL_IPP
#define ACRX_CACHE_IMPL_CACHE_JOURNAL_IPP
#include <acrx/cache/cache_journal.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_map>

namespace acrx {
namespace detail {
/// The next word of a line, which is shortened by it.
inline std::string_view take_word(std::string_view& line)
{
    auto const end = std::min(line.find(' '), line.size());
    auto const word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

inline std::optional<digest> digest_of_word(std::string_view word)
{
    try {
        return digest::parse("sha256:" + std::string(word));
    } catch (error const&) {
        return std::nullopt;
    }
}

inline std::optional<std::uint64_t> number_of_word(std::string_view word)
{
    std::uint64_t number = 0;
    auto const read = std::from_chars(word.data(), word.data() + word.size(), number);
    bool const is_whole = read.ec == std::errc() && read.ptr == word.data() + word.size();
    return is_whole ? std::optional(number) : std::nullopt;
}

}  // namespace detail

ACRX_DECL std::optional<cache_event> parse_cache_event(std::string_view line)
{
    auto const letter = detail::take_word(line);
    auto const key = detail::digest_of_word(detail::take_word(line));
    if (letter.size() != 1 || !key)
        return std::nullopt;
    cache_event event{.what = static_cast<cache_event::kind>(letter.front()), .key = *key};
    if (event.what == cache_event::kind::stored) {
        auto const blob = detail::digest_of_word(detail::take_word(line));
        auto const bytes = detail::number_of_word(detail::take_word(line));
        auto const milliseconds = detail::number_of_word(detail::take_word(line));
        if (!blob || !bytes || !milliseconds)
            return std::nullopt;
        event.blob = *blob;
        event.cost = {*bytes, static_cast<double>(*milliseconds) / 1000};
    } else if (event.what != cache_event::kind::used && event.what != cache_event::kind::given_up)
        return std::nullopt;
    return line.empty() ? std::optional(event) : std::nullopt;
}

ACRX_DECL std::string to_line(cache_event const& event)
{
    std::string line(1, static_cast<char>(event.what));
    line += ' ';
    line += event.key.encoded();
    if (event.what == cache_event::kind::stored) {
        line += ' ';
        line += event.blob.encoded();
        line += ' ' + std::to_string(event.cost.bytes) + ' ' + std::to_string(std::llround(event.cost.seconds * 1000));
    }
    return line + '\n';
}

/// @return whether it is another file than before, or none
ACRX_DECL bool cache_journal::open()
{
    struct stat now{};
    struct stat before{};
    bool const is_there = ::stat(file_.c_str(), &now) == 0;
    bool const was_open = opened_ && ::fstat(opened_.get(), &before) == 0;
    if (is_there && was_open && now.st_ino == before.st_ino && now.st_dev == before.st_dev
        && static_cast<std::uint64_t>(now.st_size) >= offset_)
        return false;
    opened_.reset(is_there ? ::open(file_.c_str(), O_RDONLY | O_CLOEXEC) : -1);
    offset_ = 0;
    return true;
}

ACRX_DECL std::vector<cache_event> cache_journal::read()
{
    std::vector<cache_event> events;
    if (open())
        events.push_back({cache_event::kind::forgotten});
    if (!opened_)
        return events;
    std::string text;
    std::string piece(std::size_t{1} << 16, '\0');
    for (ssize_t got = 1; got > 0;) {
        got = ::pread(opened_.get(), piece.data(), piece.size(), static_cast<off_t>(offset_ + text.size()));
        text.append(piece.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    }
    offset_ += text.size();
    std::string_view rest = text;
    while (!rest.empty()) {
        auto const end = std::min(rest.find('\n'), rest.size());
        if (auto event = parse_cache_event(rest.substr(0, end)))
            events.push_back(std::move(*event));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return events;
}

ACRX_DECL void cache_journal::append(std::span<cache_event const> events)
{
    if (events.empty())
        return;
    std::string text;
    for (auto const& event : events)
        text += to_line(event);
    unique_fd file(::open(file_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644));
    if (!file)
        throw_file_errno("opening " + file_.string());
    write_all(file.get(), std::as_bytes(std::span(text)), file_);
    if (!opened_)
        opened_.reset(::open(file_.c_str(), O_RDONLY | O_CLOEXEC));
    offset_ += text.size();
}

ACRX_DECL void cache_journal::replace(std::span<cache_event const> events)
{
    std::string text;
    for (auto const& event : events)
        text += to_line(event);
    write_file(file_, text);
    opened_.reset();
    offset_ = 0;
}

ACRX_DECL std::vector<cache_event> compacted(std::span<cache_event const> events)
{
    struct line
    {
        cache_event stored;
        std::size_t last = 0;
        unsigned uses = 0;
    };
    std::unordered_map<digest, line> live;
    for (std::size_t i = 0; i < events.size(); ++i) {
        auto const& event = events[i];
        if (event.what == cache_event::kind::forgotten)
            live.clear();
        else if (event.what == cache_event::kind::given_up)
            live.erase(event.key);
        else if (event.what == cache_event::kind::stored)
            live.try_emplace(event.key, line{event, i});
        else if (auto const known = live.find(event.key); known != live.end()) {
            known->second.last = i;
            ++known->second.uses;
        }
    }
    std::vector<line> order;
    for (auto& [key, entry] : live)
        order.push_back(std::move(entry));
    std::sort(order.begin(), order.end(), [](line const& a, line const& b) { return a.last < b.last; });
    constexpr unsigned most_uses = 15;
    std::vector<cache_event> result;
    for (auto const& entry : order) {
        result.push_back(entry.stored);
        for (auto uses = std::min(entry.uses, most_uses); uses > 0; --uses)
            result.push_back({cache_event::kind::used, entry.stored.key});
    }
    return result;
}
}  // namespace acrx
#endif
