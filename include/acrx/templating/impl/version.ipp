// Bodies of templating/version.hpp.
#ifndef ACRX_TEMPLATING_IMPL_VERSION_IPP
#define ACRX_TEMPLATING_IMPL_VERSION_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/version.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace acrx::templating {
namespace detail {
inline bool is_digits(std::string_view s)
{
    return !s.empty() && s.find_first_not_of("0123456789") == s.npos;
}

inline int compare_identifiers(std::string_view a, std::string_view b)
{
    auto const numbers = is_digits(a) + is_digits(b);
    if (numbers == 1)
        return is_digits(a) ? -1 : 1;
    if (numbers == 2 && a.size() != b.size())
        return a.size() < b.size() ? -1 : 1;
    return a == b ? 0 : a < b ? -1 : 1;
}

/// A release is above its pre-releases; those compare identifier by identifier.
inline int compare_prereleases(std::string_view a, std::string_view b)
{
    if (a.empty() || b.empty())
        return a.empty() && b.empty() ? 0 : a.empty() ? 1 : -1;
    while (true) {
        auto const x = a.substr(0, a.find('.'));
        auto const y = b.substr(0, b.find('.'));
        if (auto const order = compare_identifiers(x, y); order != 0)
            return order;
        auto const a_ends = x.size() == a.size();
        auto const b_ends = y.size() == b.size();
        if (a_ends || b_ends)
            return a_ends && b_ends ? 0 : a_ends ? -1 : 1;
        a.remove_prefix(x.size() + 1);
        b.remove_prefix(y.size() + 1);
    }
}

/// Reads a version from the front of a text, wildcards allowed.
class version_reader
{
public:
    explicit version_reader(std::string_view text) : text_(text) {}

    std::array<std::string_view, 3> numbers;
    std::string_view prerelease;
    std::string_view metadata;

    /// @param wildcards  allows `x`, `X`, `*` as numbers
    /// @return whether there is a version; `rest` is what follows it
    bool read(bool wildcards)
    {
        if (text_.starts_with('v'))
            text_.remove_prefix(1);
        for (std::size_t i = 0; i < 3; ++i) {
            if (i > 0) {
                if (!text_.starts_with('.'))
                    break;
                text_.remove_prefix(1);
            }
            numbers[i] = take(wildcards ? "0123456789xX*|" : "0123456789");
            if (numbers[i].empty())
                return false;
        }
        return read_part('-', prerelease) && read_part('+', metadata);
    }
    std::string_view rest() const { return text_; }

private:
    std::string_view take(std::string_view allowed)
    {
        auto const part = text_.substr(0, text_.find_first_not_of(allowed));
        text_.remove_prefix(part.size());
        return part;
    }
    bool read_part(char mark, std::string_view& part)
    {
        if (!text_.starts_with(mark))
            return true;
        text_.remove_prefix(1);
        part = take("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-.");
        return !part.empty() && part.front() != '.' && part.back() != '.' && part.find("..") == part.npos;
    }

    std::string_view text_;
};

inline bool read_int(std::string_view digits, std::int64_t& n)
{
    if (digits.empty()) {
        n = 0;
        return true;
    }
    auto const done = std::from_chars(digits.data(), digits.data() + digits.size(), n);
    return done.ec == std::errc{} && done.ptr == digits.data() + digits.size();
}

/// One comparison, e.g. `>= 1.x`.
struct constraint
{
    std::string_view comparison;
    version bound;
    bool any_minor = false;  ///< only the major number is given
    bool any_patch = false;  ///< only major and minor are given
    bool any = false;        ///< some number is not given

    bool holds(version const& v) const;

private:
    bool tilde(version const& v) const;
    bool caret(version const& v) const;
    bool differs(version const& v) const;
};

ACRX_DECL bool constraint::tilde(version const& v) const
{
    if (v.compare(bound) < 0)
        return false;
    if (bound.major_number == 0 && bound.minor_number == 0 && bound.patch_number == 0 && !any_minor && !any_patch)
        return true;
    return v.major_number == bound.major_number && (any_minor || v.minor_number == bound.minor_number);
}

ACRX_DECL bool constraint::caret(version const& v) const
{
    return v.compare(bound) >= 0 && v.major_number == bound.major_number;
}

ACRX_DECL bool constraint::differs(version const& v) const
{
    if (any) {
        if (v.major_number != bound.major_number)
            return true;
        if (any_minor || (v.minor_number == bound.minor_number && any_patch))
            return false;
        if (v.minor_number != bound.minor_number)
            return true;
    }
    return v.compare(bound) != 0;
}

ACRX_DECL bool constraint::holds(version const& v) const
{
    // A pre-release fits only where the constraint itself speaks of pre-releases.
    if (!v.prerelease.empty() && bound.prerelease.empty() && (comparison != "!=" || any))
        return false;
    auto const order = v.compare(bound);
    if (comparison.empty() || comparison == "=")
        return any ? tilde(v) : order == 0;
    if (comparison == "!=")
        return differs(v);
    if (comparison == ">") {
        if (!any || v.major_number != bound.major_number)
            return order > 0;
        return !any_minor && (any_patch ? v.minor_number > bound.minor_number : order > 0);
    }
    if (comparison == "<")
        return order < 0;
    if (comparison == ">=" || comparison == "=>")
        return order >= 0;
    if (comparison == "<=" || comparison == "=<") {
        if (!any)
            return order <= 0;
        if (v.major_number != bound.major_number)
            return v.major_number < bound.major_number;
        return any_minor || v.minor_number <= bound.minor_number;
    }
    if (comparison == "^")
        return caret(v);
    return tilde(v);
}

inline std::string_view without_blanks(std::string_view s)
{
    s.remove_prefix(std::min(s.find_first_not_of(" \t\r\n\f"), s.size()));
    return s;
}

/// Reads constraints that are joined by commas: all of them must hold.
class constraint_reader
{
public:
    explicit constraint_reader(std::string_view text) : all_(text), rest_(without_blanks(text)) {}

    std::vector<constraint> read()
    {
        std::vector<constraint> found;
        while (true) {
            auto const comparison = read_comparison();
            auto const low = read_bound(comparison);
            rest_ = without_blanks(rest_);
            if (rest_.starts_with("- ") && comparison.empty()) {  // `1.2 - 1.4`
                rest_ = without_blanks(rest_.substr(1));
                found.push_back(low);
                found.back().comparison = ">=";
                found.push_back(read_bound("<="));
                rest_ = without_blanks(rest_);
            } else {
                found.push_back(low);
            }
            if (rest_.empty())
                return found;
            if (!rest_.starts_with(','))
                fail();
            rest_ = without_blanks(rest_.substr(1));
        }
    }

private:
    [[noreturn]] void fail() const
    {
        throw error(errc::syntax, "improper constraint: " + std::string(all_));
    }

    std::string_view read_comparison()
    {
        for (std::string_view const known : {"!=", ">=", "=>", "<=", "=<", "~>", "=", ">", "<", "~", "^"})
            if (rest_.starts_with(known)) {
                rest_ = without_blanks(rest_.substr(known.size()));
                return known;
            }
        return {};
    }

    constraint read_bound(std::string_view comparison)
    {
        version_reader reader(rest_);
        if (!reader.read(true))
            fail();
        rest_ = reader.rest();
        constraint c{comparison, {}};
        auto const open = [](std::string_view n) { return n.empty() || n == "x" || n == "X" || n == "*"; };
        auto const& [major_text, minor_text, patch_text] = reader.numbers;
        c.any = open(major_text) || open(minor_text) || open(patch_text);
        if (!open(major_text)) {
            c.any_minor = open(minor_text);
            c.any_patch = !c.any_minor && open(patch_text);
        }
        auto const known_minor = !open(major_text) && !c.any_minor;
        if (!read_int(open(major_text) ? std::string_view{} : major_text, c.bound.major_number)
            || !read_int(known_minor ? minor_text : std::string_view{}, c.bound.minor_number)
            || !read_int(c.any ? std::string_view{} : patch_text, c.bound.patch_number))
            fail();
        c.bound.prerelease = reader.prerelease;
        return c;
    }

    std::string_view all_;
    std::string_view rest_;
};
}  // namespace detail

ACRX_DECL std::string version::str() const
{
    auto text = std::to_string(major_number) + '.' + std::to_string(minor_number) + '.' + std::to_string(patch_number);
    if (!prerelease.empty())
        text += '-' + prerelease;
    if (!metadata.empty())
        text += '+' + metadata;
    return text;
}

ACRX_DECL int version::compare(version const& other) const noexcept
{
    for (auto const number : {&version::major_number, &version::minor_number, &version::patch_number})
        if (this->*number != other.*number)
            return this->*number < other.*number ? -1 : 1;
    return detail::compare_prereleases(prerelease, other.prerelease);
}

ACRX_DECL std::optional<version> parse_version(std::string_view text)
{
    detail::version_reader reader(text);
    version v;
    if (!reader.read(false) || !reader.rest().empty() || !detail::read_int(reader.numbers[0], v.major_number)
        || !detail::read_int(reader.numbers[1], v.minor_number)
        || !detail::read_int(reader.numbers[2], v.patch_number))
        return std::nullopt;
    v.prerelease = reader.prerelease;
    v.metadata = reader.metadata;
    v.original = text;
    return v;
}

ACRX_DECL bool fulfils(version const& v, std::string_view constraint)
{
    std::vector<std::vector<detail::constraint>> choices;
    while (true) {
        auto const choice = constraint.substr(0, constraint.find("||"));
        choices.push_back(detail::constraint_reader(choice).read());
        if (choice.size() == constraint.size())
            break;
        constraint.remove_prefix(choice.size() + 2);
    }
    return std::any_of(choices.begin(), choices.end(), [&](auto const& all) {
        return std::all_of(all.begin(), all.end(), [&](auto const& c) { return c.holds(v); });
    });
}
}  // namespace acrx::templating
#endif
