// Bodies of dockerfile/detail/shell_pattern.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_SHELL_PATTERN_IPP
#define ACRX_DOCKERFILE_IMPL_SHELL_PATTERN_IPP
#include <acrx/dockerfile/detail/shell_pattern.hpp>
#include <acrx/dockerfile/detail/text.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <algorithm>

namespace acrx::dockerfile::detail {
// Bytes that are no UTF-8 travel as values above all code points, so nothing is lost on the way back.
constexpr char32_t stray_byte = 0x110000;

inline std::u32string decode(std::string_view text)
{
    std::u32string result;
    result.reserve(text.size());
    while (!text.empty()) {
        auto const c = first_code_point(text);
        result += c.valid ? c.value : stray_byte + static_cast<unsigned char>(text[0]);
        text.remove_prefix(c.length);
    }
    return result;
}

inline std::string encode(std::u32string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (auto const c : text) {
        if (c >= stray_byte)
            result += static_cast<char>(c - stray_byte);
        else
            append_utf8(result, c);
    }
    return result;
}

ACRX_DECL shell_pattern::shell_pattern(std::string_view text)
{
    auto const characters = decode(text);
    for (std::size_t i = 0; i < characters.size(); ++i) {
        auto const c = characters[i];
        if (c == '*') {
            pieces_.emplace_back();
        } else if (c == '?') {
            pieces_.back() += any_character;
        } else if (c != '\\') {
            pieces_.back() += c;
        } else {
            auto const escaped = i + 1 < characters.size() ? characters[i + 1] : U'\xfffd';
            if (std::u32string_view(U"*?\\/}").find(escaped) == std::u32string_view::npos)
                throw parse_error(errc::syntax, {}, "invalid pattern (" + std::string(text) + ") in substitution: "
                                                        + "invalid escape '\\" + encode({&escaped, 1}) + "'");
            pieces_.back() += escaped;
            ++i;
        }
    }
}

inline bool shell_pattern::piece_matches(piece const& p, std::u32string_view text, std::size_t at)
{
    if (p.size() > text.size() - at)
        return false;
    for (std::size_t i = 0; i < p.size(); ++i)
        if (p[i] != any_character && p[i] != text[at + i])
            return false;
    return true;
}

// Earliest places for all pieces but the last; the last one takes the earliest or the latest place.
ACRX_DECL std::optional<std::size_t> shell_pattern::match_end(std::u32string_view text, std::size_t start,
                                                              reach length) const
{
    if (!piece_matches(pieces_.front(), text, start))
        return {};
    std::size_t at = start + pieces_.front().size();
    for (std::size_t i = 1; i < pieces_.size(); ++i) {
        auto const& p = pieces_[i];
        if (length == reach::longest && i + 1 == pieces_.size()) {
            for (std::size_t last = text.size(); last >= at + p.size(); --last)
                if (piece_matches(p, text, last - p.size()))
                    return last;
            return {};
        }
        while (at + p.size() <= text.size() && !piece_matches(p, text, at))
            ++at;
        if (at + p.size() > text.size())
            return {};
        at += p.size();
    }
    return at;
}

ACRX_DECL std::string shell_pattern::without_prefix(std::string_view value, reach length) const
{
    auto const text = decode(value);
    return encode(std::u32string_view(text).substr(match_end(text, 0, length).value_or(0)));
}

ACRX_DECL std::string shell_pattern::without_suffix(std::string_view value, reach length) const
{
    auto mirrored = *this;
    std::reverse(mirrored.pieces_.begin(), mirrored.pieces_.end());
    for (auto& p : mirrored.pieces_)
        std::reverse(p.begin(), p.end());
    auto text = decode(value);
    std::reverse(text.begin(), text.end());
    text.erase(0, mirrored.match_end(text, 0, length).value_or(0));
    std::reverse(text.begin(), text.end());
    return encode(text);
}

ACRX_DECL std::string shell_pattern::replaced(std::string_view value, std::string_view by, bool all) const
{
    auto const text = decode(value);
    std::string result;
    std::size_t copied = 0;
    std::optional<std::size_t> last_end;
    for (std::size_t at = 0; at <= text.size();) {
        auto const end = match_end(text, at, reach::longest);
        auto const starts = piece_matches(pieces_.front(), text, at);
        if (end && !(*end == at && last_end == at)) {
            result += encode(std::u32string_view(text).substr(copied, at - copied));
            result += by;
            last_end = copied = *end;
            if (!all)
                break;
        } else if (starts && !end) {
            break;  // the other pieces do not follow here, so they follow nowhere later
        }
        at = end && *end > at ? *end : at + 1;
    }
    return result + encode(std::u32string_view(text).substr(copied));
}
}  // namespace acrx::dockerfile::detail
#endif
