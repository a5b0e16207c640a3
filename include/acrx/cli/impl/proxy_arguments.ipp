// Body of cli/detail/proxy_arguments.hpp.
#ifndef ACRX_CLI_IMPL_PROXY_ARGUMENTS_IPP
#define ACRX_CLI_IMPL_PROXY_ARGUMENTS_IPP
#include <acrx/cli/detail/proxy_arguments.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace acrx::cli::detail {
/// Nothing if there is none, or if it is another user's: whoever became somebody else by sudo may still have the old home.
inline std::optional<std::string> read_own_configuration(std::filesystem::path const& file)
{
    constexpr std::uint64_t most = std::uint64_t{16} << 20;
    try {
        return read_file_if_exists(file, most);
    } catch (error const& e) {
        if (e.code() != boost::system::errc::permission_denied)
            throw;
    }
    return std::nullopt;
}

ACRX_DECL std::map<std::string, std::string> proxy_arguments(environment const& variables)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> names{{{"httpProxy", "HTTP_PROXY"},
                                                                                  {"httpsProxy", "HTTPS_PROXY"},
                                                                                  {"noProxy", "NO_PROXY"},
                                                                                  {"ftpProxy", "FTP_PROXY"},
                                                                                  {"allProxy", "ALL_PROXY"}}};
    auto const folder = variables("DOCKER_CONFIG").value_or("");
    auto const home = variables("HOME").value_or("");
    if (folder.empty() && home.empty())
        return {};
    auto const file = folder.empty() ? std::filesystem::path(home) / ".docker/config.json"
                                     : std::filesystem::path(folder) / "config.json";
    auto const bytes = read_own_configuration(file);
    if (!bytes)
        return {};
    try {
        auto const document = boost::json::parse(*bytes);
        auto const* const proxies = document.as_object().if_contains("proxies");
        auto const* const usual = proxies != nullptr ? proxies->as_object().if_contains("default") : nullptr;
        std::map<std::string, std::string> arguments;
        for (auto const& [member, name] : names) {
            auto const* const value = usual != nullptr ? usual->as_object().if_contains(member) : nullptr;
            if (value == nullptr || value->as_string().empty())
                continue;
            arguments.emplace(name, value->as_string());
            arguments.emplace(ascii_lower(name), value->as_string());
        }
        return arguments;
    } catch (std::exception const&) {  // whose text tells places in libraries
        throw error(errc::damaged, "reading the proxies of " + file.string() + ": it is no configuration of Docker",
                    "Mend the file, or remove it.");
    }
}
}  // namespace acrx::cli::detail
#endif
