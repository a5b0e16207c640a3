// Bodies of task/workspace.hpp.
#ifndef ACRX_TASK_IMPL_WORKSPACE_IPP
#define ACRX_TASK_IMPL_WORKSPACE_IPP
#include <acrx/build/root_export.hpp>
#include <acrx/context/context_files.hpp>
#include <acrx/core/error.hpp>
#include <acrx/snapshot/path_order.hpp>
#include <acrx/task/container_spec.hpp>
#include <acrx/task/workspace.hpp>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
/// Files by path, with the folders they need.
class copied_files
{
public:
    explicit copied_files(std::filesystem::path const& root) : all_(root, ignore_rules()) {}

    void add(source_file file)
    {
        auto const path = file.item.entry.path;
        items_.insert_or_assign(path, std::move(file.item));
    }
    void add_always(std::string const& path)
    {
        auto file = all_.find(path);
        if (!file)
            return;
        add(std::move(*file));
        for (auto slash = path.rfind('/'); slash != std::string::npos && slash > 0; slash = path.rfind('/', slash - 1))
            if (auto folder = all_.find(path.substr(0, slash)); folder && !items_.contains(path.substr(0, slash)))
                add(std::move(*folder));
    }
    std::vector<layer_item> take()
    {
        std::vector<layer_item> items;
        for (auto& [path, item] : items_)
            items.push_back(std::move(item));
        return items;
    }

private:
    context_files all_;
    std::map<std::string, layer_item, path_less> items_;
};
}  // namespace detail

ACRX_DECL void copy_context(build_context const& context, std::span<std::string const> always,
                            std::filesystem::path const& into, std::stop_token stop)
{
    auto rules = context.has_ignore_file ? find_ignore_rules(context.root, context.root / "Dockerfile") : ignore_rules();
    context_files const left(context.root, std::move(rules));
    detail::copied_files files(context.root);
    for (auto& file : left.below(""))
        files.add(std::move(file));
    for (auto const& path : always)
        files.add_always(path);
    write_root_folder(files.take(), into, stop);
}

ACRX_DECL std::filesystem::path path_in_workspace(std::filesystem::path const& workspace,
                                                  std::string const& working_directory, std::string const& path)
{
    auto const place = path_in_folder(workspace, workspace_path, working_directory, path);
    if (!place)
        throw error(errc::outside_root, "'" + path + "' is not below " + std::string(workspace_path),
                    "Steps see the files of their workspace only.");
    return *place;
}

ACRX_DECL std::optional<std::filesystem::path> path_in_folder(std::filesystem::path const& folder,
                                                              std::filesystem::path const& shown_as,
                                                              std::string const& working_directory,
                                                              std::string const& path)
{
    auto const leads_out = [](std::filesystem::path const& below) { return below.empty() || *below.begin() == ".."; };
    auto const inside = (std::filesystem::path(working_directory) / path).lexically_normal();
    auto const below = inside.lexically_relative(shown_as.lexically_normal());
    if (leads_out(below))
        return std::nullopt;
    auto const place = below == "." ? folder : folder / below;
    std::error_code unknown;
    auto const real = std::filesystem::weakly_canonical(place, unknown);
    auto const root = std::filesystem::weakly_canonical(folder, unknown);
    if (leads_out(real.lexically_relative(root)))
        return std::nullopt;
    return place;
}
}  // namespace acrx
#endif
