// The layer caches that a build was told to use beside that of its machine.
#ifndef ACRX_BUILD_SHARED_CACHES_HPP
#define ACRX_BUILD_SHARED_CACHES_HPP

#include <acrx/build/progress.hpp>
#include <acrx/build/shared_cache.hpp>
#include <acrx/cache/borrowed_cache.hpp>
#include <acrx/cache/layer_cache.hpp>
#include <acrx/cache/recording_cache.hpp>
#include <acrx/cache/registry_cache.hpp>
#include <acrx/cache/tiered_cache.hpp>
#include <acrx/core/config.hpp>
#include <acrx/registry/oci_layout.hpp>
#include <acrx/registry/registry_client.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <filesystem>
#include <list>
#include <memory>
#include <optional>
#include <vector>

namespace acrx {
/// Finds in each of them, in the order given. What does not answer, or holds no cache, is told once and passed over.
/// @par Thread safety  one strand; must stay in place while an operation is awaited
template<registry_client Registry>
class basic_shared_caches
{
public:
    /// @param registry, store  must outlive this; layers found in a layout on this machine are copied to the store
    /// @param pool             where blocking work runs
    basic_shared_caches(Registry& registry, oci_layout& store, net::any_io_executor pool, progress_sink progress);

    /// Reads caches to find in. @throws error  only if it was cancelled
    net::awaitable<void> load(std::vector<shared_cache> from);

    net::awaitable<std::optional<cached_step>> find(digest key);
    /// Does nothing: a build saves when it has ended, and knows which steps its result is made of.
    net::awaitable<void> store(digest key, cached_step step);

    /// Saves the steps of a build. What goes wrong is told, and does not concern the build.
    ///
    /// @param lost  blobs that could not be had: entries with them are taken out
    /// @throws error  only if it was cancelled
    net::awaitable<void> save(shared_cache to, std::vector<cache_entry> steps, std::vector<digest> lost,
                              layer_file_source files, std::filesystem::path scratch);

private:
    using remote_cache = basic_registry_cache<Registry>;
    struct folder_cache
    {
        explicit folder_cache(shared_cache const& where) : layout(where.folder), cache(layout, where.name, remote_cache::usual_most, where.form) {}
        oci_layout layout;
        basic_registry_cache<oci_layout> cache;
    };
    struct source
    {
        std::unique_ptr<remote_cache> remote;  ///< else
        std::unique_ptr<folder_cache> folder;
    };

    net::awaitable<void> load_one(source& from, shared_cache where);
    net::awaitable<std::optional<cached_step>> find_in_folder(folder_cache& from, digest key);
    template<registry_client R>
    net::awaitable<void> convert(basic_registry_cache<R>& target, cache_entry& entry, layer_format format,
                                 layer_file_source const& files);
    template<registry_client R>
    net::awaitable<void> save_to(basic_registry_cache<R>& cache, shared_cache const& to, std::vector<cache_entry> steps,
                                 std::vector<digest> lost, layer_file_source files, std::filesystem::path scratch);
    void tell(build_note::severity level, std::string text) const;
    void tell_unused(shared_cache const& where, std::string const& why) const;

    Registry* registry_;
    oci_layout* store_;
    net::any_io_executor pool_;
    progress_sink progress_;
    std::list<source> sources_;
};

/// The cache of a build: that of the machine before those it was told of, and a record of all steps that were used.
template<registry_client Registry, layer_cache Cache>
using build_cache =
    basic_recording_cache<basic_tiered_cache<borrowed_cache<Cache>, basic_shared_caches<Registry>>>;
}  // namespace acrx

#include <acrx/build/impl/shared_caches.hpp>
#endif
