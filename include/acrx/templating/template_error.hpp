// What is wrong with a template, or went wrong in it, and where.
#ifndef ACRX_TEMPLATING_TEMPLATE_ERROR_HPP
#define ACRX_TEMPLATING_TEMPLATE_ERROR_HPP

#include <acrx/core/error.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace acrx::templating {
/// `errc::syntax` while a template is read, `errc::invalid_argument` while it runs.
///
/// `text()` is worded as Go does: `template: NAME:LINE: TEXT`, or
/// `template: NAME:LINE:COLUMN: executing "TEMPLATE" at <PART>: TEXT`. It may quote values: who renders secrets
/// passes it through a redactor.
class template_error : public error
{
public:
    template_error(errc code, std::string const& text, std::size_t line, std::size_t column, std::string cause,
                   std::string advice = {})
        : error(code, text, std::move(advice)), line_(line), column_(column), cause_(std::move(cause))
    {}

    /// From 1.
    std::size_t line() const noexcept { return line_; }
    /// Bytes from the start of the line, from 0; 0 while a template is read.
    std::size_t column() const noexcept { return column_; }
    /// The bare text, without the place.
    std::string const& cause() const noexcept { return cause_; }

private:
    std::size_t line_;
    std::size_t column_;
    std::string cause_;
};
}  // namespace acrx::templating
#endif
