// Reads the values of options that are words of their own.
#ifndef ACRX_CLI_DETAIL_OPTION_WORDS_HPP
#define ACRX_CLI_DETAIL_OPTION_WORDS_HPP

#include <acrx/build/parse_output.hpp>
#include <acrx/cli/build_options.hpp>
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
#include <vector>

namespace acrx::cli::detail {
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

/// `gzip`, `zstd:3`, `estargz`, `none`.
inline layer_format parse_compression(std::string_view text)
{
    auto const colon = text.find(':');
    using enum compression;
    auto layers = choose<layer_format>("--compression", text.substr(0, colon),
                                       {{"gzip", {gzip, 1, false, false}},
                                        {"zstd", {zstd, 3, false, false}},
                                        {"estargz", {gzip, 1, true, false}},
                                        {"none", {none, 1, false, false}}});
    if (colon == std::string_view::npos)
        return layers;
    if (layers.compression == none)
        throw usage_error("--compression: 'none' has no levels");
    bool const is_zstd = layers.compression == zstd;
    layers.level = parse_level("--compression: the level of " + std::string(text.substr(0, colon)),
                               text.substr(colon + 1), is_zstd ? 1 : 0, is_zstd ? 19 : 2);
    return layers;
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

/// @throws usage_error if another method was asked for already
inline void set_call(build_call method, build_options& o)
{
    if (o.call != build_call::build && o.call != method)
        throw usage_error("--check and --call, or two --call, ask for different things", "Give one of them.");
    o.call = method;
}

/// `METHOD[,format=json|text]`.
inline void read_call(std::string_view text, build_options& o)
{
    auto const comma = text.find(',');
    using enum build_call;
    set_call(choose<build_call>("--call", text.substr(0, comma),
                                {{"build", build}, {"check", check}, {"outline", outline}, {"targets", targets}}),
             o);
    if (comma == std::string_view::npos)
        return;
    auto const option = text.substr(comma + 1);
    if (!option.starts_with("format="))
        throw usage_error(fmt::format("--call: '{}' is not format=json or format=text", option));
    o.format = choose<output_format>("--call: format", option.substr(7),
                                     {{"json", output_format::json}, {"text", output_format::text}});
}

/// Names between commas.
inline void add_stages(std::string_view text, std::vector<std::string>& stages)
{
    while (true) {
        auto const name = text.substr(0, text.find(','));
        if (name.empty())
            throw usage_error("--no-cache-filter: a name is empty",
                              "Write STAGE or STAGE,STAGE; --no-cache means all of them.");
        stages.emplace_back(name);
        if (name.size() == text.size())
            return;
        text.remove_prefix(name.size() + 1);
    }
}
}  // namespace acrx::cli::detail
#endif
