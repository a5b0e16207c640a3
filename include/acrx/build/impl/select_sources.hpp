// Bodies of build/select_sources.hpp.
#ifndef ACRX_BUILD_IMPL_SELECT_SOURCES_HPP
#define ACRX_BUILD_IMPL_SELECT_SOURCES_HPP
#include <acrx/build/detail/locations.hpp>
#include <acrx/build/select_sources.hpp>
#include <acrx/context/ignore_rules.hpp>
#include <acrx/context/wildcard.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/wording.hpp>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace acrx {
namespace detail {
inline std::string join_path(std::string_view folder, std::string_view name)
{
    if (folder.empty() || name.empty())
        return std::string(folder) + std::string(name);
    return std::string(folder) + "/" + std::string(name);
}

inline std::string last_element(std::string_view path)
{
    return std::string(path.substr(path.rfind('/') + 1));
}

/// The paths that match `pattern` (clean, relative), sorted; folders are entered only through real folders.
template<file_tree Tree>
void expand_wildcards(Tree const& tree, std::string const& folder, std::string_view pattern,
                      std::vector<std::string>& hits)
{
    auto const slash = pattern.find('/');
    auto const element = pattern.substr(0, slash);
    auto const rest = slash == std::string_view::npos ? std::string_view{} : pattern.substr(slash + 1);
    if (!has_wildcard(element)) {
        auto const path = join_path(folder, element);
        if (!rest.empty())
            expand_wildcards(tree, path, rest, hits);
        else if (tree.find(path))
            hits.push_back(path);
        return;
    }
    for (auto const& child : tree.children(folder)) {
        auto const name = last_element(child.item.entry.path);
        if (!matches(element, name))
            continue;
        if (rest.empty())
            hits.push_back(join_path(folder, name));
        else if (child.item.entry.type == entry_type::directory)
            expand_wildcards(tree, join_path(folder, name), rest, hits);
    }
}

/// The first symbolic link on the way to `path`, for the text of an error; empty if there is none.
template<file_tree Tree>
std::string link_on_the_way(Tree const& tree, std::string_view path)
{
    std::string folder;
    while (!path.empty()) {
        auto const name = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(name.size() + 1, path.size()));
        for (auto const& child : tree.children(folder))
            if (last_element(child.item.entry.path) == name && child.item.entry.type == entry_type::symbolic_link)
                return "\"/" + child.item.entry.path + "\" is a link to \"" + child.item.entry.link + "\"";
        folder = join_path(folder, name);
        auto const found = tree.find(folder);
        if (!found || found->item.entry.type != entry_type::directory)
            break;
    }
    return {};
}

/// Whether `..` in a path asks for more parents than there are.
inline bool climbs_out(std::string_view path)
{
    int depth = 0;
    while (!path.empty() && depth >= 0) {
        auto const name = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(name.size() + 1, path.size()));
        depth += name == ".." ? -1 : name.empty() || name == "." ? 0 : 1;
    }
    return depth < 0;
}

/// A file beside `path` whose name resembles it; empty if there is none.
template<file_tree Tree>
std::string near_name(Tree const& tree, std::string const& path)
{
    auto const name = last_element(path);
    auto const folder = path.substr(0, path.size() - std::min(name.size() + 1, path.size()));
    auto const parent = tree.find(folder);
    if (name.size() < 3 || !parent || parent->item.entry.type != entry_type::directory)
        return {};
    auto const files = tree.children(parent->item.entry.path);
    std::vector<std::string_view> names;
    for (auto const& file : files) {
        names.push_back(file.item.entry.path);
        names.back().remove_prefix(names.back().rfind('/') + 1);
        if (ascii_lower(names.back()) == ascii_lower(name))
            return join_path(folder, names.back());
    }
    auto const near = dockerfile::closest(name, names);
    return near.empty() ? near : join_path(folder, near);
}

/// Whether the file is there, but left out by the ignore rules of its tree.
template<file_tree Tree>
bool is_left_out(Tree const& tree, std::string const& path)
{
    if constexpr (requires { tree.rules(); }) {
        std::error_code unknown;
        return tree.rules().excludes(path) && std::filesystem::exists(tree.root() / path, unknown);
    }
    return false;
}

template<file_tree Tree>
[[noreturn]] void throw_missing_source(Tree const& tree, std::string const& word, std::string const& path,
                                       tree_kind place)
{
    bool const in_context = place == tree_kind::context;
    std::string const root = in_context ? "the context" : "the image or stage";
    std::string const ref = in_context ? "context" : "stage";
    auto text = "failed to calculate checksum of ref " + ref + ": \"/" + path + "\"";
    if (auto const link = link_on_the_way(tree, path); !link.empty())
        text += " (" + link + ", which is followed inside " + root + ")";
    else if (climbs_out(word))
        text += " (\"" + word + "\" leads out of " + root + ")";
    auto advice = "Check the path, which is relative to the root of " + root + (in_context ? ", and the ignore file" : "")
                  + "; links and \"..\" cannot leave it.";
    if (is_left_out(tree, path))
        advice = "The ignore file leaves it out: a later line with ! in front brings it back.";
    else if (auto const near = near_name(tree, path); !near.empty())
        advice = "Did you mean \"/" + near + "\"? " + advice;
    throw error(errc::not_found, text, std::move(advice));
}

/// Takes the part below `top` out of the paths, and what `rules` exclude out of the list.
inline std::vector<source_file> make_relative(std::vector<source_file> files, std::string_view top,
                                              ignore_rules const& rules)
{
    if (!top.empty())
        for (auto& file : files)
            file.item.entry.path.erase(0, top.size() + 1);
    if (!rules.empty())
        std::erase_if(files, [&](source_file const& file) { return rules.excludes(file.item.entry.path); });
    return files;
}
}  // namespace detail

template<file_tree Tree>
std::vector<selected_source> select_sources(Tree const& tree, std::span<std::string const> words,
                                            std::span<std::string const> excludes, tree_kind place)
{
    ignore_rules rules;
    if (!excludes.empty()) {
        std::string lines;
        for (auto const& pattern : excludes)
            lines += pattern + "\n";
        rules = parse_ignore_rules(lines);
    }
    std::vector<selected_source> selected;
    for (auto const& word : words) {
        auto const clean = detail::clean_absolute_path(word).substr(1);
        std::vector<std::string> hits;
        if (has_wildcard(clean))
            detail::expand_wildcards(tree, "", clean, hits);
        else
            hits.push_back(clean);
        for (auto const& hit : hits) {
            auto found = tree.find(hit);
            if (!found)
                detail::throw_missing_source(tree, word, hit, place);
            if (!hit.empty() && rules.excludes(detail::last_element(hit)))
                continue;
            selected_source source;
            source.name = detail::last_element(hit);
            if (found->item.entry.type == entry_type::directory) {
                auto const top = found->item.entry.path;
                source.below = detail::make_relative(tree.below(top), top, rules);
            }
            source.top = std::move(*found);
            selected.push_back(std::move(source));
        }
    }
    return selected;
}
}  // namespace acrx
#endif
