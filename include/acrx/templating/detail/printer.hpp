// The verbs of Go's fmt, applied to one value at a time.
#ifndef ACRX_TEMPLATING_DETAIL_PRINTER_HPP
#define ACRX_TEMPLATING_DETAIL_PRINTER_HPP

#include <acrx/core/config.hpp>
#include <acrx/templating/limits.hpp>
#include <acrx/templating/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace acrx::templating::detail {
/// Flags, width and precision of one verb.
struct verb_flags
{
    bool plus = false;
    bool minus = false;
    bool sharp = false;
    bool space = false;
    bool zero = false;
    bool go_syntax = false;  ///< `%#v`
    std::optional<std::size_t> width;
    std::optional<std::size_t> precision;
};

/// Writes values under verbs into one text.
class printer
{
public:
    explicit printer(budget& left) : left_(left), out_(left) {}

    verb_flags flags;
    /// Writes `v`, or `%!d(string=x)` if the verb is not for it.
    void print(value const& v, char32_t verb);
    void put(std::string_view text) { out_.put(text); }
    void put_bad_verb(value const& v, char32_t verb);
    std::string take() { return out_.take(); }

private:
    void print_nested(value const& v, char32_t verb, std::size_t depth);
    void print_container(value const& v, char32_t verb, std::size_t depth);
    void print_integer(value const& v, char32_t verb);
    void print_in_base(std::int64_t n, unsigned base, char32_t verb);
    void print_character(std::int64_t n, char32_t verb);
    void print_float(value const& v, char32_t verb);
    void print_text(value const& v, std::string_view text, char32_t verb);
    void print_hex(std::string_view bytes, bool upper_case);
    void pad(std::string_view text);
    void fill(std::size_t count) { out_.put(count, flags.zero && !flags.minus ? '0' : ' '); }

    budget& left_;
    bounded_text out_;
};
}  // namespace acrx::templating::detail

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/printer.ipp>
#endif
#endif
