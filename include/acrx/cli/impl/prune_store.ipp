// Bodies of cli/prune_store.hpp.
#ifndef ACRX_CLI_IMPL_PRUNE_STORE_IPP
#define ACRX_CLI_IMPL_PRUNE_STORE_IPP
#include <acrx/cache/cache_journal.hpp>
#include <acrx/cache/local_cache.hpp>
#include <acrx/cli/detail/disk_items.hpp>
#include <acrx/cli/detail/text_table.hpp>
#include <acrx/cli/pretty_json.hpp>
#include <acrx/cli/prune_store.hpp>
#include <acrx/cli/quantities.hpp>
#include <acrx/cli/state_lock.hpp>
#include <acrx/core/error.hpp>
#include <acrx/image/image_config.hpp>
#include <acrx/image/manifest.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/io/files.hpp>
#include <acrx/registry/oci_layout.hpp>
#include <acrx/snapshot/overlay_snapshotter.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <cerrno>
#include <map>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

namespace acrx::cli {
namespace detail {
/// What must stay: digests of blobs, and diff ids of layers.
struct kept_content
{
    std::set<std::string> blobs;
    std::set<std::string> layers;
};

/// One file of the cache.
struct cache_line
{
    std::filesystem::path file;
    time_point written{};
    std::string blob;
    std::string layer;
    std::uint64_t size = 0;  ///< of the blob
};

/// One `prune` of one state folder, which nobody else uses meanwhile.
class store_pruner
{
public:
    store_pruner(state_folder const& state, prune_options const& options, time_point now)
        : state_(state), options_(options), now_(now), store_(state.root())
    {}

    pruned run()
    {
        if (is_wanted("image"))
            remove_nameless();
        for (auto const& entry : store_.entries())
            keep_image(entry.content);
        choose_cache_entries();
        if (is_wanted("image") || is_wanted("layer"))
            remove_blobs();
        if (is_wanted("unpacked"))
            remove_others(state_.snapshots(), removed_.unpacked_layers);
        if (is_wanted("index"))
            remove_others(state_.indexes(), removed_.indexes);
        if (is_wanted("mount"))
            remove_unless_young(state_.caches(), removed_.cache_mounts);
        if (is_wanted("download"))
            remove_unless_young(state_.downloads(), removed_.downloads);
        if (is_wanted("context"))
            for (auto const& folder : names_in(state_.pieces()))
                remove_unless_young(folder, removed_.context_pieces);
        remove_abandoned();
        return removed_;
    }

private:
    bool is_wanted(std::string const& kind) const { return options_.only.empty() || options_.only.contains(kind); }

    bool is_young(std::filesystem::path const& path) const
    {
        return options_.older_than && now_ - time_of_writing(path) < *options_.older_than;
    }

    void remove(std::filesystem::path const& path, std::size_t& count)
    {
        removed_.bytes += bytes_below(path);
        remove_tree(path);
        ++count;
    }

    void remove_nameless()
    {
        for (auto const& entry : store_.entries()) {
            if (!entry.name.empty() || is_young(store_.blob_path(entry.content.digest)))
                continue;
            // A digest that also has a name keeps it.
            auto const entries = store_.entries();
            auto const is_named = std::any_of(entries.begin(), entries.end(), [&](layout_entry const& other) {
                return !other.name.empty() && other.content.digest == entry.content.digest;
            });
            if (!is_named && store_.untag(entry.content.digest.str()))
                ++removed_.manifests;
        }
    }

    void keep_image(descriptor const& blob)
    {
        if (!kept_.blobs.insert(blob.digest.str()).second || !store_.contains(blob.digest))
            return;
        auto const bytes = store_.read_blob(blob);
        auto const type = manifest_media_type(bytes, blob.media_type);
        if (media_type::is_index(type)) {
            for (auto const& entry : parse_index(bytes, type).manifests)
                keep_image(entry);
            return;
        }
        auto const image = parse_manifest(bytes, type);
        kept_.blobs.insert(image.config.digest.str());
        for (auto const& layer : image.layers)
            kept_.blobs.insert(layer.digest.str());
        if (store_.contains(image.config.digest) && image.artifact_type.empty())
            for (auto const& layer : parse_image_config(store_.read_blob(image.config)).diff_ids)
                kept_.layers.insert(layer.str());
    }

    std::vector<cache_line> read_cache()
    {
        std::vector<cache_line> lines;
        for (auto const& folder : names_in(state_.cache()))
            for (auto const& file : names_in(folder)) {
                if (is_abandoned(file.filename().string()))
                    continue;
                cache_line line;
                line.file = file;
                line.written = time_of_writing(file);
                try {
                    auto const text = read_file(file, 1U << 20);
                    auto const json = boost::json::parse(text);
                    line.blob = json.at("digest").as_string();
                    line.layer = json.at("diffId").as_string();
                    line.size = json.at("size").to_number<std::uint64_t>();
                    if (!store_.contains(digest::parse(line.blob)))
                        line.blob.clear();
                } catch (std::exception const&) {
                    line.blob.clear();  // damaged: worth nothing
                }
                lines.push_back(std::move(line));
            }
        auto const rank = ranks_of_use();
        auto const rank_of = [&](cache_line const& line) {
            auto const key = line.file.parent_path().filename().string() + line.file.filename().string();
            auto const found = rank.find(key);
            return found == rank.end() ? std::size_t{0} : found->second;
        };
        std::sort(lines.begin(), lines.end(), [&](auto const& a, auto const& b) {
            return std::pair(rank_of(a), a.written) > std::pair(rank_of(b), b.written);
        });
        return lines;
    }

    /// By the hexadecimal part of a key: the higher, the later it was used.
    std::map<std::string, std::size_t> ranks_of_use() const
    {
        std::map<std::string, std::size_t> ranks;
        for (auto const& event : compacted(cache_journal(state_.cache() / "journal").read()))
            ranks[std::string(event.key.encoded())] = ranks.size() + 1;
        return ranks;
    }

    /// What was used last comes first: each is kept, or goes.
    void choose_cache_entries()
    {
        std::uint64_t used = 0;
        auto const before = removed_.cache_entries;
        for (auto const& line : read_cache()) {
            bool const young = options_.older_than && now_ - line.written < *options_.older_than;
            bool const is_free = kept_.blobs.contains(line.blob);
            bool keep = !line.blob.empty() && (is_free || young || (!options_.all && !options_.older_than));
            if (!is_wanted("layer"))
                keep = true;
            else if (keep && !is_free && options_.keep_storage && !young)
                keep = used + line.size <= *options_.keep_storage;
            if (!keep) {
                remove(line.file, removed_.cache_entries);
                continue;
            }
            if (!is_free)
                used += line.size;
            kept_.blobs.insert(line.blob);
            kept_.layers.insert(line.layer);
        }
        if (removed_.cache_entries != before && cache_journal(state_.cache() / "journal").exists())
            write_journal();
    }

    /// The entries that are left, in the same order.
    void write_journal() const
    {
        cache_journal journal(state_.cache() / "journal");
        auto events = compacted(journal.read());
        std::erase_if(events, [&](cache_event const& event) {
            return !std::filesystem::exists(local_cache(state_.cache()).path_of(event.key));
        });
        journal.replace(events);
    }

    void remove_blobs()
    {
        for (auto const& algorithm : names_in(state_.root() / "blobs"))
            for (auto const& blob : names_in(algorithm)) {
                auto const id = algorithm.filename().string() + ":" + blob.filename().string();
                if (!kept_.blobs.contains(id) && !is_young(blob))
                    remove(blob, removed_.blobs);
            }
    }

    /// Removes what is named after a layer that need not stay.
    void remove_others(std::filesystem::path const& folder, std::size_t& count)
    {
        for (auto const& path : names_in(folder)) {
            auto const name = path.filename().string();
            bool const is_layer = name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
            if (is_layer && !kept_.layers.contains("sha256:" + name) && !is_young(path))
                remove(path, count);
        }
    }

    /// What only saves time. The time of a folder of RUN --mount=type=cache is that of its last use.
    void remove_unless_young(std::filesystem::path const& folder, std::size_t& count)
    {
        if (!options_.all && !options_.older_than)
            return;
        for (auto const& path : names_in(folder))
            if (!is_young(path))
                remove(path, count);
    }

    void remove_abandoned()
    {
        auto const before = bytes_below(state_.snapshots());
        overlay_snapshotter(state_.snapshots()).prune();
        auto const after = bytes_below(state_.snapshots());
        removed_.bytes += before - std::min(before, after);
        for (auto const& folder : {state_.temporary(), state_.runs(), state_.root(), state_.root() / "ingest",
                                   state_.indexes(), state_.stats(), state_.downloads(), state_.runs() / "runs"})
            for (auto const& path : names_in(folder))
                if (is_abandoned(path.filename().string()))
                    remove(path, removed_.abandoned);
        for (auto const& folder : names_in(state_.cache()))
            for (auto const& path : names_in(folder))
                if (is_abandoned(path.filename().string()))
                    remove(path, removed_.abandoned);
    }

    state_folder const& state_;
    prune_options const& options_;
    time_point now_;
    oci_layout store_;
    kept_content kept_;
    pruned removed_;
};
}  // namespace detail

ACRX_DECL pruned prune_store(state_folder const& state, prune_options const& options, time_point now)
{
    auto const alone = state_lock::try_alone(state.root());
    if (!alone)
        throw error(error_code(EBUSY, boost::system::system_category()), "pruning " + state.root().string()
                                                                             + ": builds are running",
                    "Try again when they have ended.");
    return detail::store_pruner(state, options, now).run();
}

ACRX_DECL std::string prune_text(pruned const& removed, output_format format)
{
    std::vector<std::pair<std::string, std::size_t>> const counts{{"manifests", removed.manifests},
                                                                  {"blobs", removed.blobs},
                                                                  {"cacheEntries", removed.cache_entries},
                                                                  {"cacheMounts", removed.cache_mounts},
                                                                  {"downloads", removed.downloads},
                                                                  {"contextPieces", removed.context_pieces},
                                                                  {"unpackedLayers", removed.unpacked_layers},
                                                                  {"indexes", removed.indexes},
                                                                  {"abandoned", removed.abandoned}};
    if (format == output_format::json) {
        boost::json::object json;
        for (auto const& [name, count] : counts)
            json[name] = count;
        json["bytes"] = removed.bytes;
        return pretty_json(json);
    }
    std::vector<std::vector<std::string>> lines;
    for (auto const& [name, count] : counts)
        if (count != 0)
            lines.push_back({name, std::to_string(count)});
    lines.push_back({"freed", to_size_text(removed.bytes)});
    return detail::text_table(lines);
}
}  // namespace acrx::cli
#endif
