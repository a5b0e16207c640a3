// Reads the values of options of builds that are words of their own.
#ifndef ACRX_CLI_DETAIL_BUILD_WORDS_HPP
#define ACRX_CLI_DETAIL_BUILD_WORDS_HPP

#include <acrx/build/parse_output.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/option_words.hpp>

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

namespace acrx::cli::detail {
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
