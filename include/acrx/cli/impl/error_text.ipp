// Bodies of cli/error_text.hpp.
#ifndef ACRX_CLI_IMPL_ERROR_TEXT_IPP
#define ACRX_CLI_IMPL_ERROR_TEXT_IPP
#include <acrx/cli/error_text.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/parse_error.hpp>

namespace acrx::cli {
ACRX_DECL std::string what_failed(std::exception_ptr failure)
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

ACRX_DECL std::string error_text(std::exception_ptr failure, shown_dockerfile const& file)
{
    auto text = "error: " + what_failed(failure) + "\n";
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
    return text;
}
}  // namespace acrx::cli
#endif
