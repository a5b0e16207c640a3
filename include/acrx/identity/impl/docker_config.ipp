// Bodies of identity/docker_config.hpp.
#ifndef ACRX_IDENTITY_IMPL_DOCKER_CONFIG_IPP
#define ACRX_IDENTITY_IMPL_DOCKER_CONFIG_IPP
#include <acrx/core/error.hpp>
#include <acrx/identity/detail/auth_file.hpp>
#include <acrx/identity/detail/credential_helper.hpp>
#include <acrx/identity/docker_config.hpp>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

namespace acrx {
namespace detail {
inline std::string environment_value(char const* name)
{
    char const* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

/// The contents of a file; nothing if there is none.
inline std::optional<std::string> read_if_there(std::filesystem::path const& file)
{
    if (std::filesystem::is_directory(file))
        throw_errno(EISDIR, "reading " + file.string());
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in && (errno == ENOENT || errno == ENOTDIR))
        return std::nullopt;
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in)
        throw_errno(errno == 0 ? EIO : errno, "reading " + file.string());
    return bytes;
}
}  // namespace detail

ACRX_DECL std::vector<std::filesystem::path> user_auth_files()
{
    std::vector<std::filesystem::path> files;
    auto const add = [&files](char const* variable, std::filesystem::path const& below) {
        if (auto const folder = detail::environment_value(variable); !folder.empty())
            files.push_back(below.empty() ? std::filesystem::path(folder) : folder / below);
        return !files.empty();
    };
    add("REGISTRY_AUTH_FILE", {});
    if (detail::environment_value("DOCKER_CONFIG").empty())
        add("HOME", ".docker/config.json");
    else
        add("DOCKER_CONFIG", "config.json");
    add("XDG_RUNTIME_DIR", "containers/auth.json");
    add("HOME", ".config/containers/auth.json");
    return files;
}

ACRX_DECL net::awaitable<credential> docker_config::find(std::string host)
{
    for (auto const& file : files_) {
        auto const bytes = detail::read_if_there(file);
        if (!bytes)
            continue;
        auto const sources = detail::auth_file::parse(*bytes, file.string()).sources(host);
        for (auto const& source : sources) {
            if (auto const* stored = std::get_if<credential>(&source))
                co_return *stored;
            auto const& question = std::get<detail::helper_question>(source);
            auto found = co_await detail::ask_credential_helper(question.helper, question.server, helper_limit_);
            if (!found.is_anonymous())
                co_return found;
        }
    }
    co_return credential();
}
}  // namespace acrx
#endif
