// Gets the bytes and the indexes of layers: from this machine if they are here, else from their registry.
#ifndef ACRX_BUILD_LAYER_STORE_HPP
#define ACRX_BUILD_LAYER_STORE_HPP

#include <acrx/build/layer_ref.hpp>
#include <acrx/build/progress.hpp>
#include <acrx/cache/layer_cache.hpp>
#include <acrx/core/async_once.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/error.hpp>
#include <acrx/registry/oci_layout.hpp>
#include <acrx/registry/registry_client.hpp>
#include <acrx/snapshot/layer_form.hpp>
#include <acrx/snapshot/layer_index.hpp>
#include <acrx/snapshot/root_view.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace acrx {
/// Fetches lazily: an index where only names and owners are asked for, a blob where bytes are. Each once.
///
/// @tparam Registry  where layers of base images come from
/// @par Thread safety  one strand
template<registry_client Registry>
class basic_layer_store
{
public:
    /// @param registry, store  must outlive this
    /// @param indexes          the folder that keeps indexes, by diff id
    /// @param pool             where blocking work runs
    basic_layer_store(Registry& registry, oci_layout& store, std::filesystem::path indexes, net::any_io_executor pool,
                      progress_sink progress, std::shared_ptr<unsigned> next_id);

    /// The index of a layer. Reads the blob if no index is kept; a blob that is not here is streamed and not stored.
    net::awaitable<std::shared_ptr<layer_index const>> index_of(layer_ref layer);
    /// How the layers of a stack are written: all of them as the first one.
    net::awaitable<layer_form> form_of(std::vector<layer_ref> layers);
    /// The view of a stack of layers, base first, with the paths that the image has.
    net::awaitable<root_view> view_of(std::vector<layer_ref> layers);
    /// Makes the blob of a layer lie in the store.
    net::awaitable<void> fetch(layer_ref layer);
    net::awaitable<void> fetch_all(std::vector<layer_ref> layers);
    /// Whether the index of a layer can be had without the network.
    bool knows(layer_ref const& layer) const;
    /// Whether the index of a layer is kept here.
    bool has_index(digest const& diff_id) const;
    /// Keeps the index of a layer that was just made.
    void keep_index(digest const& diff_id, layer_index index);

    /// Whether the layer of a cached step can be had, as far as is known: it is here, or its origin has not failed yet.
    bool can_have(cached_step const& step) const;
    /// Layers of cached steps that their origin did not give, or not as promised.
    std::set<digest> const& lost() const noexcept { return lost_; }
    /// Lets everything be tried again; nothing may be under way.
    void forget_failures();

    oci_layout& store() noexcept { return store_; }

private:
    net::awaitable<std::shared_ptr<layer_index const>> load_index(layer_ref layer);
    net::awaitable<std::shared_ptr<layer_index const>> scan_remote(layer_ref layer);
    net::awaitable<std::shared_ptr<layer_index const>> scan_origin(layer_ref layer);
    net::awaitable<bool> download(layer_ref layer);
    net::awaitable<void> download_from_origin(layer_ref layer);
    void note_failure(layer_ref const& layer, error_code const& why);
    net::awaitable<void> need_index(layer_ref layer);
    net::awaitable<std::shared_ptr<layer_index const>> files_of(layer_ref layer, layer_form form);
    std::filesystem::path index_path(digest const& diff_id) const { return indexes_ / diff_id.encoded(); }

    Registry& registry_;
    oci_layout& store_;
    std::filesystem::path indexes_;
    net::any_io_executor pool_;
    progress_sink progress_;
    std::shared_ptr<unsigned> next_id_;
    std::map<digest, async_once<std::shared_ptr<layer_index const>>> known_;
    std::map<digest, std::shared_ptr<layer_index const>> files_;  ///< of layers that are not plain
    std::map<digest, async_once<bool>> fetched_;
    std::set<digest> lost_;
};
}  // namespace acrx

#include <acrx/build/impl/layer_store.hpp>
#endif
