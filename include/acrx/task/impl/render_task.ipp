// Bodies of task/render_task.hpp.
#ifndef ACRX_TASK_IMPL_RENDER_TASK_IPP
#define ACRX_TASK_IMPL_RENDER_TASK_IPP
#include <acrx/build/redactor.hpp>
#include <acrx/http/url.hpp>
#include <acrx/task/check_commands.hpp>
#include <acrx/task/detail/line_marks.hpp>
#include <acrx/task/detail/parse_task.hpp>
#include <acrx/task/detail/task_lines.hpp>
#include <acrx/task/render_task.hpp>
#include <acrx/task/step_graph.hpp>
#include <acrx/templating/template.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace acrx {
namespace detail {
inline std::string without_secrets(std::string const& text, std::vector<std::string> const& hidden)
{
    redactor hide(hidden);
    auto shown = hide.feed(text);
    return shown + hide.finish();
}

/// The same error without secrets.
inline task_error without_secrets(task_error const& e, std::string const& file, std::vector<std::string> const& hidden)
{
    return task_error(static_cast<errc>(e.code().value()), file, e.where(), without_secrets(e.bare(), hidden),
                      without_secrets(e.advice(), hidden));
}

/// Parts of a template error: Go's words without the template's name and place.
inline std::string what_failed(templating::template_error const& e)
{
    auto const& text = e.text();
    auto const at = text.find(" at <");
    if (e.code() == errc::syntax)
        return "failed to parse template: " + e.cause();
    return "failed to execute template: " + (at == text.npos ? e.cause() : text.substr(at + 1));
}

/// Renders one text of a task.
class task_renderer
{
public:
    task_renderer(std::string const& file, task_data const& data)
        : file_(file), data_(to_template_value(data)), hidden_(hidden_texts(data))
    {}

    std::vector<std::string> const& hidden() const noexcept { return hidden_; }

    numbered_text render(numbered_text const& text) const
    {
        if (text.text.find("{{") == text.text.npos)
            return text;
        try {
            auto const output = templating::render(with_line_marks(text.text), data_, templating::task_options(file_));
            return take_line_marks(output, text);
        } catch (templating::template_error const&) {
        }
        // Once more without marks: these shift the columns of messages.
        try {
            return {templating::render(text.text, data_, templating::task_options(file_)), {}};
        } catch (templating::template_error const& e) {
            throw place(e, text);
        }
    }

    /// A text that is no whole template by itself stays as it is.
    std::string render_if_whole(std::string const& text) const
    {
        if (text.find("{{") == text.npos)
            return text;
        try {
            return templating::render(text, data_, templating::task_options(file_));
        } catch (templating::template_error const&) {
            return text;
        }
    }

private:
    task_error place(templating::template_error const& e, numbered_text const& text) const
    {
        auto const where = text.in_file({e.line(), e.column() + 1});
        return task_error(static_cast<errc>(e.code().value()), file_, where, without_secrets(what_failed(e), hidden_),
                          without_secrets(e.advice(), hidden_));
    }

    std::string const& file_;
    templating::value data_;
    std::vector<std::string> hidden_;
};

inline alias_block alias_block_of(task_template const& task, task_renderer const& renderer)
{
    auto const text = renderer.render(task.alias_block);
    try {
        return parse_alias_block(text, task.file);
    } catch (task_error const& e) {
        throw without_secrets(e, task.file, renderer.hidden());
    }
}

/// How a source of aliases may be called: without what a URL hides.
inline std::string shown_source(std::string const& source)
{
    bool const is_url = source.starts_with("http://") || source.starts_with("https://");
    return is_url ? redacted(parse_url(source)) : source;
}

inline alias_map aliases_of(alias_block const& block, alias_texts const& loaded)
{
    std::vector<alias_map> sources;
    for (auto const& source : block.sources) {
        auto const text = loaded.find(source);
        if (text == loaded.end())
            throw error(errc::invalid_argument, "aliases of " + shown_source(source) + " were not loaded");
        sources.push_back(parse_aliases(text->second, shown_source(source)));
    }
    return merge_aliases(block, sources);
}

/// Only `secrets` and what belongs to it.
inline numbered_text secrets_block(numbered_text const& body)
{
    numbered_text block;
    bool inside = false;
    for_each_line(body, [&](std::string_view line, std::size_t number) {
        if (is_top_key(line))
            inside = after_key(line, "secrets").has_value();
        if (inside)
            block.add_line(line, number);
    });
    return block;
}

inline std::vector<secret_definition> secrets_in(numbered_text const& body, std::string const& file,
                                                 std::vector<std::string> const& hidden)
try {
    return parse_secret_definitions(body, file);
} catch (task_error const& e) {
    throw without_secrets(e, file, hidden);
}
}  // namespace detail

ACRX_DECL std::vector<std::string> alias_sources(task_template const& task, task_data const& data)
{
    if (!task.has_aliases || task.alias_block.text.empty())
        return {};
    return detail::alias_block_of(task, detail::task_renderer(task.file, data)).sources;
}

ACRX_DECL rendered_task render_task(task_template const& task, task_data const& data, alias_texts const& loaded)
{
    detail::task_renderer const renderer(task.file, data);
    rendered_task done{.file = task.file, .body = {}, .aliases = {}, .warnings = {}, .hidden = renderer.hidden()};
    if (!task.has_aliases) {
        done.body = renderer.render(task.body);
    } else {
        auto const block = detail::alias_block_of(task, renderer);
        done.warnings = block.warnings;
        auto const aliases = detail::aliases_of(block, loaded);
        done.body = renderer.render(expand_aliases(task.body, aliases, block.directive));
        for (auto const& [name, text] : aliases)
            done.aliases.emplace(name, renderer.render_if_whole(text));
    }
    if (done.body.text.empty() && !task.body.text.empty())
        throw task_error(errc::invalid_argument, task.file, {}, "rendered template was empty",
                         "Its conditions leave nothing; look at --set and --values.");
    return done;
}

ACRX_DECL std::vector<secret_definition> find_secrets(task_template const& task, task_data data,
                                                      alias_texts const& loaded)
{
    if (!task.mentions_secrets)
        return {};
    data.secrets.clear();
    auto const hidden = hidden_texts(data);
    try {
        auto const whole = render_task(task, data, loaded);
        return detail::secrets_in(whole.body, task.file, hidden);
    } catch (task_error const&) {
        // A step may need a secret to be rendered, or to be YAML; the block itself does not.
        auto part = task;
        part.body = detail::secrets_block(task.body);
        if (part.body.text.empty())
            throw;
        auto const block = render_task(part, data, loaded);
        return detail::secrets_in(block.body, task.file, hidden);
    }
}

ACRX_DECL task_file parse_task(rendered_task const& rendered, std::vector<std::string> const& env)
try {
    auto task = detail::read_task(rendered.body, rendered.file, env);
    for (auto& step : task.steps)
        if (step.kind == step_kind::cmd && !rendered.aliases.empty())
            step.command = expand_image_alias(step.command, rendered.aliases);
    check_commands(task);
    task.warnings.insert(task.warnings.begin(), rendered.warnings.begin(), rendered.warnings.end());
    for (auto& warning : task.warnings) {
        warning.text = detail::without_secrets(warning.text, rendered.hidden);
        warning.advice = detail::without_secrets(warning.advice, rendered.hidden);
    }
    return task;
} catch (task_error const& e) {
    throw detail::without_secrets(e, rendered.file, rendered.hidden);
}
}  // namespace acrx
#endif
