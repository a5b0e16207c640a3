// Bodies of snapshot/read_layer_files.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_READ_LAYER_FILES_IPP
#define ACRX_SNAPSHOT_IMPL_READ_LAYER_FILES_IPP
#include <acrx/core/error.hpp>
#include <acrx/io/byte_source.hpp>
#include <acrx/io/decompressor.hpp>
#include <acrx/snapshot/detail/read_layer.hpp>
#include <acrx/snapshot/read_layer_files.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
inline std::string content_of(layer_reader& layer, layer_entry const& entry)
{
    if (auto kept = layer.kept_content())
        return std::move(*kept);
    std::string bytes(static_cast<std::size_t>(entry.size), '\0');
    while (auto const piece = layer.content())
        std::copy_n(reinterpret_cast<char const*>(piece->bytes.data()), piece->bytes.size(),
                    bytes.begin() + static_cast<std::ptrdiff_t>(piece->offset));
    return bytes;
}
}  // namespace detail

ACRX_DECL std::map<std::string, std::string> read_layer_files(std::filesystem::path const& blob,
                                                              std::set<std::string> paths, std::uint64_t limit,
                                                              std::stop_token stop)
{
    decompressor in(read_in_pieces(blob), blob.string());
    std::vector<std::byte> buffer(256 * 1024);
    byte_source const plain = [&] {
        if (stop.stop_requested())
            throw error(errc::canceled, "reading the layer " + blob.string());
        return std::span<std::byte const>(buffer).first(in.read(buffer));
    };
    detail::layer_reader layer(plain, blob.string());
    std::map<std::string, std::string> files;
    while (!paths.empty()) {
        auto const* met = layer.next();
        if (met == nullptr)
            break;
        auto const& entry = met->entry;
        if (entry.type != entry_type::regular || paths.erase(entry.path) == 0 || entry.size > limit)
            continue;
        files.insert_or_assign(entry.path, detail::content_of(layer, entry));
    }
    return files;
}
}  // namespace acrx
#endif
