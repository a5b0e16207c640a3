// The layer cache that is an image in a registry: many machines share it.
#ifndef ACRX_CACHE_REGISTRY_CACHE_HPP
#define ACRX_CACHE_REGISTRY_CACHE_HPP

#include <acrx/cache/cache_image.hpp>
#include <acrx/cache/layer_cache.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/image/manifest.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/registry/registry_client.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace acrx {
/// Gives the file that holds the blob of a step; fetches it if need be.
/// @throws error if it cannot be had
using layer_file_source = std::function<net::awaitable<std::filesystem::path>(cached_step const& step)>;

/// What became of a cache that was saved.
struct saved_cache
{
    std::size_t entries = 0;   ///< in the image now
    std::size_t left_out = 0;  ///< whose blob could not be had
    bool is_changed = false;   ///< whether anything was pushed
};

/// Keeps the cache as one image in the format of `cache_config_type`. `load` costs one request, however many steps
/// there are, and a second one if they do not fit into a manifest; a step found names the repository as its origin, so
/// that its layer is fetched when its bytes are needed and mounted when they are not.
///
/// @tparam Registry  where the image is
/// @par Thread safety  one strand. Of builds that save at once the last one wins: a build that saves what another one
/// has saved since it was loaded keeps the entries of both, but for the moment between reading and writing.
template<registry_client Registry>
class basic_registry_cache
{
public:
    static constexpr std::size_t usual_most = 10'000;

    /// @param registry  must outlive this
    /// @param name      of the image
    /// @param most      entries that are kept, the newest first
    /// @param form      that the image is saved in; both are read
    basic_registry_cache(Registry& registry, reference name, std::size_t most = usual_most,
                         cache_form form = cache_form::manifest)
        : registry_(&registry), name_(std::move(name)), most_(most), form_(form)
    {}

    /// Reads the image. @return why it is of no use, and the cache empty; nothing if all is well
    /// @throws error  only if it was cancelled
    net::awaitable<std::string> load();

    /// What was stored here, else what was loaded.
    net::awaitable<std::optional<cached_step>> find(digest key);
    /// Collects the step for `save`. An entry with the same layer stays as it is.
    net::awaitable<void> store(digest key, cached_step step);
    /// Leaves out all steps with this blob: it cannot be had.
    void forget(digest const& blob);

    /// Pushes the steps that are new, with what was there before and was not replaced. Blobs that the registry has are
    /// not sent; what it has in another repository is mounted. Nothing happens if nothing is new.
    ///
    /// @param files    opens the blobs that must be sent
    /// @param scratch  a folder for a file of some megabytes
    /// @throws error   if the registry refuses; the image is then what it was
    net::awaitable<saved_cache> save(layer_file_source files, std::filesystem::path scratch);

    reference const& name() const noexcept { return name_; }
    /// Entries that were loaded.
    std::size_t size() const noexcept { return loaded_.size(); }

private:
    net::awaitable<void> read_image();
    net::awaitable<void> catch_up();
    net::awaitable<void> push_layers(layer_file_source files);
    net::awaitable<void> push_layer(cached_step step, layer_file_source files);
    net::awaitable<void> push_image(std::vector<cache_entry> const& entries, std::filesystem::path scratch);
    bool is_here(cached_step const& step) const;
    bool has_news() const;
    std::vector<cache_entry> merged() const;
    reference repository() const { return reference{name_.domain, name_.path, {}, {}}; }

    Registry* registry_;
    reference name_;
    std::size_t most_;
    cache_form form_;
    digest image_;  ///< that was read; empty if there is none
    cache_form found_form_ = cache_form::manifest;  ///< of that image
    std::vector<cache_entry> loaded_;
    std::unordered_map<digest, std::size_t> places_;  ///< in `loaded_`, by key
    std::vector<cache_entry> added_;
    std::unordered_map<digest, std::size_t> added_places_;
    std::set<digest> forgotten_;
};
}  // namespace acrx

#include <acrx/cache/impl/registry_cache.hpp>
#endif
