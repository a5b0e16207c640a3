// Bodies of build/solver.hpp: what the mounts of RUN bring into a step.
#ifndef ACRX_BUILD_IMPL_SOLVER_MOUNTS_HPP
#define ACRX_BUILD_IMPL_SOLVER_MOUNTS_HPP
#include <acrx/build/cache_key.hpp>
#include <acrx/build/detail/context_mount.hpp>
#include <acrx/build/detail/run_beside.hpp>
#include <acrx/build/root_export.hpp>
#include <acrx/build/solver.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/io/files.hpp>

#include <boost/asio/this_coro.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace acrx {
namespace detail {
/// Makes a folder that everybody may enter, whatever our umask.
inline void make_open_folder(std::filesystem::path const& folder, mode_t mode = 0755)
{
    std::filesystem::create_directories(folder);
    if (::chmod(folder.c_str(), mode) != 0)
        throw_errno("making the folder " + folder.string());
}

/// A pattern for one path: mounts know no wildcards.
inline std::string literal_pattern(std::string_view path)
{
    if (path.find_first_of("*?[") == std::string_view::npos)
        return std::string(path);
    std::string pattern;
    for (auto const c : path) {
        if (c == '*' || c == '?' || c == '[')
            pattern += {'[', c, ']'};
        else if (c == '\\')
            pattern += "\\\\";
        else
            pattern += c;
    }
    return pattern;
}

inline void write_scripts(std::vector<inline_file> const& scripts, std::filesystem::path const& folder)
{
    make_open_folder(folder);
    for (auto const& script : scripts)
        write_file(folder / script.name, script.content, durability::cached, 0755);
}
}  // namespace detail

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<typename basic_solver<R, C, S, E>::mount_inputs>
basic_solver<R, C, S, E>::inputs_of(run_operation const& step)
{
    mount_inputs inputs;
    for (auto const& mount : step.mounts) {
        auto input = co_await input_of(mount);
        inputs.push_back(std::move(input));
    }
    co_return inputs;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<detail::mount_input> basic_solver<R, C, S, E>::input_of(run_mount const& mount)
{
    detail::mount_input input;
    auto const source = detail::source_of(mount);
    if (source.origin == nullptr) {
        if (!source.path.empty() && source.path != "/")
            detail::the_only({}, source.path);
        co_return input;
    }
    if (source.path == "/" && std::holds_alternative<from_image>(*source.origin)) {
        auto const layers = co_await layers_of(*source.origin);
        input.content = chain_of(layers);
        co_return input;
    }
    copy_operation selection;
    selection.origin = *source.origin;
    selection.sources = {detail::literal_pattern(source.path)};
    auto selected = co_await select(selection);
    input.content = content_digest(selected);
    std::vector<selected_source> found;
    for (auto& one : selected)
        found.push_back(std::move(one.files));
    input.files = detail::the_only(std::move(found), source.path);
    co_return input;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_solver<R, C, S, E>::add_mounts(run_operation const& step, mount_inputs const& inputs,
                                                          mount_holders& held, step_spec& spec)
{
    co_await hold_caches(step, inputs, held);
    for (std::size_t i = 0; i < step.mounts.size(); ++i)
        co_await add_mount(step.mounts[i], inputs[i], held, spec);
    if (step.scripts.empty())
        co_return;
    auto const folder = held.fresh_folder();
    detail::write_scripts(step.scripts, folder);
    spec.mounts.push_back(bind_mount{folder, "/dev/pipes", true});
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_solver<R, C, S, E>::add_mount(run_mount const& mount, detail::mount_input const& input,
                                                         mount_holders& held, step_spec& spec)
{
    if (auto const* bind = std::get_if<bound_files>(&mount.what)) {
        auto shown = co_await show_files(*bind, mount.target, input, held);
        spec.mounts.push_back(std::move(shown));
    } else if (auto const* cache = std::get_if<cache_folder>(&mount.what)) {
        auto const& folder = held.caches.at(detail::identity_of(*cache, input.content)).folder();
        spec.mounts.push_back(bind_mount{folder, mount.target, cache->read_only});
    } else if (auto const* memory = std::get_if<memory_folder>(&mount.what)) {
        spec.mounts.push_back(tmpfs_mount{mount.target, memory->size, 01777, memory->read_only});
    } else if (auto const* secret = std::get_if<secret_value>(&mount.what)) {
        add_secret(*secret, mount.target, spec);
    } else {
        co_await add_agent(std::get<agent_socket>(mount.what), mount.target, held, spec);
    }
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<step_mount> basic_solver<R, C, S, E>::show_files(bound_files const& bind, std::string target,
                                                                detail::mount_input const& input, mount_holders& held)
{
    if (!bind.origin) {
        auto const empty = held.fresh_folder();
        detail::make_open_folder(empty);
        co_return bind_mount{empty, target, bind.read_only};
    }
    if (auto const* from = std::get_if<from_context>(&*bind.origin)) {
        auto const folder = held.fresh_folder();
        auto show = [&](std::stop_token stop) {
            return detail::mount_context(context_of(*from).root(), *input.files, target, bind.read_only, folder, stop);
        };
        auto shown = co_await offload(parts_.pool, show);
        co_return shown;
    }
    auto const layers = co_await layers_of(*bind.origin);
    co_await unpacker_.unpack(layers);
    auto prepared = parts_.snapshots.prepare(diff_ids_of(layers));
    auto const& root = held.roots.emplace_back(parts_.snapshots, std::move(prepared));
    overlay_mount shown{.stack = root.get(), .target = target, .read_only = bind.read_only};
    if (bind.read_only && !shown.stack.lower.empty()) {
        shown.stack.upper.clear();
        shown.stack.work.clear();
    }
    auto const form = co_await layers_.form_of(layers);
    shown.part = root_folder(form);
    if (input.files) {
        shown.part = detail::join_path(shown.part, input.files->top.item.entry.path);
        shown.is_file = input.files->top.item.entry.type != entry_type::directory;
    }
    co_return shown;
}

/// In the order of their identities: two steps that lock the same caches never wait for each other.
template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_solver<R, C, S, E>::hold_caches(run_operation const& step, mount_inputs const& inputs,
                                                           mount_holders& held)
{
    std::map<std::string, std::size_t> wanted;
    for (std::size_t i = 0; i < step.mounts.size(); ++i)
        if (auto const* cache = std::get_if<cache_folder>(&step.mounts[i].what))
            wanted.emplace(detail::identity_of(*cache, inputs[i].content), i);
    for (auto const& [identity, i] : wanted) {
        auto cache = co_await hold_cache(std::get<cache_folder>(step.mounts[i].what), inputs[i]);
        held.caches.emplace(identity, std::move(cache));
    }
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<held_cache> basic_solver<R, C, S, E>::hold_cache(cache_folder const& cache,
                                                                detail::mount_input const& input)
{
    mount_caches const caches(state_.caches());
    auto const identity = detail::identity_of(cache, input.content);
    for (;;) {
        auto held = co_await caches.hold(identity, cache.sharing);
        if (!held.is_new())
            co_return held;
        co_await fill_cache(cache, input, held.folder());
        held.seal();
    }
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_solver<R, C, S, E>::fill_cache(cache_folder const& cache, detail::mount_input const& input,
                                                          std::filesystem::path const& folder)
{
    layer_entry top;
    top.mode = cache.mode.value_or(0755);
    top.uid = cache.uid.value_or(0);
    top.gid = cache.gid.value_or(0);
    if (cache.origin) {
        if (!std::holds_alternative<from_context>(*cache.origin)) {
            auto layers = co_await layers_of(*cache.origin);
            co_await unpacker_.unpack(std::move(layers));
        }
        auto selected = input.files;
        if (!selected) {
            auto layers = co_await layers_of(*cache.origin);
            copy_operation all;
            all.origin = *cache.origin;
            all.sources = {"/"};
            auto found = co_await select_from_layers(all, all.sources, std::move(layers));
            selected = detail::the_only(std::move(found), "/");
        }
        if (selected->top.item.entry.type != entry_type::directory)
            throw error(errc::invalid_argument, "the source of a cache mount, \"" + cache.path + "\", is not a folder");
        if (cache.path != "/")
            top = selected->top.item.entry;
        auto const items = detail::to_items(selected->below);
        auto copy = [&](std::stop_token stop) { write_root_folder(items, folder, stop); };
        co_await offload(parts_.pool, copy);
    }
    detail::make_open_folder(folder, top.mode & 07777);
    if ((top.uid != 0 || top.gid != 0) && ::chown(folder.c_str(), top.uid, top.gid) != 0)
        throw_errno("giving the cache " + folder.string() + " its owner");
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
void basic_solver<R, C, S, E>::add_secret(secret_value const& secret, std::string const& target, step_spec& spec) const
{
    auto const given = request_.secrets.find(secret.id);
    if (given == request_.secrets.end()) {
        if (secret.required)
            throw error(errc::not_found, "secret " + secret.id,
                        "Pass it with --secret id=" + secret.id + ",src=FILE or ,env=NAME.");
        return;
    }
    if (!secret.variable.empty())
        set_env(spec.env, secret.variable, given->second);
    if (!target.empty())
        spec.mounts.push_back(memory_file{given->second, target, secret.mode, secret.uid, secret.gid});
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_solver<R, C, S, E>::add_agent(agent_socket const& agent, std::string const& target,
                                                         mount_holders& held, step_spec& spec)
{
    auto const given = request_.ssh_agents.find(agent.id);
    if (given == request_.ssh_agents.end()) {
        if (agent.required)
            throw error(errc::invalid_argument, "no SSH key \"" + agent.id + "\" forwarded from the client",
                        "Pass an agent with --ssh " + agent.id + ", or a key with --ssh " + agent.id + "=FILE.");
        co_return;
    }
    auto const folder = held.fresh_folder();
    detail::make_open_folder(folder, 0700);
    auto const host = co_await net::this_coro::executor;
    auto const& relay = held.relays.emplace_back(host, given->second, folder, agent);
    spec.mounts.push_back(bind_mount{relay.socket(), target, true});
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_solver<R, C, S, E>::execute_with(mount_holders& held, step_spec const& spec,
                                                            std::string const& key, work_line& line)
{
    if (held.relays.empty()) {
        co_await execute(spec, key, line);
        co_return;
    }
    std::vector<net::awaitable<void>> agents;
    for (auto& relay : held.relays)
        agents.push_back(relay.serve());
    auto work = execute(spec, key, line);
    co_await detail::run_beside(std::move(work), std::move(agents));
}
}  // namespace acrx
#endif
