// Bodies of cli/error_text.hpp.
#ifndef ACRX_CLI_IMPL_ERROR_TEXT_IPP
#define ACRX_CLI_IMPL_ERROR_TEXT_IPP
#include <acrx/cli/error_text.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/parse_error.hpp>
#include <acrx/image/json_reader.hpp>

#include <boost/json/string.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace acrx::cli {
namespace detail {
/// The length of the control sequence that `text` begins with, such as that of a colour; 0 if there is none.
inline std::size_t control_sequence(std::string_view text)
{
    if (!text.starts_with("\x1b["))
        return 0;
    auto const end = std::find_if(text.begin() + 2, text.end(), [](char c) { return c >= '@' && c <= '~'; });
    return static_cast<std::size_t>(end - text.begin()) + (end == text.end() ? 0 : 1);
}

inline std::string raw_text(std::exception_ptr failure)
{
    try {
        std::rethrow_exception(std::move(failure));
    } catch (dockerfile::parse_error const& e) {
        return e.text();
    } catch (error const& e) {
        return e.text();
    } catch (std::bad_alloc const&) {
        return "out of memory";
    } catch (std::exception const& e) {
        return e.what();
    } catch (...) {
        return "an unknown exception";
    }
}
}  // namespace detail

ACRX_DECL std::string printable(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        auto const c = static_cast<unsigned char>(text.front());
        auto const skipped = c == '\r' ? 1 : detail::control_sequence(text);
        bool const is_control = (c < ' ' && c != '\n' && c != '\t') || c == 0x7f;
        if (skipped == 0 && is_control)
            result += "\xEF\xBF\xBD";
        else if (skipped == 0)
            result += text.front();
        text.remove_prefix(skipped == 0 ? 1 : skipped);
    }
    auto const utf8 = acrx::detail::to_json_string(result);
    return {utf8.data(), utf8.size()};
}

ACRX_DECL std::string what_failed(std::exception_ptr failure)
{
    return printable(detail::raw_text(std::move(failure)));
}

ACRX_DECL std::string error_text(std::exception_ptr failure, shown_dockerfile const& file)
{
    auto text = "error: " + detail::raw_text(failure) + "\n";
    try {
        std::rethrow_exception(std::move(failure));
    } catch (dockerfile::parse_error const& e) {
        text += dockerfile::render_snippet(file.name, file.text, e.where());
        if (!e.advice().empty())
            text += "  hint: " + e.advice() + "\n";
    } catch (error const& e) {
        if (!e.advice().empty())
            text += "  hint: " + e.advice() + "\n";
    } catch (...) {
        // Its text is all there is.
    }
    return printable(text);
}
}  // namespace acrx::cli
#endif
