// Bodies of build/solver.hpp: what RUN does when it is not cached.
#ifndef ACRX_BUILD_IMPL_SOLVER_RUN_HPP
#define ACRX_BUILD_IMPL_SOLVER_RUN_HPP
#include <acrx/build/detail/accounts.hpp>
#include <acrx/build/detail/history_text.hpp>
#include <acrx/build/detail/last_lines.hpp>
#include <acrx/build/detail/scratch_folder.hpp>
#include <acrx/build/redactor.hpp>
#include <acrx/build/solver.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/executor/run_step.hpp>
#include <acrx/io/files.hpp>

#include <utility>

namespace acrx {
namespace detail {
/// A prepared root that is thrown away unless it was committed.
template<snapshotter Snapshots>
class prepared_root
{
public:
    prepared_root(Snapshots& snapshots, root_filesystem root) : snapshots_(snapshots), root_(std::move(root)) {}
    prepared_root(prepared_root const&) = delete;
    prepared_root& operator=(prepared_root const&) = delete;
    ~prepared_root()
    {
        if (!committed_)
            snapshots_.discard(root_);
    }
    root_filesystem const& get() const noexcept { return root_; }
    void commit(digest const& diff_id)
    {
        snapshots_.commit(root_, diff_id);
        committed_ = true;
    }

private:
    Snapshots& snapshots_;
    root_filesystem root_;
    bool committed_ = false;
};
}  // namespace detail

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
std::vector<std::string> basic_solver<R, C, S, E>::secrets() const
{
    std::vector<std::string> values;
    for (auto const& name : request_.secret_args)
        values.push_back(request_.build_args.at(name));
    return values;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<step_spec> basic_solver<R, C, S, E>::to_spec(run_operation const& step, digest const& key,
                                                            root_view const& view,
                                                            std::filesystem::path const& scripts)
{
    auto const who = detail::find_account(view, step.user);
    step_spec spec;
    spec.args = step.args;
    spec.env = step.env;
    spec.env.insert(spec.env.end(), step.proxies.begin(), step.proxies.end());
    if (!find_env(spec.env, "HOME"))
        set_env(spec.env, "HOME", who.home);
    spec.working_dir = step.working_dir;
    spec.uid = who.uid;
    spec.gid = who.gid;
    spec.groups = who.groups;
    spec.network = step.network;
    for (auto const& script : step.scripts) {
        auto const file = scripts / std::string(key.encoded().substr(0, 12)) / script.name;
        std::filesystem::create_directories(file.parent_path());
        write_file(file, script.content, durability::cached, 0755);
        spec.binds.push_back({file, "/dev/pipes/" + script.name, true});
    }
    co_return spec;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_solver<R, C, S, E>::execute(step_spec const& spec, std::string const& key, work_line& line)
{
    redactor redact(secrets());
    detail::last_lines tail;
    auto const show = [&](std::string text) {
        if (text.empty())
            return;
        tail.add(text);
        line.output(std::move(text));
    };
    auto sink = [&](std::string_view bytes) { show(redact.feed(bytes)); };
    auto const state = co_await acrx::run_step(parts_.executor, spec, key, sink);
    show(redact.finish());
    co_await parts_.executor.forget(key);
    if (state.now == step_state::phase::exited && state.code == 0)
        co_return;
    auto command = redact.feed(detail::join(spec.args));
    command += redact.finish();
    if (state.timed_out)
        throw error(errc::timed_out, "process \"" + command + "\"");
    if (state.now != step_state::phase::exited)
        throw error(errc::step_failed, "process \"" + command + "\" was lost by its executor");
    throw error(errc::step_failed, "process \"" + command + "\" did not complete successfully: exit code: "
                                       + std::to_string(state.code) + tail.indented());
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<layer_ref> basic_solver<R, C, S, E>::run(run_operation const& step, digest key, std::string title,
                                                        std::vector<layer_ref> below)
{
    auto const number = (*next_id_)++;
    co_await unpack_all(below);
    auto const view = co_await layers_.view_of(below);
    work_line line(progress_, number, std::move(title));
    detail::scratch_folder scratch(state_.temporary());
    auto const scripts = step.scripts.empty() ? std::filesystem::path() : scratch.get();
    auto spec = co_await to_spec(step, key, view, scripts);
    auto prepared = parts_.snapshots.prepare(diff_ids_of(below));
    detail::prepared_root<S> root(parts_.snapshots, std::move(prepared));
    spec.root = root.get();
    auto const step_id = run_id_ + "/" + std::to_string(number) + "/1";
    co_await execute(spec, step_id, line);
    auto diff = [&](std::stop_token stop) { return parts_.snapshots.changes(root.get(), view, stop); };
    auto items = co_await offload(parts_.pool, diff);
    auto fresh = co_await pack(std::move(items));
    auto const diff_id = fresh.written.layer.diff_id;
    auto layer = co_await remember(std::move(key), std::move(fresh));
    root.commit(diff_id);
    line.end(work_ended::outcome::done);
    co_return layer;
}
}  // namespace acrx
#endif
