// Bodies of context/empty_context.hpp.
#ifndef ACRX_CONTEXT_IMPL_EMPTY_CONTEXT_IPP
#define ACRX_CONTEXT_IMPL_EMPTY_CONTEXT_IPP
#include <acrx/context/detail/filled_folder.hpp>
#include <acrx/context/empty_context.hpp>

namespace acrx {
ACRX_DECL net::awaitable<build_context> empty_context::fetch(std::filesystem::path const& into)
{
    detail::filled_folder folder(into);
    auto const root = folder.path() / "files";
    std::filesystem::create_directory(root);
    folder.keep();
    co_return build_context{.root = root, .revision = {}, .has_ignore_file = false, .branch = {}, .dockerfile = {},
                            .is_fetched = true};
}
}  // namespace acrx
#endif
