// One run of a task: starts steps when they may, tries them as often as they ask, and cleans up after them.
#ifndef ACRX_TASK_RUNNER_DETAIL_TASK_RUN_HPP
#define ACRX_TASK_RUNNER_DETAIL_TASK_RUN_HPP
#include <acrx/build/layer_store.hpp>
#include <acrx/build/layer_unpacker.hpp>
#include <acrx/build/plan.hpp>
#include <acrx/build/state_folder.hpp>
#include <acrx/snapshot/prepared_root.hpp>
#include <acrx/task/container_spec.hpp>
#include <acrx/task_runner/basic_task_runner.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>

#include <exception>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace acrx::detail {
/// The commit that a context is at; empty for revisions that are none, such as an artifact's digest.
inline std::string commit_of(std::string const& revision)
{
    return revision.find(':') == std::string::npos ? revision : std::string();
}

/// What a run works with; all must outlive it.
template<image_builder Builder, container_executor Executor, registry_client Registry, snapshotter Snapshots>
struct task_parts
{
    state_folder const& state;
    oci_layout& store;
    Builder& builder;
    Executor& executor;
    Registry& registry;
    Snapshots& snapshots;
    net::any_io_executor pool;
    task_sink const& log;
    std::function<time_point()> const& now;
};

/// For one strand; must stay in place while `run` is awaited, which is called once.
template<image_builder B, container_executor E, registry_client R, snapshotter S>
class task_run
{
public:
    /// @param id  tells this run from others at the executor: two runs may have one id for their tasks
    task_run(task_parts<B, E, R, S> parts, task_request const& request, prepared_task const& ready,
             shared_folders shared, std::string id);

    net::awaitable<task_result> run();

private:
    /// What one attempt printed, as far as it is needed afterwards.
    struct attempt
    {
        std::size_t step = 0;
        unsigned number = 0;
        std::string printed;  ///< collected only if a retry depends on it
    };

    net::awaitable<void> make_networks();
    void make_folders() const;
    net::awaitable<void> carry_out();
    void launch(std::size_t step, net::any_io_executor const& executor);
    void settle(std::size_t step, std::exception_ptr failure);
    net::awaitable<void> perform(std::size_t step);
    net::awaitable<void> repeat(std::size_t step);
    net::awaitable<void> try_often(std::size_t step);
    net::awaitable<void> try_once(attempt& now);
    net::awaitable<void> clean_up();

    // What the kinds of steps do: in task_containers.hpp and task_steps.hpp.
    struct container_image
    {
        finished_image image;
        image_config config;
    };
    net::awaitable<void> run_container(attempt& now);
    net::awaitable<void> build_image(attempt& now);
    void use_shared_cache(task_step const& step, build_request& request);
    net::awaitable<void> push_images(attempt& now);
    net::awaitable<void> push_patiently(std::string const& text);
    net::awaitable<container_image> find_image(task_step const& step, std::string name, std::string platform);
    net::awaitable<container_image> pull_image(std::string name, platform wanted);
    net::awaitable<std::string> give_to_engine(finished_image image);
    net::awaitable<bool> load_into_engine(finished_image image, std::string name);
    void tell_what_lacks(step_spec const& spec);
    net::awaitable<void> run_prepared(step_spec spec, bool detach, attempt& now);
    net::awaitable<void> follow(step_key key, std::size_t step);
    net::awaitable<void> check_start(step_key key);
    net::awaitable<void> start_detached(step_spec spec, step_key key, std::size_t step);
    net::awaitable<void> wait_for_end(step_spec const& spec, step_key key, attempt& now);
    net::awaitable<void> push_image(finished_build const& build, reference name);
    finished_build find_built(reference const& name) const;
    location context_of(task_step const& step, std::string const& written) const;
    std::filesystem::path place_of(task_step const& step, std::string const& path) const;
    void print(std::size_t step, std::string bytes);
    void note(std::string text, build_note::severity level = build_note::severity::information);

    task_step const& step_at(std::size_t step) const { return task_.steps[step]; }
    step_key key_of(attempt const& now) const;
    std::string hide(std::string const& text) const;

    task_parts<B, E, R, S> parts_;
    task_request const& request_;
    task_file const& task_;
    std::vector<std::string> const& hidden_;
    shared_folders shared_;
    std::string const id_;
    step_schedule schedule_;
    task_result result_;
    std::map<std::size_t, net::cancellation_signal> signals_;
    std::vector<std::pair<std::size_t, std::exception_ptr>> ended_;
    std::size_t following_ = 0;
    std::unique_ptr<net::steady_timer> changed_;
    std::shared_ptr<unsigned> next_id_ = std::make_shared<unsigned>(1);
    basic_layer_store<R> layers_;
    basic_layer_unpacker<R, S> unpacker_;
    std::map<std::string, finished_build> built_;  ///< by full name
    std::map<std::size_t, std::vector<image_dependencies>> dependencies_;  ///< of the last attempt of each build step
    std::map<std::string, async_once<container_image>> pulled_;
    std::map<std::string, async_once<bool>> loaded_;  ///< images of an engine that keeps its own, by their names there
    std::set<std::string> told_networks_;
    std::list<prepared_root<S>> kept_roots_;  ///< of detached containers
};
}  // namespace acrx::detail

#include <acrx/task_runner/impl/task_run.hpp>

#include <acrx/task_runner/impl/task_containers.hpp>
#include <acrx/task_runner/impl/task_steps.hpp>
#endif
