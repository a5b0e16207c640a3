// Bodies of context/download_cache.hpp.
#ifndef ACRX_CONTEXT_IMPL_DOWNLOAD_CACHE_IPP
#define ACRX_CONTEXT_IMPL_DOWNLOAD_CACHE_IPP
#include <acrx/context/download_cache.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace acrx {
namespace detail {
/// What a URL gave last.
struct download_note
{
    digest content;
    std::optional<time_point> modified;
    std::string entity_tag;
};

inline std::string to_text(download_note const& note)
{
    auto const seconds = [](time_point time) {
        return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    };
    return note.content.str() + "\n" + (note.modified ? std::to_string(seconds(*note.modified)) : std::string()) + "\n"
           + note.entity_tag + "\n";
}

/// Nothing if the note is missing or damaged.
inline std::optional<download_note> read_note(std::filesystem::path const& file)
{
    auto const text = read_file_if_exists(file, std::uint64_t{1} << 16);
    if (!text)
        return std::nullopt;
    std::string_view rest = *text;
    auto const line = [&] {
        auto const end = std::min(rest.find('\n'), rest.size());
        auto const found = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        return found;
    };
    try {
        download_note note;
        note.content = digest::parse(line());
        auto const seconds = line();
        std::int64_t number = 0;
        if (std::from_chars(seconds.data(), seconds.data() + seconds.size(), number).ec == std::errc())
            note.modified = time_point(std::chrono::seconds(number));
        note.entity_tag = line();
        return note;
    } catch (error const&) {
        return std::nullopt;
    }
}
}  // namespace detail

ACRX_DECL net::awaitable<kept_download> download_cache::get(url_request wanted)
{
    auto const note_file = folder_ / (std::string(digest_of(wanted.url).encoded()) + ".url");
    auto note = detail::read_note(note_file);
    std::error_code missing;
    auto size = note ? std::filesystem::file_size(content_of(note->content), missing) : 0;
    if (missing)
        note.reset();
    bool const is_settled = note && !wanted.checksum.empty() && note->content == wanted.checksum;
    if (!is_settled) {
        wanted.known_tag = note && wanted.checksum.empty() ? note->entity_tag : std::string();
        std::filesystem::create_directories(folder_);
        auto const fresh = temporary_name(folder_, "download");
        auto const got = co_await fetch_url(client_, std::move(wanted), fresh);
        if (!got.is_unchanged) {
            std::filesystem::rename(fresh, content_of(got.digest));
            note = detail::download_note{got.digest, got.modified, got.entity_tag};
            size = got.size;
            write_file(note_file, detail::to_text(*note));
        }
    }
    co_return kept_download{content_of(note->content), note->content, size, note->modified};
}
}  // namespace acrx
#endif
