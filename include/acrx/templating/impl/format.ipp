// Bodies of templating/format.hpp: operands and format texts.
#ifndef ACRX_TEMPLATING_IMPL_FORMAT_IPP
#define ACRX_TEMPLATING_IMPL_FORMAT_IPP
#include <acrx/templating/detail/printer.hpp>
#include <acrx/templating/detail/unicode.hpp>
#include <acrx/templating/format.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace acrx::templating {
namespace detail {
/// Reads a format text and feeds a printer.
class format_reader
{
public:
    format_reader(std::string_view format, std::span<value const> operands, budget& left)
        : format_(format), operands_(operands), printer_(left)
    {}

    std::string run();

private:
    void read_flags();
    void read_index();
    void read_width();
    void read_precision();
    bool at(char c) const { return place_ < format_.size() && format_[place_] == c; }
    std::optional<std::size_t> read_number();
    std::optional<std::int64_t> next_count();
    void apply(char32_t verb);
    void put_extra();

    static constexpr std::size_t largest = 1'000'000;  // Go's own limit of widths

    std::string_view format_;
    std::span<value const> operands_;
    printer printer_;
    std::size_t place_ = 0;
    std::size_t operand_ = 0;
    bool reordered_ = false;
    bool good_index_ = true;
    bool after_index_ = false;
};

ACRX_DECL void format_reader::read_flags()
{
    auto& flags = printer_.flags;
    flags = {};
    for (; place_ < format_.size(); ++place_)
        switch (format_[place_]) {
        case '#': flags.sharp = true; break;
        case '0': flags.zero = true; break;
        case '+': flags.plus = true; break;
        case '-': flags.minus = true; break;
        case ' ': flags.space = true; break;
        default: return;
        }
}

ACRX_DECL std::optional<std::size_t> format_reader::read_number()
{
    std::optional<std::size_t> number;
    for (; place_ < format_.size() && format_[place_] >= '0' && format_[place_] <= '9'; ++place_) {
        number = number.value_or(0) * 10 + static_cast<std::size_t>(format_[place_] - '0');
        if (*number > largest) {
            place_ = format_.size();
            return std::nullopt;
        }
    }
    return number;
}

/// Reads `[n]`, if it is there.
ACRX_DECL void format_reader::read_index()
{
    after_index_ = false;
    if (!at('['))
        return;
    reordered_ = true;
    auto const close = format_.find(']', place_);
    if (close == format_.npos) {
        ++place_;
        good_index_ = false;
        return;
    }
    ++place_;
    auto const number = read_number();
    auto const whole = place_ == close;
    place_ = close + 1;
    if (!number || !whole || *number < 1 || *number > operands_.size()) {
        good_index_ = false;
        return;
    }
    operand_ = *number - 1;
    after_index_ = true;
}

/// The operand of a `*`.
ACRX_DECL std::optional<std::int64_t> format_reader::next_count()
{
    if (operand_ >= operands_.size())
        return std::nullopt;
    auto const* n = operands_[operand_++].if_integer();
    if (!n || *n > static_cast<std::int64_t>(largest) || *n < -static_cast<std::int64_t>(largest))
        return std::nullopt;
    return *n;
}

ACRX_DECL void format_reader::read_width()
{
    auto& flags = printer_.flags;
    if (!at('*')) {
        flags.width = read_number();
        if (after_index_ && flags.width)
            good_index_ = false;
        return;
    }
    ++place_;
    auto const count = next_count();
    if (!count)
        return printer_.put("%!(BADWIDTH)");
    flags.minus = flags.minus || *count < 0;
    flags.width = static_cast<std::size_t>(*count < 0 ? -*count : *count);
    after_index_ = false;
}

ACRX_DECL void format_reader::read_precision()
{
    if (!at('.'))
        return;
    ++place_;
    if (after_index_)
        good_index_ = false;
    read_index();
    if (!at('*')) {
        printer_.flags.precision = read_number().value_or(0);
        return;
    }
    ++place_;
    auto const count = next_count();
    if (!count)
        printer_.put("%!(BADPREC)");
    else if (*count >= 0)
        printer_.flags.precision = static_cast<std::size_t>(*count);
    after_index_ = false;
}

ACRX_DECL void format_reader::apply(char32_t verb)
{
    std::string name;
    put_rune(name, verb);
    if (verb == '%')
        return printer_.put("%");
    if (!good_index_)
        return printer_.put("%!" + name + "(BADINDEX)");
    if (operand_ >= operands_.size())
        return printer_.put("%!" + name + "(MISSING)");
    if (verb == 'v') {
        printer_.flags.go_syntax = std::exchange(printer_.flags.sharp, false);
        printer_.flags.plus = false;  // %+v adds names of fields, and no value has any
    }
    printer_.print(operands_[operand_++], verb);
}

ACRX_DECL void format_reader::put_extra()
{
    if (reordered_ || operand_ >= operands_.size())
        return;
    printer_.flags = {};
    char const* separator = "%!(EXTRA ";
    for (; operand_ < operands_.size(); ++operand_) {
        printer_.put(std::exchange(separator, ", "));
        auto const& v = operands_[operand_];
        if (!v.is_nil()) {
            printer_.put(v.type_name());
            printer_.put("=");
        }
        printer_.print(v, 'v');
    }
    printer_.put(")");
}

ACRX_DECL std::string format_reader::run()
{
    while (place_ < format_.size()) {
        auto const percent = std::min(format_.find('%', place_), format_.size());
        printer_.put(format_.substr(place_, percent - place_));
        place_ = percent + 1;
        if (percent == format_.size())
            break;
        good_index_ = true;
        read_flags();
        read_index();
        read_width();
        read_precision();
        if (!after_index_)
            read_index();
        if (place_ >= format_.size()) {
            printer_.put("%!(NOVERB)");
            break;
        }
        auto const verb = first_rune(format_.substr(place_));
        place_ += verb.size;
        apply(verb.c);
    }
    put_extra();
    return printer_.take();
}
}  // namespace detail

ACRX_DECL std::string sprint(std::span<value const> operands, budget& left)
{
    detail::printer out(left);
    auto previous_is_text = true;
    for (auto const& v : operands) {
        auto const is_text = v.kind() == kind::text;
        if (!is_text && !previous_is_text)
            out.put(" ");
        out.print(v, 'v');
        previous_is_text = is_text;
    }
    return out.take();
}

ACRX_DECL std::string sprintln(std::span<value const> operands, budget& left)
{
    detail::printer out(left);
    for (std::size_t i = 0; i < operands.size(); ++i) {
        if (i > 0)
            out.put(" ");
        out.print(operands[i], 'v');
    }
    out.put("\n");
    return out.take();
}

ACRX_DECL std::string sprintf(std::string_view format, std::span<value const> operands, budget& left)
{
    return detail::format_reader(format, operands, left).run();
}

ACRX_DECL std::string to_text(value const& v, budget& left)
{
    if (auto const* text = v.if_text())
        return *text;
    return sprint({&v, 1}, left);
}

ACRX_DECL std::string to_text(double d)
{
    budget left({});
    return to_text(value(d), left);
}
}  // namespace acrx::templating
#endif
