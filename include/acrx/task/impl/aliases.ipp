// Bodies of task/aliases.hpp.
#ifndef ACRX_TASK_IMPL_ALIASES_IPP
#define ACRX_TASK_IMPL_ALIASES_IPP
#include <acrx/dockerfile/wording.hpp>
#include <acrx/io/yaml.hpp>
#include <acrx/task/aliases.hpp>
#include <acrx/task/task_error.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace acrx {
namespace detail {
inline bool is_alias_letter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Reads names and texts of aliases from YAML.
class alias_reader
{
public:
    explicit alias_reader(std::string const& file) : file_(file) {}

    [[noreturn]] void refuse(errc code, yaml_node const& node, std::string const& what, std::string advice = {}) const
    {
        throw task_error(code, file_, node.where, what, std::move(advice));
    }

    std::string text(yaml_node const& node) const
    {
        if (node.kind != yaml_kind::scalar)
            refuse(errc::syntax, node, "error during alias unmarshaling: an alias must be a text, not a list or a map",
                   "To give several lines, write '|' after the colon.");
        return node.is_null() ? std::string{} : node.text;
    }

    alias_map map(yaml_node const& node) const
    {
        alias_map aliases;
        if (node.is_null())
            return aliases;
        if (node.kind != yaml_kind::map)
            refuse(errc::syntax, node, "error during alias unmarshaling: aliases must be a map of names to texts",
                   "Write one 'NAME: TEXT' a line.");
        for (auto const& [key, value] : node.entries) {
            if (key->text.empty() || !std::all_of(key->text.begin(), key->text.end(), is_alias_letter))
                refuse(errc::invalid_argument, *key,
                       "alias key names only support alphanumeric characters: '" + key->text + "'");
            aliases.insert_or_assign(key->text, text(*value));
        }
        return aliases;
    }

    std::string directive(yaml_node const& node) const
    {
        auto given = text(node);
        auto const code_points = std::count_if(given.begin(), given.end(), [](char c) { return (c & 0xC0) != 0x80; });
        if (code_points != 1)
            refuse(errc::invalid_argument, node,
                   "$ directive can only be overwritten by a single character, not by '" + given + "'");
        if (is_alias_letter(given[0]))
            refuse(errc::invalid_argument, node,
                   "overwritten directives may not be alphanumeric characters, as '" + given + "' is");
        return given;
    }

    std::vector<std::string> sources(yaml_node const& node) const
    {
        std::vector<std::string> all;
        if (node.is_null())
            return all;
        if (node.kind != yaml_kind::list)
            refuse(errc::syntax, node, "error during alias unmarshaling: 'src' must be a list of URLs and files",
                   "Write [URL].");
        for (auto const& item : node.items)
            all.push_back(text(*item));
        return all;
    }

    alias_block block(yaml_node const& node) const
    {
        alias_block made;
        if (node.is_null())
            return made;
        if (node.kind != yaml_kind::map)
            refuse(errc::syntax, node, "error during alias unmarshaling: 'alias' must be a map",
                   "It may hold 'values', 'src' and 'directive'.");
        for (auto const& [key, value] : node.entries) {
            if (key->text == "values")
                made.values = map(*value);
            else if (key->text == "src")
                made.sources = sources(*value);
            else if (key->text == "directive")
                made.directive = directive(*value);
            else
                made.warnings.push_back(of_unknown(*key));
        }
        return made;
    }

private:
    static task_warning of_unknown(yaml_node const& key)
    {
        auto const near = dockerfile::closest(key.text, {"values", "src", "directive"});
        return {key.where, "'alias' has no property '" + key.text + "'; it is ignored",
                near.empty() ? "Aliases themselves stand below 'values'." : "Did you mean '" + near + "'?"};
    }

    std::string const& file_;
};

inline yaml_ptr parse_alias_yaml(numbered_text const& text, std::string const& file)
try {
    return parse_yaml(text, file);
} catch (task_error const& e) {
    throw task_error(errc::syntax, file, e.where(), "error during alias unmarshaling: " + e.bare(), e.advice());
}

/// Goes through a text once and replaces the references in it.
class alias_expander
{
public:
    alias_expander(alias_map const& aliases, std::string_view directive) : aliases_(aliases), directive_(directive) {}

    numbered_text expand(numbered_text const& from) &&
    {
        std::size_t line = 0;
        for (std::string_view rest = from.text; !rest.empty();) {
            number_ = from.lines.empty() ? line + 1 : from.lines[std::min(line, from.lines.size() - 1)];
            bool const is_directive = rest.starts_with(directive_);
            auto const part = is_directive ? rest.substr(0, directive_.size()) : plain_part(rest);
            rest.remove_prefix(part.size());
            if (in_name_)
                go_on(part, is_directive);
            else if (is_directive)
                in_name_ = true;
            else
                put(part);
            line += part.ends_with('\n') ? 1 : 0;
        }
        if (in_name_)
            end_name();
        return std::move(to_);
    }

private:
    /// What can be taken at once: one character of a name, else all up to the end of a line or a directive.
    std::string_view plain_part(std::string_view rest) const
    {
        if (in_name_ || rest[0] == '\n')
            return rest.substr(0, 1);
        char const ends[] = {'\n', directive_[0]};
        auto const end = rest.find_first_of(std::string_view(ends, 2), 1);
        return rest.substr(0, end != rest.npos && rest[end] == '\n' ? end + 1 : end);
    }

    void put(std::string_view part)
    {
        while (!part.empty()) {
            if (starts_line_)
                to_.lines.push_back(number_);
            auto const feed = part.find('\n');
            starts_line_ = feed != part.npos;
            auto const line = part.substr(0, starts_line_ ? feed + 1 : part.npos);
            to_.text += line;
            part.remove_prefix(line.size());
        }
    }

    /// One more part after a directive.
    void go_on(std::string_view part, bool is_directive)
    {
        if (!is_directive && is_alias_letter(part[0])) {
            name_ += part;
            return;
        }
        if (is_directive && name_.empty()) {
            put(directive_);
            in_name_ = false;
            return;
        }
        bool const known = end_name();
        if (is_directive && known)
            in_name_ = true;
        else
            put(part);
    }

    bool end_name()
    {
        auto const found = aliases_.find(name_);
        bool const known = found != aliases_.end();
        if (known) {
            put(found->second);
        } else {
            put(directive_);
            put(name_);
        }
        name_.clear();
        in_name_ = false;
        return known;
    }

    alias_map const& aliases_;
    std::string_view directive_;
    numbered_text to_;
    std::string name_;
    std::size_t number_ = 1;
    bool in_name_ = false;
    bool starts_line_ = true;
};
}  // namespace detail

ACRX_DECL alias_block parse_alias_block(numbered_text const& text, std::string const& file)
{
    detail::alias_reader const reader(file);
    auto const root = detail::parse_alias_yaml(text, file);
    if (!root || root->is_null())
        return {};
    alias_block block;
    if (root->kind != detail::yaml_kind::map)
        reader.refuse(errc::syntax, *root, "error during alias unmarshaling: 'alias' must be a map");
    for (auto const& [key, value] : root->entries)
        if (key->text == "alias")
            block = reader.block(*value);
    return block;
}

ACRX_DECL alias_map parse_aliases(std::string_view text, std::string const& file)
{
    auto const root = detail::parse_alias_yaml({std::string(text), {}}, file);
    return root ? detail::alias_reader(file).map(*root) : alias_map{};
}

ACRX_DECL alias_map const& predefined_aliases()
{
    static alias_map const all = [] {
        alias_map made{
            {"acr", "mcr.microsoft.com/acr/acr-cli:0.19"},  {"az", "mcr.microsoft.com/acr/azure-cli:2ff604c"},
            {"bash", "mcr.microsoft.com/acr/bash:2ff604c"}, {"curl", "mcr.microsoft.com/acr/curl:2ff604c"},
            {"cssc", "mcr.microsoft.com/acr/cssc:2ff604c"},
        };
        for (auto const* name :
             {"ID", "SharedVolume", "Registry", "RegistryName", "Date", "OS", "Architecture", "Commit", "Branch"})
            made.emplace(name, "{{.Run." + std::string(name) + "}}");
        return made;
    }();
    return all;
}

ACRX_DECL alias_map merge_aliases(alias_block const& block, std::vector<alias_map> const& sources)
{
    auto all = block.values;
    for (auto source = sources.rbegin(); source != sources.rend(); ++source)
        all.insert(source->begin(), source->end());
    all.insert(predefined_aliases().begin(), predefined_aliases().end());
    return all;
}

ACRX_DECL numbered_text expand_aliases(numbered_text const& text, alias_map const& aliases, std::string_view directive)
{
    return detail::alias_expander(aliases, directive).expand(text);
}

ACRX_DECL std::string expand_image_alias(std::string_view command, alias_map const& aliases)
{
    constexpr std::string_view blanks = " \t\r\n\v\f";
    auto const first = command.find_first_not_of(blanks);
    if (first == command.npos)
        return {};
    command = command.substr(first, command.find_last_not_of(blanks) - first + 1);
    auto const word = command.substr(0, command.find(' '));
    auto const found = aliases.find(word);
    return found == aliases.end() ? std::string(command) : found->second + std::string(command.substr(word.size()));
}
}  // namespace acrx
#endif
