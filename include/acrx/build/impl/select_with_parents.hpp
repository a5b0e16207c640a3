// Bodies of build/select_with_parents.hpp.
#ifndef ACRX_BUILD_IMPL_SELECT_WITH_PARENTS_HPP
#define ACRX_BUILD_IMPL_SELECT_WITH_PARENTS_HPP
#include <acrx/build/detail/locations.hpp>
#include <acrx/build/select_with_parents.hpp>
#include <acrx/context/ignore_rules.hpp>
#include <acrx/context/wildcard.hpp>
#include <acrx/snapshot/path_order.hpp>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace acrx {
namespace detail {
/// A source word, cut at `/./`: what is left out of the copied paths, and what is kept.
struct pivoted_path
{
    std::string base;  ///< clean and relative, like the other
    std::string kept;  ///< empty for all in `base`
};

inline pivoted_path cut_at_pivot(std::string const& word)
{
    auto const clean = [](std::string_view path) { return clean_absolute_path(path).substr(1); };
    auto const rooted = word.starts_with('/') ? word : "/" + word;
    // The first dot of `./a/./b` is no pivot: it stands where nothing could be left out.
    auto const pivot = (rooted + "/").find("/./", rooted.starts_with("/./") ? 2 : 0);
    if (pivot == std::string::npos)
        return {{}, clean(rooted)};
    return {clean(std::string_view(rooted).substr(0, pivot)),
            clean(std::string_view(rooted).substr(std::min(pivot + 3, rooted.size())))};
}

/// The leading elements of a pattern that have no wildcard.
inline std::string literal_part(std::string_view pattern)
{
    std::size_t end = 0;
    while (end < pattern.size()) {
        auto const slash = std::min(pattern.find('/', end + 1), pattern.size());
        if (has_wildcard(pattern.substr(0, slash)))
            break;
        end = slash;
    }
    return std::string(pattern.substr(0, end));
}

/// What lies at and below `path` (relative to `base`), with paths relative to `base`, under the names that were asked for.
template<file_tree Tree>
std::vector<source_file> files_at(Tree const& tree, std::string const& base, std::string const& path, source_file found)
{
    std::vector<source_file> files;
    if (found.item.entry.type == entry_type::directory) {
        auto const real = found.item.entry.path;
        files = make_relative(tree.below(real), real, {});
        for (auto& file : files)
            file.item.entry.path = join_path(path, file.item.entry.path);
    }
    for (auto end = path.size(); end != std::string::npos && end > 0; end = path.rfind('/', end - 1)) {
        auto const name = path.substr(0, end);
        auto here = end == path.size() ? std::optional(std::move(found)) : tree.find(join_path(base, name));
        if (!here)
            continue;
        here->item.entry.path = name;
        files.push_back(std::move(*here));
    }
    std::ranges::sort(files, path_less{}, [](source_file const& file) -> auto const& { return file.item.entry.path; });
    return files;
}

/// The files that are wanted and not excluded, with their folders. Files are in path order.
inline std::vector<source_file> with_folders(std::vector<source_file> files, ignore_rules const& wanted,
                                             ignore_rules const& excluded)
{
    std::vector<source_file> kept;
    for (auto at = files.rbegin(); at != files.rend(); ++at) {
        auto const& path = at->item.entry.path;
        bool const is_asked_for = (wanted.empty() || wanted.excludes(path)) && !excluded.excludes(path);
        bool const holds_last = !kept.empty() && at->item.entry.type == entry_type::directory
                                && kept.back().item.entry.path.starts_with(path + "/");
        if (is_asked_for || holds_last)
            kept.push_back(std::move(*at));
    }
    std::ranges::reverse(kept);
    return kept;
}

template<file_tree Tree>
void select_below(Tree const& tree, std::string const& word, pivoted_path const& asked, ignore_rules const& excluded,
                  tree_kind place, std::vector<selected_source>& selected)
{
    auto base = tree.find(asked.base);
    if (!base)
        throw_missing_source(tree, word, asked.base, place);
    if (base->item.entry.type != entry_type::directory)
        throw error(errc::not_found, "\"/" + asked.base + "\" is no folder",
                    "Before \"/./\" stands the folder that is left out of the copied paths.");
    selected_source source;
    auto const start = literal_part(asked.kept);
    auto const wanted = asked.kept.empty() ? ignore_rules() : ignore_rules({asked.kept});
    if (auto found = tree.find(join_path(asked.base, start)))
        source.below = with_folders(files_at(tree, asked.base, start, std::move(*found)), wanted, excluded);
    else if (!has_wildcard(asked.kept))
        throw_missing_source(tree, word, join_path(asked.base, asked.kept), place);
    source.top = std::move(*base);
    selected.push_back(std::move(source));
}
}  // namespace detail

template<file_tree Tree>
std::vector<selected_source> select_with_parents(Tree const& tree, std::span<std::string const> words,
                                                 std::span<std::string const> excludes, tree_kind place)
{
    std::string lines;
    for (auto const& pattern : excludes)
        lines += pattern + "\n";
    auto const excluded = parse_ignore_rules(lines);
    std::vector<selected_source> selected;
    for (auto const& word : words) {
        auto const asked = detail::cut_at_pivot(word);
        std::vector<std::string> bases{asked.base};
        if (has_wildcard(asked.base)) {
            bases.clear();
            detail::expand_wildcards(tree, "", asked.base, bases);
        }
        for (auto const& base : bases)
            detail::select_below(tree, word, {base, asked.kept}, excluded, place, selected);
    }
    return selected;
}
}  // namespace acrx
#endif
