// The context source without files: `/dev/null`.
#ifndef ACRX_CONTEXT_EMPTY_CONTEXT_HPP
#define ACRX_CONTEXT_EMPTY_CONTEXT_HPP

#include <acrx/context/context_source.hpp>
#include <acrx/core/config.hpp>

#include <filesystem>
#include <string_view>

namespace acrx {
/// Brings an empty folder.
class empty_context
{
public:
    static constexpr std::string_view scheme = "/dev/null";

    ACRX_DECL net::awaitable<build_context> fetch(std::filesystem::path const& into);
};
static_assert(context_source<empty_context>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/empty_context.ipp>
#endif
#endif
