// The files of a stage or image as a tree to copy from.
#ifndef ACRX_BUILD_STAGE_FILES_HPP
#define ACRX_BUILD_STAGE_FILES_HPP

#include <acrx/build/file_tree.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/snapshot/root_view.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace acrx {
/// Answers from the layers' indexes; the bytes lie in the unpacked layers, which need not be there yet.
class stage_files
{
public:
    /// @param folder  where the files of an unpacked layer are
    ACRX_DECL stage_files(root_view view, std::vector<digest> diff_ids,
                          std::function<std::filesystem::path(digest const&)> folder);

    ACRX_DECL std::optional<source_file> find(std::string_view path) const;
    ACRX_DECL std::vector<source_file> children(std::string_view path) const;
    ACRX_DECL std::vector<source_file> below(std::string_view path) const;

private:
    ACRX_DECL source_file to_source(root_view::found const& found) const;

    root_view view_;
    std::vector<digest> diff_ids_;
    std::function<std::filesystem::path(digest const&)> folder_;
    std::unordered_set<std::string> link_targets_;  ///< link groups of files with several names
};
static_assert(file_tree<stage_files>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/stage_files.ipp>
#endif
#endif
