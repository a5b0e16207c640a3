// Digests of what can be known of files without reading them.
#ifndef ACRX_BUILD_DETAIL_FILE_STAMPS_HPP
#define ACRX_BUILD_DETAIL_FILE_STAMPS_HPP

#include <acrx/build/place_files.hpp>
#include <acrx/core/digest.hpp>

#include <span>
#include <string>

namespace acrx::detail {
/// Of digests, in their order.
inline digest digest_of_all(std::span<digest const> all)
{
    std::string text;
    for (auto const& one : all)
        text += one.str() + '\n';
    return digest_of(text);
}

/// Of names, types, sizes and times of files.
inline digest stamp_digest(std::span<placed_source const> sources)
{
    std::string text;
    auto const add = [&](source_file const& file) {
        auto const& entry = file.item.entry;
        text += entry.path;
        text += '\0';
        text += std::to_string(static_cast<int>(entry.type)) + ' ' + std::to_string(entry.size) + ' ';
        text += std::to_string(entry.mtime.time_since_epoch().count()) + '\n';
    };
    for (auto const& source : sources) {
        text += source.files.name + '\n';
        if (source.files.top.item.entry.type != entry_type::directory)
            add(source.files.top);
        for (auto const& file : source.files.below)
            add(file);
    }
    return digest_of(text);
}
}  // namespace acrx::detail
#endif
