// Bodies of build/solver.hpp: what ADD brings from the web and from repositories.
#ifndef ACRX_BUILD_IMPL_SOLVER_FETCH_HPP
#define ACRX_BUILD_IMPL_SOLVER_FETCH_HPP
#include <acrx/build/select_sources.hpp>
#include <acrx/build/solver.hpp>
#include <acrx/context/context_files.hpp>
#include <acrx/context/git_repository.hpp>
#include <acrx/context/location.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/io/scratch_folder.hpp>
#include <acrx/snapshot/extract_archive.hpp>

#include <boost/asio/this_coro.hpp>

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
/// A failure of the network as one of acrx, so that it gets the line of its instruction.
[[noreturn]] inline void throw_unavailable(error const& e)
{
    if (e.code().category() == acrx_category() || e.code() == condition::interrupted)
        throw;
    throw error(errc::unavailable, e.text(), e.advice());
}

inline selected_source to_selected(kept_download const& download, std::string const& name)
{
    selected_source source;
    source.name = name;
    auto& entry = source.top.item.entry;
    entry.path = name;
    entry.mode = 0600;
    entry.size = download.size;
    entry.mtime = download.modified.value_or(time_point{});
    entry.content = to_bytes(download.digest);
    source.top.item.file = download.file.string();
    return source;
}

/// Everything below the root of a folder but what is excluded.
inline std::vector<source_file> files_below(std::filesystem::path const& root, std::vector<std::string> const& excludes)
{
    context_files const files(root, {});
    std::array<std::string, 1> const all{"/"};
    auto found = select_sources(files, all, excludes);
    return found.empty() ? std::vector<source_file>() : std::move(found.front().below);
}
}  // namespace detail

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<placed_source> basic_solver<R, C, S, E>::find_remote(copy_operation const& step,
                                                                    remote_source const& source)
{
    placed_source placed;
    if (auto const* repository = std::get_if<git_location>(&source)) {
        auto find = find_commit(*repository);
        auto const commit = co_await commits_[redacted(*repository) + "\n" + repository->commit].get(std::move(find));
        placed.files.top.item.entry.type = entry_type::directory;
        placed.repository = *repository;
        placed.repository->commit = commit;
        co_return placed;
    }
    auto const& web = std::get<web_file>(source);
    auto get = download(web);
    auto const got = co_await downloads_[web.url + "\n" + web.checksum.str()].get(std::move(get));
    placed.files = detail::to_selected(got, web.name);
    placed.is_archive = step.unpack_downloads && is_archive(got.file);
    co_return placed;
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<kept_download> basic_solver<R, C, S, E>::download(web_file const& web)
{
    auto const doing = co_await net::this_coro::cancellation_state;
    work_line line(progress_, (*next_id_)++, "fetching " + redacted(web_location{web.url}), doing);
    url_request wanted{.url = web.url, .checksum = web.checksum};
    authorize(wanted, request_.secrets);
    try {
        auto got = co_await sources_.downloads.get(std::move(wanted));
        line.end(work_ended::outcome::done);
        co_return got;
    } catch (error const& e) {
        detail::throw_unavailable(e);
    }
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
git_repository basic_solver<R, C, S, E>::open_repository(git_location const& where) const
{
    auto options = sources_.git;
    authorize(options, where, request_.secrets);
    return git_repository(where, std::move(options));
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<std::string> basic_solver<R, C, S, E>::find_commit(git_location const& where)
{
    auto const doing = co_await net::this_coro::cancellation_state;
    work_line line(progress_, (*next_id_)++, "resolving " + redacted(where), doing);
    auto repository = open_repository(where);
    try {
        auto const commit = co_await repository.resolve();
        line.end(work_ended::outcome::done);
        co_return commit.id;
    } catch (error const& e) {
        detail::throw_unavailable(e);
    }
}

template<registry_client R, layer_cache C, snapshotter S, step_executor E>
net::awaitable<void> basic_solver<R, C, S, E>::check_out(copy_operation const& step,
                                                         std::vector<placed_source>& sources,
                                                         scratch_folder& scratch)
{
    int number = 0;
    for (auto& source : sources) {
        if (!source.repository)
            continue;
        auto repository = open_repository(*source.repository);
        auto const into = scratch.get() / ("repository" + std::to_string(number++));
        std::filesystem::path root;
        try {
            auto const context = co_await repository.fetch(into);
            root = context.root;
        } catch (error const& e) {
            detail::throw_unavailable(e);
        }
        auto list = [&](std::stop_token) { return detail::files_below(root, step.excludes); };
        source.files.below = co_await offload(parts_.pool, list);
    }
}
}  // namespace acrx
#endif
