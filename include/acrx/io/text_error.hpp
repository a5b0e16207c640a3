// What is wrong with a text that somebody wrote, and where.
#ifndef ACRX_IO_TEXT_ERROR_HPP
#define ACRX_IO_TEXT_ERROR_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/source_place.hpp>

#include <string>
#include <utility>

namespace acrx {
/// An error in a file of people's making. `text()` reads `acr-task.yaml:12:5: WHAT`; without a file or a
/// place, these parts are missing.
class text_error : public error
{
public:
    /// @param file  how the file is called; may be empty
    /// @param what  what is wrong, quoting the offending word; no full stop
    text_error(errc code, std::string const& file, source_place where, std::string const& what, std::string advice = {})
        : error(code, prefix(file, where) + what, std::move(advice)), where_(where), bare_(what)
    {}

    source_place where() const noexcept { return where_; }
    /// The bare text, without file and place.
    std::string const& bare() const noexcept { return bare_; }

private:
    static std::string prefix(std::string const& file, source_place where)
    {
        auto text = file;
        if (where.line != 0)
            text += (text.empty() ? "line " : ":") + std::to_string(where.line) + ':' + std::to_string(where.column);
        return text.empty() ? text : text + ": ";
    }

    source_place where_;
    std::string bare_;
};
}  // namespace acrx
#endif
