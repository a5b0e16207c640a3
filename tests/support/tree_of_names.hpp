// A model of `file_tree` that is written down as a list of names.
#ifndef ACRX_TESTS_SUPPORT_TREE_OF_NAMES_HPP
#define ACRX_TESTS_SUPPORT_TREE_OF_NAMES_HPP

#include <acrx/build/file_tree.hpp>
#include <acrx/snapshot/path_order.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::testing {
/// A tree of names: those that end in a slash are folders, `name>target` is a link that `find` follows.
struct tree_of_names
{
    explicit tree_of_names(std::vector<std::string> names)
    {
        for (auto& name : names) {
            source_file file;
            auto const arrow = name.find('>');
            if (arrow != std::string::npos) {
                file.item.entry.type = entry_type::symbolic_link;
                file.item.entry.link = name.substr(arrow + 1);
                name.resize(arrow);
            } else if (name.ends_with('/')) {
                file.item.entry.type = entry_type::directory;
                name.pop_back();
            }
            file.item.entry.path = name;
            files[name] = file;
        }
    }
    std::optional<source_file> find(std::string_view path) const
    {
        if (path.empty()) {
            source_file root;
            root.item.entry.type = entry_type::directory;
            return root;
        }
        auto const found = files.find(std::string(path));
        if (found == files.end())
            return std::nullopt;
        if (found->second.item.entry.type == entry_type::symbolic_link)
            return find(found->second.item.entry.link);
        return found->second;
    }
    std::vector<source_file> below(std::string_view path) const
    {
        std::vector<source_file> found;
        auto const prefix = path.empty() ? std::string() : std::string(path) + "/";
        for (auto const& [name, file] : files)
            if (name.starts_with(prefix))
                found.push_back(file);
        return found;
    }
    std::vector<source_file> children(std::string_view path) const
    {
        auto found = below(path);
        auto const depth = path.empty() ? 0 : path.size() + 1;
        std::erase_if(found, [&](auto const& f) { return f.item.entry.path.find('/', depth) != std::string::npos; });
        return found;
    }
    std::map<std::string, source_file, path_less> files;
};
}  // namespace acrx::testing

#endif
