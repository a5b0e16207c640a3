// Text templates in the language of Go's text/template: read once, rendered many times.
#ifndef ACRX_TEMPLATING_TEMPLATE_HPP
#define ACRX_TEMPLATING_TEMPLATE_HPP

#include <acrx/core/config.hpp>
#include <acrx/templating/options.hpp>
#include <acrx/templating/template_error.hpp>
#include <acrx/templating/value.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::templating {
/// A template that has been read.
///
/// Neither reading nor rendering runs without end or takes more memory than the limits say, whatever the text is.
/// @par Thread safety
/// Distinct objects: safe. One object may render in many threads at once, if their data share no maps.
class text_template
{
public:
    /// @throws template_error (`errc::syntax`) if `text` is no template
    explicit ACRX_DECL text_template(std::string text, options use = {});
    ACRX_DECL text_template(text_template&&) noexcept;
    ACRX_DECL text_template& operator=(text_template&&) noexcept;
    ACRX_DECL ~text_template();

    /// @param data  what `.` and `$` are at the start; functions such as `set` change its maps
    /// @throws template_error (`errc::invalid_argument`) if it fails, also when it passes a limit
    ACRX_DECL std::string render(value const& data) const;
    /// The names of all templates in the text, sorted, its own included.
    ACRX_DECL std::vector<std::string> names() const;

private:
    struct content;
    std::unique_ptr<content const> content_;
};

/// Reads and renders at once, e.g. `render(text, value::map_of({{"Run", run}}), task_options("acb.yaml"))`.
/// @throws template_error as `text_template`
ACRX_DECL std::string render(std::string_view text, value const& data, options use = {});
}  // namespace acrx::templating

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/template.ipp>
#endif
#endif
