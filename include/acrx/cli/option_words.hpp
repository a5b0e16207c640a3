// Reads values of options that both programs have.
#ifndef ACRX_CLI_OPTION_WORDS_HPP
#define ACRX_CLI_OPTION_WORDS_HPP

#include <acrx/cli/exit_status.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace acrx::cli {
/// Words, and what they stand for.
template<class T>
using choices = std::initializer_list<std::pair<std::string_view, T>>;

/// The value of a word. @throws usage_error listing the words
template<class T>
T choose(std::string_view option, std::string_view given, choices<T> words)
{
    std::string known;
    for (auto const& [word, value] : words) {
        if (word == given)
            return value;
        known += (known.empty() ? "" : ", ") + std::string(word);
    }
    throw usage_error(fmt::format("{}: '{}' is not one of {}", option, given, known));
}

/// @throws usage_error for what is no `HOST[:PORT]`
inline void check_host(std::string_view option, std::string_view host)
{
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]";
    if (host.empty() || host.find_first_not_of(letters) != std::string_view::npos)
        throw usage_error(fmt::format("{}: '{}' is not a registry host", option, host),
                          "Give a host such as registry.example.com or localhost:5000, without https://.");
}

/// @throws usage_error for a file without certificates
inline void check_authorities(std::filesystem::path const& file)
{
    constexpr std::uint64_t most = 16 << 20;
    if (!std::filesystem::is_regular_file(file))
        throw usage_error(fmt::format("--ca-file: '{}' is not a file", file.string()));
    try {
        if (read_file(file, most).find("-----BEGIN ") != std::string::npos)
            return;
    } catch (error const& e) {
        throw usage_error(fmt::format("--ca-file: {}", e.what()));
    }
    throw usage_error(fmt::format("--ca-file: '{}' holds no certificate", file.string()),
                      "Give the certificates of authorities as PEM: -----BEGIN CERTIFICATE-----.");
}

/// `REGISTRY=HOST`. @throws usage_error
inline std::pair<std::string, std::string> parse_mirror(std::string_view text)
{
    auto const equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size())
        throw usage_error(fmt::format("--registry-mirror: '{}' is not REGISTRY=HOST", text),
                          "For example docker.io=mirror.example.com.");
    check_host("--registry-mirror", text.substr(0, equals));
    check_host("--registry-mirror", text.substr(equals + 1));
    return {std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}
}  // namespace acrx::cli
#endif
