// What is wrong with a Dockerfile, and where.
#ifndef ACRX_DOCKERFILE_PARSE_ERROR_HPP
#define ACRX_DOCKERFILE_PARSE_ERROR_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/source_span.hpp>

#include <string>
#include <string_view>

namespace acrx::dockerfile {
/// An error in the text of a Dockerfile: `errc::syntax`, `errc::invalid_instruction`, or `errc::not_supported`.
class parse_error : public error
{
public:
    /// @param where   the instruction; a default span if the caller adds it later by `at`
    /// @param text    what is wrong, quoting the offending word; no full stop
    /// @param advice  what the author of the file can do; may be empty
    parse_error(errc code, source_span where, std::string const& text, std::string const& advice = {})
        : error(code, text, advice), where_(where), text_(text)
    {}

    /// The instruction that is wrong; `first_line` is 0 if the error belongs to no line.
    source_span const& where() const noexcept { return where_; }
    /// The bare text, without place and category.
    std::string const& text() const noexcept { return text_; }
    /// The same error at a place.
    parse_error at(source_span where) const
    {
        auto copy = *this;
        copy.where_ = where;
        return copy;
    }

private:
    source_span where_;
    std::string text_;
};

/// Shows a place in its file: `NAME:LINE:COLUMN`, then the lines around it, those of the span marked with `>>>`.
///
/// @param file_name  how to call the file, e.g. `Dockerfile`
/// @param text       all of the file
/// @return           lines, each ending in `\n`; `NAME:LINE:COLUMN` alone if the file has no such line;
///                   empty if the place is not known
ACRX_DECL std::string render_snippet(std::string_view file_name, std::string_view text, source_span where);

/// The lines alone, between two rules of dashes; empty if the file has no such line.
ACRX_DECL std::string render_lines(std::string_view text, source_span where);
}  // namespace acrx::dockerfile

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/parse_error.ipp>
#endif
#endif
