// Bodies of build/read_dockerfile.hpp.
#ifndef ACRX_BUILD_IMPL_READ_DOCKERFILE_IPP
#define ACRX_BUILD_IMPL_READ_DOCKERFILE_IPP
#include <acrx/build/read_dockerfile.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/beneath.hpp>
#include <acrx/io/files.hpp>

#include <fcntl.h>

#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
inline std::optional<std::string> read_text_if_exists(std::filesystem::path const& place)
{
    auto const doing = "reading " + place.string();
    auto const advice = "Name a Dockerfile with -f, or write one there: a text in UTF-8.";
    if (std::error_code unknown; std::filesystem::is_directory(place, unknown))
        throw error(errc::invalid_argument, doing + ": it is a folder", advice);
    auto text = read_file_if_exists(place, std::uint64_t{16} << 20);
    if (text && text->find('\0') != std::string::npos)
        throw error(errc::syntax, doing + ": it is no text in UTF-8", advice);
    return text;
}
}  // namespace detail

ACRX_DECL dockerfile_text read_dockerfile(std::filesystem::path const& root, std::filesystem::path const& given)
{
    std::vector<std::filesystem::path> places{given};
    if (given.empty())
        places = {root / "Dockerfile", root / "dockerfile"};
    for (auto const& place : places)
        if (auto text = detail::read_text_if_exists(place))
            return {place, std::move(*text)};
    throw error(errc::not_found, "failed to read dockerfile: open " + places.front().string(),
                "Write a Dockerfile there, or name another one with -f.");
}

ACRX_DECL dockerfile_text read_dockerfile(build_context const& context, std::filesystem::path const& given)
{
    if (!context.is_fetched || given.is_absolute())
        return read_dockerfile(context.root, given);
    if (!context.dockerfile.empty())
        return read_dockerfile(context.root, context.dockerfile);
    std::vector<std::filesystem::path> names{given};
    if (given.empty())
        names = {"Dockerfile", "dockerfile"};
    beneath const root(context.root);
    for (auto const& name : names)
        if (auto const file = root.open_if_there(name, O_PATH, links::in_root)) {
            auto text = detail::read_text_if_exists("/proc/self/fd/" + std::to_string(file->get()));
            if (text)
                return {context.root / name, std::move(*text)};
        }
    throw error(errc::not_found, "failed to read dockerfile: open " + names.front().string(),
                "-f names another one, counted from the root of the context.");
}
}  // namespace acrx
#endif
