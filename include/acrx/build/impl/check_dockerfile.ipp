// Bodies of build/check_dockerfile.hpp.
#ifndef ACRX_BUILD_IMPL_CHECK_DOCKERFILE_IPP
#define ACRX_BUILD_IMPL_CHECK_DOCKERFILE_IPP
#include <acrx/build/check_dockerfile.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/file.hpp>
#include <acrx/dockerfile/lint.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace acrx {
namespace detail {
/// The lines of `text` before line `number`.
inline std::string_view lines_before(std::string_view text, int number)
{
    std::size_t end = 0;
    for (int line = 1; line < number && end < text.size(); ++line)
        end = std::min(text.find('\n', end), text.size() - 1) + 1;
    return text.substr(0, end);
}

/// What can be said of the lines before one that is wrong.
inline std::vector<dockerfile::lint_warning> lint_beginning(std::string_view text)
try {
    auto const file = dockerfile::parse_file(text);
    dockerfile::lint_filter const filter(file, dockerfile::lint_options_of(file));
    auto found = dockerfile::lint_spelling(file);
    std::erase_if(found, [&](auto const& warning) { return !filter.wants(warning); });
    return found;
} catch (dockerfile::parse_error const&) {
    return {};
}

inline std::optional<dockerfile::file> parse_or_explain(std::string const& text, check_result& result)
try {
    return dockerfile::parse_file(text);
} catch (dockerfile::parse_error const& e) {
    result.failure = std::current_exception();
    result.warnings = lint_beginning(lines_before(text, e.where().first_line));
    return std::nullopt;
}

/// Whether an error says nothing about the Dockerfile.
inline bool is_about_the_registry(error_code const& code)
{
    if (code == condition::interrupted && code != errc::timed_out)
        return false;
    return code.category() != acrx_category() || code == errc::unauthorized || code == errc::denied
           || code == errc::rate_limited || code == errc::unavailable || code == errc::timed_out;
}

/// Asks `resolve`; gives an image without layers if it cannot be asked.
inline net::awaitable<std::shared_ptr<base_image const>> resolve_or_assume(base_resolver const& resolve,
                                                                           std::string name, platform wanted,
                                                                           std::vector<std::string>& unknown)
{
    try {
        auto found = co_await resolve(name, wanted);
        co_return found;
    } catch (error const& e) {
        if (!is_about_the_registry(e.code()))
            throw;
        unknown.push_back(name + ": " + e.text());
    }
    auto assumed = std::make_shared<base_image>();
    assumed->name = parse_reference(name);
    assumed->config.platform = std::move(wanted);
    co_return assumed;
}
}  // namespace detail

ACRX_DECL net::awaitable<check_result> check_dockerfile(std::string text, build_request request, base_resolver resolve,
                                                        ignore_rules ignored, context_resolver contexts)
{
    check_result result;
    if (auto const file = detail::parse_or_explain(text, result)) {
        base_resolver tolerant = [&](std::string name, platform wanted) {
            return detail::resolve_or_assume(resolve, std::move(name), std::move(wanted), result.unknown_bases);
        };
        plan_checks checks{.ignored = std::move(ignored),
                           .all_stages = request.target.empty(),
                           .found = [&](auto const& warning) { result.warnings.push_back(warning); }};
        try {
            co_await make_plan(*file, std::move(request), std::move(tolerant), std::move(checks),
                               std::move(contexts));
        } catch (error const& e) {
            if (e.code() == condition::interrupted)
                throw;
            result.failure = std::current_exception();
        }
    }
    std::stable_sort(result.warnings.begin(), result.warnings.end(),
                     [](auto const& a, auto const& b) { return a.where.first_line < b.where.first_line; });
    co_return result;
}
}  // namespace acrx
#endif
