// Bodies of build/stage_files.hpp.
#ifndef ACRX_BUILD_IMPL_STAGE_FILES_IPP
#define ACRX_BUILD_IMPL_STAGE_FILES_IPP
#include <acrx/build/stage_files.hpp>

#include <utility>

namespace acrx {
namespace detail {
/// Tells a file from all others of a stage.
inline std::string link_group_of(digest const& layer, std::string const& path)
{
    return layer.str() + ":" + path;
}
}  // namespace detail

ACRX_DECL stage_files::stage_files(root_view view, std::vector<digest> diff_ids,
                                   std::function<std::filesystem::path(digest const&)> folder)
    : view_(std::move(view)), diff_ids_(std::move(diff_ids)), folder_(std::move(folder))
{
    for (std::size_t i = 0; i < view_.size(); ++i)
        for (auto const& entry : view_.layer(i).entries())
            if (entry.type == entry_type::hard_link)
                link_targets_.insert(detail::link_group_of(diff_ids_[i], entry.link));
}

ACRX_DECL source_file stage_files::to_source(root_view::found const& found) const
{
    source_file file;
    auto const& layer = diff_ids_[found.layer];
    file.item.entry = view_.entry_of(found);
    auto& entry = file.item.entry;
    auto const first_name = std::exchange(entry.path, found.entry->path);
    if (entry.type != entry_type::regular)
        return file;
    file.item.file = folder_(layer).string() + "/" + entry.path;
    if (auto group = detail::link_group_of(layer, first_name); link_targets_.contains(group))
        file.link_group = std::move(group);
    return file;
}

ACRX_DECL std::optional<source_file> stage_files::find(std::string_view path) const
{
    auto const place = view_.resolve(path, true);
    if (place.file)
        return to_source(*place.file);
    if (!place.path.empty() && !view_.exists(place.path))
        return std::nullopt;
    source_file folder;
    folder.item.entry.path = place.path;
    folder.item.entry.type = entry_type::directory;
    folder.item.entry.mode = 0755;
    return folder;
}

ACRX_DECL std::vector<source_file> stage_files::children(std::string_view path) const
{
    std::vector<source_file> files;
    for (auto const& found : view_.children(path))
        files.push_back(to_source(found));
    return files;
}

ACRX_DECL std::vector<source_file> stage_files::below(std::string_view path) const
{
    std::vector<source_file> files;
    for (auto const& found : view_.below(path))
        files.push_back(to_source(found));
    return files;
}
}  // namespace acrx
#endif
