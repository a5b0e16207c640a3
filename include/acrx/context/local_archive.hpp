// The context source for an archive of this machine.
#ifndef ACRX_CONTEXT_LOCAL_ARCHIVE_HPP
#define ACRX_CONTEXT_LOCAL_ARCHIVE_HPP

#include <acrx/context/context_source.hpp>
#include <acrx/context/remote_tarball.hpp>
#include <acrx/core/config.hpp>

#include <filesystem>
#include <string_view>
#include <utility>

namespace acrx {
/// Unpacks a file, by its content: what `remote_tarball` takes, without the network.
class local_archive
{
public:
    static constexpr std::string_view scheme = "file";

    explicit local_archive(std::filesystem::path file, archive_limits limits = context_limits)
        : file_(std::move(file)), limits_(limits)
    {}

    /// @throws error if the file cannot be read, (`errc::damaged`) for what is no context or passes a limit,
    ///         (`errc::outside_root`) for names that lead out
    ACRX_DECL net::awaitable<build_context> fetch(std::filesystem::path const& into);

private:
    std::filesystem::path file_;
    archive_limits limits_;
};
static_assert(context_source<local_archive>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/local_archive.ipp>
#endif
#endif
