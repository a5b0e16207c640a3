// The context source for what comes in on a descriptor: an archive, or a Dockerfile.
#ifndef ACRX_CONTEXT_STANDARD_INPUT_HPP
#define ACRX_CONTEXT_STANDARD_INPUT_HPP

#include <acrx/context/context_source.hpp>
#include <acrx/context/remote_tarball.hpp>
#include <acrx/core/config.hpp>

#include <filesystem>
#include <string_view>

namespace acrx {
/// Reads to the end of the input, so `fetch` brings something only once.
class standard_input
{
public:
    static constexpr std::string_view scheme = "-";

    /// @param descriptor  to read; it stays open
    explicit standard_input(int descriptor = 0, archive_limits limits = context_limits)
        : descriptor_(descriptor), limits_(limits)
    {}

    /// @throws error (`errc::damaged`) for what is neither, is cut short or passes a limit, (`errc::outside_root`) for
    ///         names that lead out
    ACRX_DECL net::awaitable<build_context> fetch(std::filesystem::path const& into);

private:
    int descriptor_;
    archive_limits limits_;
};
static_assert(context_source<standard_input>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/standard_input.ipp>
#endif
#endif
