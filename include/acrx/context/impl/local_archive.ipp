// Bodies of context/local_archive.hpp.
#ifndef ACRX_CONTEXT_IMPL_LOCAL_ARCHIVE_IPP
#define ACRX_CONTEXT_IMPL_LOCAL_ARCHIVE_IPP
#include <acrx/context/detail/byte_bridge.hpp>
#include <acrx/context/detail/filled_folder.hpp>
#include <acrx/context/detail/unpack_context.hpp>
#include <acrx/context/local_archive.hpp>
#include <acrx/io/byte_source.hpp>

#include <functional>
#include <utility>

namespace acrx {
ACRX_DECL net::awaitable<build_context> local_archive::fetch(std::filesystem::path const& into)
{
    detail::filled_folder folder(into);
    build_context context;
    std::function<void(std::stop_token)> work = [&](std::stop_token stop) {
        context = detail::unpack_context(read_in_pieces(file_), file_.string(), folder.path(), limits_, std::move(stop));
    };
    co_await detail::in_thread(std::move(work));
    folder.keep();
    co_return context;
}
}  // namespace acrx
#endif
