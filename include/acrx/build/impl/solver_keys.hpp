// Bodies of build/solver.hpp: what steps are known by, and the trace of them.
#ifndef ACRX_BUILD_IMPL_SOLVER_KEYS_HPP
#define ACRX_BUILD_IMPL_SOLVER_KEYS_HPP
#include <acrx/build/cache_key.hpp>
#include <acrx/build/select_sources.hpp>
#include <acrx/build/solver.hpp>
#include <acrx/cache/key_policy.hpp>
#include <acrx/context/context_files.hpp>
#include <acrx/core/clock.hpp>

#include <array>
#include <charconv>
#include <chrono>
#include <string>
#include <utility>

namespace acrx {
namespace detail {
/// Numbers builds of one trace: by the digits of the run's id that make it unique.
inline std::uint64_t build_number(std::string const& run_id)
{
    return to_short_key(digest_of(run_id).encoded()) >> 12;
}
}  // namespace detail

/// Of all files of the main context; read once.
template<registry_client R, layer_cache C, snapshotter S, step_executor E>
digest basic_solver<R, C, S, E>::context_digest()
{
    if (context_digest_)
        return *context_digest_;
    std::array<std::string, 1> const all{"/"};
    auto found = select_sources(sources_.context, all, {});
    std::vector<source_file*> files;
    for (auto& source : found)
        for (auto& file : source.below)
            files.push_back(&file);
    sources_.context.hash(files, std::stop_token());
    std::vector<placed_source> placed;
    for (auto& source : found)
        placed.push_back({std::move(source)});
    context_digest_ = content_digest(placed);
    return *context_digest_;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
std::shared_ptr<step_keys const> basic_solver<R, C, S, E>::keys_of(step_facts facts, layer_stack const& below)
{
    auto const* parent = below.layers.empty() ? nullptr : below.layers.back().keys.get();
    facts.metadata = below.metadata.empty() ? digest() : digest_of(below.metadata);
    facts.context = [this] { return context_digest(); };
    facts.parent = parent != nullptr ? parent->lookup : below.chain;
    auto keys = std::make_shared<step_keys>();
    keys->lookup = key_of(parts_.cache, facts);
    if (!request_.trace)
        return keys;
    for (std::size_t i = 0; i < traced_keys.size(); ++i) {
        facts.parent = parent != nullptr ? parent->traced[i] : below.chain;
        keys->traced[i] = named_key(traced_keys[i]).key(facts);
    }
    return keys;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
void basic_solver<R, C, S, E>::trace(acrx::step const& step, layer_stack const& below, layer_ref const& layer) const
{
    if (!request_.trace || !layer.keys)
        return;
    traced_step line;
    line.time = std::chrono::floor<std::chrono::seconds>(started_.time_since_epoch()).count();
    line.build = detail::build_number(run_id_);
    line.kind = std::holds_alternative<run_operation>(step.what)    ? 'r'
                : std::holds_alternative<copy_operation>(step.what) ? 'c'
                                                                    : 'w';
    for (std::size_t i = 0; i < line.keys.size(); ++i)
        line.keys[i] = to_short_key(layer.keys->traced[i].encoded());
    if (!below.layers.empty() && below.layers.back().keys)
        line.parent = to_short_key(below.layers.back().keys->traced[0].encoded());
    line.bytes = layer.layer.blob.size;
    line.seconds = layer.seconds;
    request_.trace(line);
}
}  // namespace acrx
#endif
