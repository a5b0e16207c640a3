// Bodies of build/block_tables.hpp.
#ifndef ACRX_BUILD_IMPL_BLOCK_TABLES_IPP
#define ACRX_BUILD_IMPL_BLOCK_TABLES_IPP
#include <acrx/build/block_tables.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <string>
#include <string_view>

namespace acrx {
ACRX_DECL digest recipe_of(copy_operation const& step, std::filesystem::path const& context)
{
    std::string text = context.string() + '\0' + step.destination + '\0' + step.chown + '\0' + step.chmod;
    for (auto const& source : step.sources)
        text += '\0' + source;
    return digest_of(text);
}

ACRX_DECL std::optional<previous_layer> block_tables::find(digest const& recipe, oci_layout const& store) const
{
    auto const text = read_file_if_exists(folder_ / recipe.encoded());
    if (!text)
        return std::nullopt;
    auto const line = text->find('\n');
    try {
        auto const blob = digest::parse(std::string_view(*text).substr(0, line));
        if (!store.contains(blob))
            return std::nullopt;
        return previous_layer{store.blob_path(blob), block_table::from_bytes(std::string_view(*text).substr(line + 1))};
    } catch (error const&) {
        return std::nullopt;
    }
}

ACRX_DECL void block_tables::keep(digest const& recipe, digest const& blob, block_table const& table) const
{
    std::filesystem::create_directories(folder_);
    write_file(folder_ / recipe.encoded(), blob.str() + "\n" + table.to_bytes());
}
}  // namespace acrx
#endif
