// Bodies of cli/quick_build.hpp: from options to a request.
#ifndef ACRX_CLI_IMPL_QUICK_BUILD_IPP
#define ACRX_CLI_IMPL_QUICK_BUILD_IPP
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/image_name.hpp>
#include <acrx/cli/quick_build.hpp>
#include <acrx/image/platform.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace acrx::cli {
namespace detail {
inline std::string lower_case(std::string_view text)
{
    std::string lower(text);
    for (auto& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
}

inline platform build_platform_of(std::string const& given)
{
    auto const refuse = [&](std::string_view what) {
        return usage_error("--platform '" + given + "': " + std::string(what),
                           "Write linux/ARCH[/VARIANT], ARCH one of amd64, arm64, arm, 386, ppc64le, s390x, riscv64.");
    };
    platform wanted;
    try {
        wanted = parse_platform(given.empty() ? "linux/amd64" : lower_case(given));
    } catch (error const& e) {
        throw refuse(e.text());
    }
    constexpr std::array<std::string_view, 9> architectures{"amd64", "arm64",   "arm",   "386",    "ppc64le",
                                                            "s390x", "riscv64", "mips64le", "loong64"};
    if (wanted.os == "windows")
        throw refuse("images for Windows are not supported");
    if (wanted.os != "linux")
        throw refuse("unknown operating system '" + wanted.os + "'");
    if (std::find(architectures.begin(), architectures.end(), wanted.architecture) == architectures.end())
        throw refuse("unknown architecture '" + wanted.architecture + "'");
    constexpr std::array<std::string_view, 8> variants{"", "v1", "v2", "v3", "v5", "v6", "v7", "v8"};
    if (std::find(variants.begin(), variants.end(), wanted.variant) == variants.end())
        throw refuse("unknown variant '" + wanted.variant + "'");
    return wanted;
}

/// `K=V`, or `K` with its value in the environment, or nothing.
inline std::pair<std::string, std::string> read_argument(std::string_view option, std::string_view given,
                                                         environment const& variables)
{
    auto const equals = given.find('=');
    auto name = std::string(given.substr(0, equals));
    if (name.empty())
        throw usage_error(std::string(option) + " '" + std::string(given) + "' has no name", "Write NAME=VALUE or NAME.");
    if (equals == std::string_view::npos) {
        auto value = variables(name).value_or("");
        return {std::move(name), std::move(value)};
    }
    return {std::move(name), std::string(given.substr(equals + 1))};
}

inline void add_arguments(build_request& build, build_options const& options, environment const& variables)
{
    for (auto const& given : options.build_args) {
        auto [name, value] = read_argument("--build-arg", given, variables);
        build.secret_args.erase(name);
        build.build_args.insert_or_assign(std::move(name), std::move(value));
    }
    for (auto const& given : options.secret_build_args) {
        if (given.starts_with('='))
            throw usage_error("--secret-build-arg has no name", "Write NAME=VALUE, or NAME for the environment's value.");
        auto [name, value] = read_argument("--secret-build-arg", given, variables);
        build.secret_args.insert(name);
        build.build_args.insert_or_assign(std::move(name), std::move(value));
    }
    for (auto const& given : options.labels) {
        auto const equals = given.find('=');
        if (equals == 0)
            throw usage_error("--label '" + given + "' has no name", "Write NAME=VALUE.");
        auto const value = equals == std::string::npos ? "" : given.substr(equals + 1);
        build.labels.insert_or_assign(given.substr(0, equals), value);
    }
}

inline std::optional<time_point> source_date_epoch(build_request const& build, environment const& variables)
{
    auto const argument = build.build_args.find("SOURCE_DATE_EPOCH");
    auto const text = argument != build.build_args.end() ? argument->second : variables("SOURCE_DATE_EPOCH").value_or("");
    if (text.empty())
        return std::nullopt;
    std::int64_t seconds = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (failed != std::errc() || end != text.data() + text.size() || seconds < 0 || seconds > 9'000'000'000)
        throw usage_error("SOURCE_DATE_EPOCH '" + text + "' is not a number of seconds since 1970");
    return time_point(std::chrono::seconds(seconds));
}

/// What a location that is no folder of this machine is called; empty for a path.
inline std::string_view remote_kind(std::string_view location)
{
    auto const lower = lower_case(location);
    auto const begins = [&](auto... words) { return (lower.starts_with(words) || ...); };
    if (lower == "-")
        return "a context from standard input";
    if (begins("oci://"))
        return "a context from an OCI artifact";
    if (begins("git@", "git://", "ssh://", "github.com/"))
        return "a git context";
    if (begins("http://", "https://"))
        return lower.find(".git") != std::string::npos || lower.find("/_git/") != std::string::npos
                   ? "a git context"
                   : "a context from a web address";
    return {};
}

inline void check_context(build_options const& options)
{
    std::error_code failed;
    if (std::filesystem::is_directory(options.context, failed))
        return;
    if (auto const kind = remote_kind(options.context); !kind.empty())
        throw usage_error(std::string(kind) + " is not supported yet",
                          "Fetch the files and give their folder: acrx-quick build [OPTIONS] FOLDER");
    if (std::filesystem::exists(options.context, failed))
        throw error(errc::invalid_argument, "'" + options.context + "' is not a folder",
                    "CONTEXT is the folder with the files of the build.");
    throw error(errc::invalid_argument, "Unable to find '" + options.context + "'.",
                "CONTEXT is the folder with the files of the build.");
}

inline std::filesystem::path check_dockerfile(build_options const& options)
{
    std::error_code failed;
    if (!options.file.empty()) {
        if (!std::filesystem::exists(options.file, failed))
            throw error(errc::invalid_argument, "Unable to find '" + options.file.string() + "'.",
                        "The path after -f counts from the current directory.");
        return std::filesystem::absolute(options.file);
    }
    auto const root = std::filesystem::path(options.context);
    if (!std::filesystem::exists(root / "Dockerfile", failed) && !std::filesystem::exists(root / "dockerfile", failed))
        throw error(errc::invalid_argument, "Unable to find '" + (root / "Dockerfile").string() + "'.",
                    "Write a Dockerfile there, or name another one with -f.");
    return {};
}
}  // namespace detail

ACRX_DECL environment process_environment()
{
    return [](std::string const& name) -> std::optional<std::string> {
        if (char const* value = std::getenv(name.c_str()))
            return value;
        return std::nullopt;
    };
}

ACRX_DECL quick_request to_request(build_options const& options, std::string_view run_id, environment const& variables)
{
    quick_request request;
    auto& build = request.build;
    build.platform = platform_of(options);
    build.shared_indexes = options.base_indexes;
    build.build_platform = host_platform();
    build.target = options.target;
    build.network = options.network;
    build.compression = options.compression;
    build.compression_level = options.compression_level;
    build.family = options.family;
    if (build.family == image_family::docker && build.compression == compression::zstd)
        throw usage_error("--format docker has no zstd layers", "Use --format oci, or --compression gzip.");
    detail::add_arguments(build, options, variables);
    build.source_date_epoch = detail::source_date_epoch(build, variables);
    for (auto const& output : options.outputs)
        request.outputs.push_back({output.for_docker ? image_output::kind::docker : image_output::kind::oci, output.file});

    auto const host = registry_host(options.registry);
    std::vector<std::string> images;
    for (auto const& image : options.images)
        images.push_back(fill_in_run_id(image, run_id));
    auto names = resolve_names(images, host);
    request.push_to = std::move(names.push_to);
    request.local_names = std::move(names.local_names);
    if (options.no_push)
        request.local_names.insert(request.local_names.end(), std::move_iterator(request.push_to.begin()),
                                   std::move_iterator(request.push_to.end()));
    if (options.no_push)
        request.push_to.clear();
    build.complete_store = request.push_to.empty();
    detail::check_context(options);
    request.dockerfile = detail::check_dockerfile(options);
    return request;
}

ACRX_DECL platform platform_of(build_options const& options)
{
    return detail::build_platform_of(options.platform);
}

ACRX_DECL std::vector<std::string> secrets_of(quick_request const& request)
{
    std::vector<std::string> secrets;
    for (auto const& name : request.build.secret_args)
        if (auto const& value = request.build.build_args.at(name); !value.empty())
            secrets.push_back(value);
    return secrets;
}
}  // namespace acrx::cli
#endif
