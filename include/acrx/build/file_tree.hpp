// The concept of a tree that COPY and ADD take files from.
#ifndef ACRX_BUILD_FILE_TREE_HPP
#define ACRX_BUILD_FILE_TREE_HPP

#include <acrx/snapshot/source_file.hpp>

#include <concepts>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// A type that answers what is at a path, and below it. Paths are relative to the root of the tree; the root is "".
///
/// | for `T const& t`, `string_view path` | is                           | means                                          |
/// |--------------------------------------|------------------------------|------------------------------------------------|
/// | `t.find(path)`                       | `std::optional<source_file>` | what is there, all links followed inside the root; its path is the real one |
/// | `t.children(path)`                   | `std::vector<source_file>`   | what is directly in a folder, in path order, links not followed |
/// | `t.below(path)`                      | `std::vector<source_file>`   | all below a folder, in path order              |
///
/// All may block and be called from several threads at once.
template<class T>
concept file_tree = requires(T const& t, std::string_view path) {
    { t.find(path) } -> std::same_as<std::optional<source_file>>;
    { t.children(path) } -> std::same_as<std::vector<source_file>>;
    { t.below(path) } -> std::same_as<std::vector<source_file>>;
};
}  // namespace acrx
#endif
