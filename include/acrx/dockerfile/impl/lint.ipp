// Bodies of dockerfile/lint.hpp: one function a rule.
#ifndef ACRX_DOCKERFILE_IMPL_LINT_IPP
#define ACRX_DOCKERFILE_IMPL_LINT_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/dockerfile/detail/directives.hpp>
#include <acrx/dockerfile/detail/text.hpp>
#include <acrx/dockerfile/lint.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <variant>

namespace acrx::dockerfile {
namespace detail {
using findings = std::vector<lint_warning>;

inline bool is_lower(std::string_view word)
{
    return word == ascii_lower(word);
}

inline bool is_upper(std::string_view word)
{
    return word == to_upper(word);
}

inline std::string_view keyword_as_written(stage const& s)
{
    return std::string_view(s.original).substr(0, s.original.find_first_of(" \t"));
}

inline void stage_names_in_lower_case(file const& f, findings& found)
{
    for (auto const& s : f.stages)
        if (!is_lower(s.header.stage_name_as_written))
            found.push_back({lint_rule::stage_name_casing,
                             "Stage name '" + s.header.stage_name_as_written + "' should be lowercase", s.where});
}

inline void as_like_from(file const& f, findings& found)
{
    for (auto const& s : f.stages) {
        auto const from = keyword_as_written(s);
        auto const& as = s.header.as_keyword;
        bool const differs = is_lower(from) ? !is_lower(as) : is_upper(from) && !is_upper(as);
        if (differs)
            found.push_back({lint_rule::from_as_casing,
                             "'" + as + "' and '" + std::string(from) + "' keywords' casing do not match", s.where});
    }
}

inline void no_duplicate_stage_names(file const& f, findings& found)
{
    std::set<std::string_view> names;
    for (auto const& s : f.stages)
        if (!s.name.empty() && !names.insert(s.name).second)
            found.push_back({lint_rule::duplicate_stage_name,
                             "Duplicate stage name " + go_quote(s.name) + ", stage names should be unique", s.where});
}

inline void no_reserved_stage_names(file const& f, findings& found)
{
    for (auto const& s : f.stages)
        if (s.name == "scratch" || s.name == "context")
            found.push_back({lint_rule::reserved_stage_name,
                             "Stage name should not use the same name as reserved stage " + go_quote(s.name), s.where});
}

/// FROM and what follows it, but no ARG before the first FROM.
template<class Use>
void for_each_keyword(file const& f, Use use)
{
    for (auto const& s : f.stages) {
        use(keyword_as_written(s), s.where);
        for (auto const& line : s.instructions)
            use(std::string_view(line.keyword), line.where);
    }
}

inline void keywords_in_one_case(file const& f, findings& found)
{
    int lower = 0;
    int upper = 0;
    for_each_keyword(f, [&](std::string_view keyword, source_span) {
        lower += is_lower(keyword) ? 1 : 0;
        upper += is_upper(keyword) ? 1 : 0;
    });
    bool const wants_lower = lower > upper;
    for_each_keyword(f, [&](std::string_view keyword, source_span where) {
        if (wants_lower ? !is_lower(keyword) : !is_upper(keyword))
            found.push_back({lint_rule::consistent_instruction_casing,
                             "Command '" + std::string(keyword) + "' should match the case of the command majority ("
                                 + (wants_lower ? "lowercase)" : "uppercase)"),
                             where});
    });
}

inline void no_maintainer(file const& f, findings& found)
{
    for (auto const& s : f.stages)
        for (auto const& line : s.instructions)
            if (std::holds_alternative<maintainer>(line.what))
                found.push_back({lint_rule::maintainer_deprecated,
                                 "Maintainer instruction is deprecated in favor of using label", line.where});
}

/// The value of a comment `check=...`, up to the first blank.
inline std::optional<std::string> check_in(std::string const& comment)
{
    directive_zone zone("");
    if (!zone.take(comment, 0) || zone.found().front().name != "check")
        return {};
    auto const& value = zone.found().front().value;
    return value.substr(0, value.find(' '));
}

inline void described_by_name(std::string_view instruction, std::vector<std::string> const& names,
                              std::vector<std::string> const& comments, source_span where, findings& found)
{
    auto const last = std::find_if(comments.rbegin(), comments.rend(), [](auto const& c) { return !check_in(c); });
    if (last == comments.rend() || names.empty())
        return;
    if (std::find(names.begin(), names.end(), last->substr(0, last->find(' '))) != names.end())
        return;
    auto const& example = names.size() == 1 ? names.front() : "<arg_key>";
    found.push_back({lint_rule::invalid_definition_description,
                     "Comment for " + std::string(instruction) + " should follow the format: `# " + example
                         + " <description>`",
                     where});
}

inline void described_by_names(arg const& what, std::vector<std::string> const& comments, source_span where,
                               findings& found)
{
    std::vector<std::string> names;
    for (auto const& declared : what.declarations)
        names.push_back(declared.name);
    described_by_name("ARG", names, comments, where, found);
}

inline void descriptions_begin_with_the_name(file const& f, findings& found)
{
    for (auto const& global : f.global_args)
        described_by_names(global.what, global.comments, global.where, found);
    for (auto const& s : f.stages) {
        if (!s.name.empty())
            described_by_name("FROM", {s.name}, s.comments, s.where, found);
        for (auto const& line : s.instructions)
            if (auto const* declared = std::get_if<arg>(&line.what))
                described_by_names(*declared, line.comments, line.where, found);
    }
}

/// Whether one of the words between the underscores of `name` is in `words`, whatever its case.
inline bool has_word(std::string_view name, std::initializer_list<std::string_view> words)
{
    auto const lower = ascii_lower(name);
    for (std::size_t begin = 0; begin <= lower.size();) {
        auto const end = std::min(lower.find('_', begin), lower.size());
        auto const word = std::string_view(lower).substr(begin, end - begin);
        if (std::find(words.begin(), words.end(), word) != words.end())
            return true;
        begin = end + 1;
    }
    return false;
}

inline void no_secret(std::string_view instruction, std::string const& name, source_span where, findings& found)
{
    bool const secret = has_word(name, {"apikey", "auth", "credential", "credentials", "key", "password", "pword",
                                        "passwd", "secret", "token"});
    if (secret && !has_word(name, {"public", "file", "version"}))
        found.push_back({lint_rule::secrets_used_in_arg_or_env,
                         "Do not use ARG or ENV instructions for sensitive data (" + std::string(instruction) + " "
                             + go_quote(name) + ")",
                         where});
}

inline void with_equals_sign(name_value const& pair, instruction const& line, findings& found)
{
    if (pair.legacy)
        found.push_back({lint_rule::legacy_key_value_format,
                         "\"" + line.keyword + " key=value\" should be used instead of legacy \"" + line.keyword
                             + " key value\" format",
                         line.where});
}

inline findings lint_alone(instruction const& line)
{
    findings found;
    if (auto const* arguments = std::get_if<arg>(&line.what))
        for (auto const& declared : arguments->declarations)
            no_secret("ARG", declared.name, line.where, found);
    if (auto const* variables = std::get_if<env>(&line.what))
        for (auto const& variable : variables->variables) {
            with_equals_sign(variable, line, found);
            no_secret("ENV", variable.name, line.where, found);
        }
    if (auto const* labels = std::get_if<label>(&line.what))
        for (auto const& one : labels->labels)
            with_equals_sign(one, line, found);
    return found;
}

inline void sort_by_line(findings& found)
{
    std::stable_sort(found.begin(), found.end(),
                     [](auto const& a, auto const& b) { return a.where.first_line < b.where.first_line; });
}
}  // namespace detail

ACRX_DECL std::vector<lint_warning> lint_spelling(file const& f)
{
    auto found = f.warnings;
    for (auto const rule :
         {detail::stage_names_in_lower_case, detail::as_like_from, detail::no_duplicate_stage_names,
          detail::no_reserved_stage_names, detail::keywords_in_one_case, detail::no_maintainer,
          detail::descriptions_begin_with_the_name})
        rule(f, found);
    return found;
}

ACRX_DECL std::vector<lint_warning> stage_linter::see(instruction const& line)
{
    auto found = detail::lint_alone(line);
    auto const name = keyword_of(line.what);
    if (name != "CMD" && name != "ENTRYPOINT" && name != "HEALTHCHECK")
        return found;
    auto const [earlier, is_first] = once_.try_emplace(name, line.where);
    if (!is_first)
        found.push_back({lint_rule::multiple_instructions_disallowed,
                         "Multiple " + line.keyword
                             + " instructions should not be used in the same stage because only the last one will be "
                               "used",
                         std::exchange(earlier->second, line.where)});
    return found;
}

ACRX_DECL std::vector<lint_warning> lint(file const& f)
{
    auto found = lint_spelling(f);
    for (auto const& s : f.stages) {
        stage_linter linter;
        for (auto const& line : s.instructions) {
            auto const more = linter.see(line);
            found.insert(found.end(), more.begin(), more.end());
        }
    }
    detail::sort_by_line(found);
    return found;
}

ACRX_DECL lint_filter::lint_filter(file const& f, lint_options options) : options_(std::move(options))
{
    auto const add = [&](std::vector<std::string> const& comments, source_span where) {
        for (auto const& comment : comments)
            if (auto const value = detail::check_in(comment)) {
                try {
                    local_.emplace_back(where, parse_lint_options(*value));
                } catch (parse_error const&) {
                    // Above an instruction it may as well be a remark.
                }
            }
    };
    for (auto const& global : f.global_args)
        add(global.comments, global.where);
    for (auto const& s : f.stages) {
        add(s.comments, s.where);
        for (auto const& line : s.instructions)
            add(line.comments, line.where);
    }
}

ACRX_DECL bool lint_filter::wants(lint_warning const& found) const
{
    auto options = options_;
    for (auto const& [where, local] : local_)
        if (where.first_line <= found.where.first_line && found.where.first_line <= where.last_line)
            options.add(local);
    return options.wants(found.rule);
}

ACRX_DECL lint_options lint_options_of(file const& f)
{
    if (!f.check)
        return {};
    try {
        return parse_lint_options(std::string_view(*f.check).substr(0, f.check->find(' ')));
    } catch (parse_error const& e) {
        auto const line = std::find_if(f.directives.begin(), f.directives.end(),
                                       [](directive const& d) { return d.name == "check"; });
        throw line == f.directives.end() ? e : e.at({line->line, line->line, 1});
    }
}
}  // namespace acrx::dockerfile
#endif
