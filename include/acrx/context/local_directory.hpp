// The context source for a folder of this machine.
#ifndef ACRX_CONTEXT_LOCAL_DIRECTORY_HPP
#define ACRX_CONTEXT_LOCAL_DIRECTORY_HPP

#include <acrx/context/context_source.hpp>
#include <acrx/core/config.hpp>

#include <filesystem>
#include <string_view>
#include <utility>

namespace acrx {
/// Uses a folder of this machine where it stands; copies nothing.
class local_directory
{
public:
    static constexpr std::string_view scheme = "dir";

    explicit local_directory(std::filesystem::path root) : root_(std::move(root)) {}
    /// @return the folder itself, absolute, with an empty revision
    /// @throws error if it is missing or no folder
    ACRX_DECL net::awaitable<build_context> fetch(std::filesystem::path const& into);

private:
    std::filesystem::path root_;
};
static_assert(context_source<local_directory>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/local_directory.ipp>
#endif
#endif
