// Bodies of cli/disk_usage.hpp.
#ifndef ACRX_CLI_IMPL_DISK_USAGE_IPP
#define ACRX_CLI_IMPL_DISK_USAGE_IPP
#include <acrx/cache/local_cache.hpp>
#include <acrx/cache/local_storage.hpp>
#include <acrx/cli/detail/disk_items.hpp>
#include <acrx/cli/detail/text_table.hpp>
#include <acrx/cli/disk_usage.hpp>
#include <acrx/cli/pretty_json.hpp>
#include <acrx/cli/quantities.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <set>

namespace acrx::cli {
namespace detail {
/// The files or folders in `folder`; all of them can be had again.
inline usage_line usage_of(std::string kind, std::filesystem::path const& folder)
{
    usage_line line{.kind = std::move(kind)};
    for (auto const& path : names_in(folder)) {
        ++line.count;
        line.bytes += bytes_below(path);
    }
    line.reclaimable = line.bytes;
    return line;
}

inline void add(usage_line& whole, usage_line const& part)
{
    whole.count += part.count;
    whole.bytes += part.bytes;
    whole.reclaimable += part.reclaimable;
}

inline void add_blobs(state_folder const& state, usage_line& images, usage_line& layers)
{
    auto const needed = std::filesystem::exists(state.root() / "index.json") ? blobs_of_named_images(state.root()) : std::set<digest>();
    std::set<std::string> of_images;
    std::set<std::string> cached;
    for (auto const& [key, step] : local_cache(state.cache()).entries())
        cached.insert(step.layer.blob.digest.str());
    for (auto const& blob : needed)
        of_images.insert(blob.str());
    for (auto const& algorithm : names_in(state.root() / "blobs"))
        for (auto const& file : names_in(algorithm)) {
            auto const name = algorithm.filename().string() + ":" + file.filename().string();
            auto const bytes = bytes_below(file);
            bool const is_needed = of_images.contains(name);
            auto& line = !is_needed && cached.contains(name) ? layers : images;
            ++line.count;
            line.bytes += bytes;
            line.reclaimable += is_needed ? 0 : bytes;
        }
}
}  // namespace detail

ACRX_DECL std::vector<usage_line> disk_usage(state_folder const& state)
{
    usage_line images{.kind = "image"};
    usage_line layers{.kind = "layer"};
    detail::add_blobs(state, images, layers);
    std::vector<usage_line> lines{images, layers};
    lines.push_back(detail::usage_of("unpacked", state.snapshots()));
    lines.push_back(detail::usage_of("index", state.indexes()));
    lines.push_back(detail::usage_of("mount", state.caches()));
    lines.push_back(detail::usage_of("download", state.downloads()));
    usage_line context{.kind = "context"};
    for (auto const& folder : detail::names_in(state.pieces()))
        detail::add(context, detail::usage_of("", folder));
    lines.push_back(context);
    usage_line other{.kind = "other"};  // logs, notes about files, mirrors of repositories, the tasks of a runner: prune leaves them
    for (auto const& folder : {state.runs(), state.stats(), state.git(), state.blocks(), state.cache(), state.temporary()})
        detail::add(other, detail::usage_of("", folder));
    for (auto const& part : detail::names_in(state.runner()))
        if (part != state.pieces())
            detail::add(other, {.kind = {}, .count = 1, .bytes = detail::bytes_below(part)});
    other.reclaimable = 0;
    lines.push_back(other);
    return lines;
}

ACRX_DECL std::string usage_text(std::vector<usage_line> const& lines, output_format format)
{
    usage_line total{.kind = "total"};
    for (auto const& line : lines)
        detail::add(total, line);
    auto all = lines;
    all.push_back(total);
    if (format == output_format::json) {
        boost::json::object json;
        for (auto const& line : all)
            json[line.kind] = {{"count", line.count}, {"bytes", line.bytes}, {"reclaimable", line.reclaimable}};
        return pretty_json(json);
    }
    std::vector<std::vector<std::string>> table{{"TYPE", "COUNT", "SIZE", "RECLAIMABLE"}};
    for (auto const& line : all)
        table.push_back({line.kind, std::to_string(line.count), to_size_text(line.bytes), to_size_text(line.reclaimable)});
    return detail::text_table(table);
}
}  // namespace acrx::cli
#endif
