// Bodies of replacement/replacement_names.hpp.
#ifndef ACRX_REPLACEMENT_IMPL_REPLACEMENT_NAMES_IPP
#define ACRX_REPLACEMENT_IMPL_REPLACEMENT_NAMES_IPP
#include <acrx/core/error.hpp>
#include <acrx/core/quantities.hpp>
#include <acrx/replacement/replacement_names.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

namespace acrx {
namespace detail {
inline constexpr std::array<std::string_view, 7> eviction_words{"fifo", "lru", "lfu", "sieve", "s3-fifo", "gdsf", "ttl"};

/// Reads one policy.
class replacement_reader
{
public:
    explicit replacement_reader(std::string_view text) : text_(text) {}

    replacement_policy read()
    {
        auto rest = text_;
        for (bool is_first = true; is_first || !rest.empty(); is_first = false) {
            auto const comma = std::min(rest.find(','), rest.size());
            take(rest.substr(0, comma), is_first);
            if (comma + 1 == rest.size())
                refuse("a word is missing after the last comma");
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
        return policy_;
    }

private:
    [[noreturn]] void refuse(std::string const& why) const
    {
        throw error(errc::invalid_argument, "the cache policy '" + std::string(text_) + "': " + why,
                    "Name one of fifo, lru, lfu, sieve, s3-fifo, gdsf and ttl=DURATION, then if you like tinylfu, "
                    "min-seconds=N and max-size=SIZE, with commas between them.");
    }

    void take(std::string_view word, bool is_first)
    {
        auto const equals = std::min(word.find('='), word.size());
        auto const name = word.substr(0, equals);
        auto const value = word.substr(std::min(equals + 1, word.size()));
        bool const has_value = equals < word.size();
        auto const found = std::find(eviction_words.begin(), eviction_words.end(), name);
        if (is_first != (found != eviction_words.end()))
            refuse(is_first ? "'" + std::string(name) + "' is no eviction" : "'" + std::string(name) + "' is no admission");
        if (is_first)
            policy_.eviction = static_cast<eviction_kind>(found - eviction_words.begin());
        if (is_first && has_value && policy_.eviction == eviction_kind::ttl)
            policy_.life = duration(value);
        else if (name == "tinylfu" && !has_value)
            policy_.tiny_lfu = true;
        else if (name == "min-seconds" && has_value)
            policy_.least_seconds = number(value);
        else if (name == "max-size" && has_value)
            policy_.most_bytes = size(value);
        else if (!is_first || has_value)
            refuse("'" + std::string(word) + "' is not understood");
    }

    double number(std::string_view word) const
    {
        double value = 0;
        auto const read = std::from_chars(word.data(), word.data() + word.size(), value);
        if (read.ec != std::errc() || read.ptr != word.data() + word.size() || !(value >= 0) || value > 1e18)
            refuse("'" + std::string(word) + "' is no number");
        return value;
    }

    std::uint64_t size(std::string_view word) const
    {
        auto const bytes = parse_byte_count(word);
        if (!bytes)
            refuse("'" + std::string(word) + "' is no size");
        return *bytes;
    }

    std::chrono::seconds duration(std::string_view word) const
    {
        constexpr std::chrono::hours hundred_years(24 * 36500);
        auto const life = parse_time_span(word);
        if (!life || life->count() == 0 || *life > hundred_years)
            refuse("'" + std::string(word) + "' is no lifetime");
        return *life;
    }

    std::string_view text_;
    replacement_policy policy_;
};
}  // namespace detail

ACRX_DECL std::span<std::string_view const> eviction_names()
{
    return detail::eviction_words;
}

ACRX_DECL replacement_policy parse_replacement_policy(std::string_view text)
{
    return detail::replacement_reader(text).read();
}

ACRX_DECL std::string to_string(replacement_policy const& policy)
{
    std::ostringstream text;
    text << detail::eviction_words.at(static_cast<std::size_t>(policy.eviction));
    if (policy.eviction == eviction_kind::ttl)
        text << '=' << policy.life.count() << 's';
    if (policy.tiny_lfu)
        text << ",tinylfu";
    if (policy.least_seconds > 0)
        text << ",min-seconds=" << policy.least_seconds;
    if (policy.most_bytes)
        text << ",max-size=" << *policy.most_bytes;
    return text.str();
}
}  // namespace acrx
#endif
