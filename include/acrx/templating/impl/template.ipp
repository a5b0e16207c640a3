// Bodies of templating/template.hpp.
#ifndef ACRX_TEMPLATING_IMPL_TEMPLATE_IPP
#define ACRX_TEMPLATING_IMPL_TEMPLATE_IPP
#include <acrx/templating/detail/executor.hpp>
#include <acrx/templating/detail/parser.hpp>
#include <acrx/templating/template.hpp>

#include <utility>

namespace acrx::templating {
struct text_template::content
{
    std::string text;
    options use;
    detail::template_set templates;
};

ACRX_DECL text_template::text_template(std::string text, options use)
{
    auto made = std::make_unique<content>();
    made->text = std::move(text);
    made->use = std::move(use);
    if (made->text.size() > made->use.limit.text)
        throw template_error(errc::syntax, "template: " + made->use.name + ":1: the text is too long", 1, 0,
                             "the text is too long");
    made->templates = detail::parser(made->text, made->use).parse();
    content_ = std::move(made);
}

ACRX_DECL text_template::text_template(text_template&&) noexcept = default;
ACRX_DECL text_template& text_template::operator=(text_template&&) noexcept = default;
ACRX_DECL text_template::~text_template() = default;

ACRX_DECL std::string text_template::render(value const& data) const
{
    auto text = detail::executor(content_->text, content_->templates, content_->use).run(data);
    if (!content_->use.remove_no_value)
        return text;
    constexpr std::string_view mark = "<no value>";
    std::string kept;
    kept.reserve(text.size());
    std::size_t from = 0;
    for (std::size_t at = 0; (at = text.find(mark, from)) != text.npos; from = at + mark.size())
        kept.append(text, from, at - from);
    return from == 0 ? text : kept.append(text, from);
}

ACRX_DECL std::vector<std::string> text_template::names() const
{
    std::vector<std::string> all;
    for (auto const& [name, body] : content_->templates)
        all.push_back(name);
    return all;
}

ACRX_DECL std::string render(std::string_view text, value const& data, options use)
{
    return text_template(std::string(text), std::move(use)).render(data);
}
}  // namespace acrx::templating
#endif
