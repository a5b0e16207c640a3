// Carries out a plan: runs what is not cached, stage by stage, side by side.
#ifndef ACRX_BUILD_SOLVER_HPP
#define ACRX_BUILD_SOLVER_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/build/build_sources.hpp>
#include <acrx/build/detail/mount_holders.hpp>
#include <acrx/build/detail/mount_input.hpp>
#include <acrx/build/detail/shared_steps.hpp>
#include <acrx/build/finish_image.hpp>
#include <acrx/build/layer_ref.hpp>
#include <acrx/build/layer_store.hpp>
#include <acrx/build/layer_unpacker.hpp>
#include <acrx/build/place_files.hpp>
#include <acrx/build/plan.hpp>
#include <acrx/build/progress.hpp>
#include <acrx/build/stage_files.hpp>
#include <acrx/build/state_folder.hpp>
#include <acrx/build/step_lock.hpp>
#include <acrx/cache/key_policy.hpp>
#include <acrx/cache/layer_cache.hpp>
#include <acrx/context/context_files.hpp>
#include <acrx/context/download_cache.hpp>
#include <acrx/context/git_repository.hpp>
#include <acrx/core/async_once.hpp>
#include <acrx/executor/step_executor.hpp>
#include <acrx/io/scratch_file.hpp>
#include <acrx/io/scratch_folder.hpp>
#include <acrx/registry/oci_layout.hpp>
#include <acrx/registry/registry_client.hpp>
#include <acrx/snapshot/layer_reuse.hpp>
#include <acrx/snapshot/pack_layer.hpp>
#include <acrx/snapshot/snapshotter.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
/// The parts of this machine that a build uses; all must outlive the solver.
template<registry_client Registry, layer_cache Cache, snapshotter Snapshots, step_executor Executor>
struct build_parts
{
    basic_layer_store<Registry>& layers;
    Cache& cache;
    Snapshots& snapshots;
    Executor& executor;
    net::any_io_executor pool;  ///< where work runs that keeps a processor busy
    detail::shared_steps& steps;  ///< of all solvers of the build
};

/// Carries out one plan. A step's key is the digest of what it does and of what it lies on; a step whose key the cache
/// knows is not run, and of equal steps of one build only the first is.
/// Layers of a base image are fetched only when a step needs their files.
///
/// @par Thread safety  one strand; must stay in place while `solve` is awaited
template<registry_client Registry, layer_cache Cache, snapshotter Snapshots, step_executor Executor>
class basic_solver
{
public:
    using parts_type = build_parts<Registry, Cache, Snapshots, Executor>;

    /// @param run_id   begins the keys of the steps that are submitted
    /// @param next_id  numbers what is told to `progress`, across all that report there
    /// @param sources  the files of the build; must outlive the solver
    basic_solver(parts_type parts, state_folder state, std::string run_id, build_sources& sources,
                 build_plan const& plan, build_request const& request, progress_sink progress,
                 std::shared_ptr<unsigned> next_id);

    /// Builds the target stage and what it needs.
    /// @throws dockerfile::parse_error  with the line of the step that failed
    net::awaitable<stage_result> solve();
    /// The same with all layers above the base as one, which `squashed_items` makes; instructions keep their history.
    net::awaitable<stage_result> squash(stage_result built);
    /// The files of a stack of layers, all of them unpacked on this machine.
    net::awaitable<stage_files> files_of(std::vector<layer_ref> layers);

private:
    /// What a step that was run leaves.
    struct fresh_layer
    {
        written_layer written;
        scratch_file file;  ///< of its blob, until the store takes it
    };

    net::awaitable<stage_result> stage(std::size_t index);
    net::awaitable<stage_result> make_stage(std::size_t index);
    net::awaitable<void> need_stage(std::size_t index);
    net::awaitable<stage_result> start_of(stage_plan const& stage);
    net::awaitable<layer_ref> solve_step(acrx::step const& step, layer_stack const& below);
    net::awaitable<layer_ref> solve_located(acrx::step const& step, layer_stack const& below);
    std::shared_ptr<step_keys const> keys_of(step_facts facts, layer_stack const& below);
    digest context_digest();
    void trace(acrx::step const& step, layer_stack const& below, layer_ref const& layer) const;
    net::awaitable<layer_ref> find_or_run(digest key, net::awaitable<layer_ref> run, acrx::step const& step);
    net::awaitable<layer_ref> look_up(digest key, net::awaitable<layer_ref> run, acrx::step const& step);
    net::awaitable<std::optional<layer_ref>> find_cached(digest key, std::string title);
    net::awaitable<step_lock> lock_step(digest key, std::string title);
    net::awaitable<layer_ref> run_bounded(digest key, net::awaitable<layer_ref> run);
    net::awaitable<void> store_if_possible(digest key, cached_step step);
    net::awaitable<layer_ref> remember(digest key, fresh_layer layer);

    using mount_inputs = std::vector<detail::mount_input>;
    using mount_holders = detail::mount_holders<Snapshots>;
    net::awaitable<layer_ref> solve_run(run_operation const& what, acrx::step const& step, layer_stack const& below);
    net::awaitable<layer_ref> run(run_operation const& step, digest key, std::string title, layer_stack const& below,
                                  mount_inputs inputs);
    step_spec to_spec(run_operation const& step, root_view const& view) const;
    net::awaitable<void> add_devices(run_operation const& step, step_spec& spec);
    net::awaitable<void> execute(step_spec const& spec, std::string const& key, work_line& line);
    net::awaitable<void> execute_with(mount_holders& held, step_spec const& spec, std::string const& key,
                                      work_line& line);
    net::awaitable<mount_inputs> inputs_of(run_operation const& step);
    net::awaitable<detail::mount_input> input_of(run_mount const& mount);
    net::awaitable<void> add_mounts(run_operation const& step, mount_inputs const& inputs, mount_holders& held,
                                    step_spec& spec);
    net::awaitable<void> add_mount(run_mount const& mount, detail::mount_input const& input, mount_holders& held,
                                   step_spec& spec);
    net::awaitable<void> hold_caches(run_operation const& step, mount_inputs const& inputs, mount_holders& held);
    net::awaitable<held_cache> hold_cache(cache_folder const& cache, detail::mount_input const& input);
    net::awaitable<void> fill_cache(cache_folder const& cache, detail::mount_input const& input,
                                    std::filesystem::path const& folder);
    net::awaitable<step_mount> show_files(bound_files const& bind, std::string target, detail::mount_input const& input,
                                          mount_holders& held);
    void add_secret(secret_value const& secret, std::string const& target, step_spec& spec) const;
    net::awaitable<void> add_agent(agent_socket const& agent, std::string const& target, mount_holders& held,
                                   step_spec& spec);
    net::awaitable<layer_ref> make_folder(folder_operation const& step, digest key, std::string title,
                                          layer_stack const& below);
    net::awaitable<layer_ref> copy(copy_operation const& what, acrx::step const& step, layer_stack const& below);
    net::awaitable<layer_ref> place(copy_operation const& step, std::vector<placed_source> sources, digest key,
                                    std::string title, layer_stack const& below);
    net::awaitable<std::vector<placed_source>> select(copy_operation const& step);
    net::awaitable<std::vector<selected_source>> select_paths(copy_operation const& step,
                                                              std::vector<std::string> paths);
    net::awaitable<placed_source> find_remote(copy_operation const& step, remote_source const& source);
    net::awaitable<kept_download> download(web_file const& web);
    git_repository open_repository(git_location const& where) const;
    net::awaitable<std::string> find_commit(git_location const& where);
    net::awaitable<void> check_out(copy_operation const& step, std::vector<placed_source>& sources,
                                   scratch_folder& scratch);
    net::awaitable<stage_files> listed_files_of(std::vector<layer_ref> layers);
    net::awaitable<std::vector<selected_source>> select_from_layers(copy_operation const& step,
                                                                    std::vector<std::string> paths,
                                                                    std::vector<layer_ref> layers);
    context_files const& context_of(from_context const& origin) const;
    net::awaitable<std::vector<layer_ref>> layers_of(file_origin const& origin);
    net::awaitable<layer_ref> merge(std::vector<layer_ref> layers, std::size_t base, digest key, std::string title);
    net::awaitable<fresh_layer> pack(std::vector<layer_item> items, layer_stack const& below,
                                     std::optional<previous_layer> previous = {});
    time_point folder_time() const { return request_.source_date_epoch.value_or(time_point{}); }
    time_point now() const;

    parts_type parts_;
    state_folder state_;
    std::string run_id_;
    build_sources& sources_;
    build_plan const& plan_;
    build_request const& request_;
    progress_sink progress_;
    std::shared_ptr<unsigned> next_id_;
    basic_layer_store<Registry>& layers_;
    oci_layout& store_;
    std::map<std::size_t, async_once<stage_result>> stages_;
    std::map<digest, std::chrono::steady_clock::time_point> begun_;  ///< steps that were run, by key
    bool is_store_failure_told_ = false;
    std::optional<digest> context_digest_;
    time_point started_ = system_clock().now();
    basic_layer_unpacker<Registry, Snapshots> unpacker_;
    std::map<std::string, async_once<kept_download>> downloads_;  ///< by URL and checksum
    std::map<std::string, async_once<std::string>> commits_;      ///< by location
};
}  // namespace acrx

#include <acrx/build/impl/solver.hpp>
#endif
