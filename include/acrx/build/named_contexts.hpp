// Finds what `--build-context` puts in place of a stage, a base image, or the origin of a copy.
#ifndef ACRX_BUILD_NAMED_CONTEXTS_HPP
#define ACRX_BUILD_NAMED_CONTEXTS_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/build/build_sources.hpp>
#include <acrx/build/make_plan.hpp>
#include <acrx/build/named_location.hpp>
#include <acrx/build/plan.hpp>
#include <acrx/build/state_folder.hpp>
#include <acrx/context/any_context.hpp>
#include <acrx/context/context_files.hpp>
#include <acrx/context/stat_index.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/io/scratch_folder.hpp>
#include <acrx/registry/oci_layout.hpp>
#include <acrx/registry/registry_client.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
/// The named contexts of one build. Each is opened when the Dockerfile first names it, those that it never names not at
/// all; what is fetched goes away with the object.
///
/// @tparam Registry  for contexts that are OCI artifacts
/// @par Thread safety  one strand
template<registry_client Registry>
class named_contexts
{
public:
    /// @param registry, store, request, fetching  must outlive this
    /// @param resolve  finds the images of `docker-image://`
    named_contexts(Registry& registry, oci_layout& store, state_folder state, build_request const& request,
                   context_options const& fetching, base_resolver resolve, net::any_io_executor pool)
        : registry_(registry), store_(store), state_(std::move(state)), request_(request), fetching_(fetching),
          resolve_(std::move(resolve)), pool_(std::move(pool)), fetched_(state_.temporary())
    {}

    /// What a word of the Dockerfile stands for; nothing if no context has that name.
    net::awaitable<found_context> find(std::string word, platform wanted);

    /// When the files of a context were made, as far as a fetched one tells.
    /// @param word  as in `find` @return nothing if no context has that name, or it has no time
    net::awaitable<std::optional<time_point>> time_of(std::string word, platform wanted);

    /// The files of the contexts that were found, by their names.
    std::map<std::string, context_files> take_files() { return std::move(files_); }
    /// Remembers the digests of what was read of folders of this machine.
    void save_stats() const
    {
        for (auto const& stats : stats_)
            stats->save();
    }

private:
    net::awaitable<found_context> import(std::string name, layout_location from, platform wanted);
    net::awaitable<void> open(std::string name, location where);
    net::awaitable<build_context> fetch(location where);
    net::awaitable<build_context> fetch_file(web_location where, std::filesystem::path into);

    Registry& registry_;
    oci_layout& store_;
    state_folder state_;
    build_request const& request_;
    context_options const& fetching_;
    base_resolver resolve_;
    net::any_io_executor pool_;
    scratch_folder fetched_;
    std::map<std::string, context_files> files_;
    std::map<std::string, std::optional<time_point>> times_;  ///< of the same contexts
    std::vector<std::shared_ptr<stat_index>> stats_;
};
}  // namespace acrx

#include <acrx/build/impl/named_contexts.hpp>
#endif
