// Bodies of context/local_directory.hpp.
#ifndef ACRX_CONTEXT_IMPL_LOCAL_DIRECTORY_IPP
#define ACRX_CONTEXT_IMPL_LOCAL_DIRECTORY_IPP
#include <acrx/context/local_directory.hpp>
#include <acrx/core/error.hpp>

#include <system_error>

namespace acrx {
ACRX_DECL net::awaitable<build_context> local_directory::fetch(std::filesystem::path const&)
{
    std::error_code failure;
    auto const root = std::filesystem::canonical(root_, failure);
    if (failure)
        throw error(error_code(failure.value(), boost::system::system_category()),
                    "opening the context \"" + root_.string() + "\"", "Name a folder that exists.");
    if (!std::filesystem::is_directory(root))
        throw error(errc::invalid_argument, "opening the context \"" + root_.string() + "\": it is not a folder",
                    "Name the folder that holds the Dockerfile and the files it copies.");
    co_return build_context{.root = root, .revision = {}, .has_ignore_file = true};
}
}  // namespace acrx
#endif
