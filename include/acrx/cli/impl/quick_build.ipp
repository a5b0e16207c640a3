// Bodies of cli/quick_build.hpp: from options to a request.
#ifndef ACRX_CLI_IMPL_QUICK_BUILD_IPP
#define ACRX_CLI_IMPL_QUICK_BUILD_IPP
#include <acrx/build/named_location.hpp>
#include <acrx/build/secret_values.hpp>
#include <acrx/build/source_date_epoch.hpp>
#include <acrx/cli/detail/proxy_arguments.hpp>
#include <acrx/cli/detail/request_outputs.hpp>
#include <acrx/cli/detail/run_options.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/quick_build.hpp>
#include <acrx/context/any_context.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/image/platform.hpp>

#include <range/v3/range/conversion.hpp>
#include <range/v3/view/split.hpp>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace acrx::cli {
namespace detail {
inline platform build_platform_of(std::string const& given)
{
    auto const refuse = [&](std::string_view what) {
        return usage_error("--platform '" + given + "': " + std::string(what),
                           "Write linux/ARCH[/VARIANT], ARCH one of amd64, arm64, arm, 386, ppc64le, s390x, riscv64; "
                           "or windows/amd64.");
    };
    if (given.empty())
        throw refuse("a platform of the list is empty");
    platform wanted;
    try {
        wanted = parse_platform(ascii_lower(given));
    } catch (error const& e) {
        throw refuse(e.text());
    }
    constexpr std::array<std::string_view, 9> architectures{"amd64", "arm64",   "arm",   "386",    "ppc64le",
                                                            "s390x", "riscv64", "mips64le", "loong64"};
    if (wanted.os != "linux" && wanted.os != "windows")
        throw refuse("unknown operating system '" + wanted.os + "'");
    if (std::find(architectures.begin(), architectures.end(), wanted.architecture) == architectures.end())
        throw refuse("unknown architecture '" + wanted.architecture + "'");
    constexpr std::array<std::string_view, 8> variants{"", "v1", "v2", "v3", "v5", "v6", "v7", "v8"};
    if (std::find(variants.begin(), variants.end(), wanted.variant) == variants.end())
        throw refuse("unknown variant '" + wanted.variant + "'");
    return wanted;
}

/// `K=V`, or `K` with its value in the environment; nothing if it has none there.
inline std::optional<std::pair<std::string, std::string>> read_argument(std::string_view option, std::string_view given,
                                                                        environment const& variables)
{
    auto const equals = given.find('=');
    auto name = std::string(given.substr(0, equals));
    if (name.empty())
        throw usage_error(std::string(option) + " '" + std::string(given) + "' has no name", "Write NAME=VALUE or NAME.");
    if (equals != std::string_view::npos)
        return std::pair(std::move(name), std::string(given.substr(equals + 1)));
    auto value = variables(name);
    if (!value)
        return std::nullopt;
    return std::pair(std::move(name), std::move(*value));
}

inline void add_arguments(build_request& build, build_options const& options, environment const& variables)
{
    for (auto const& given : options.build_args) {
        auto argument = read_argument("--build-arg", given, variables);
        if (!argument)
            continue;
        build.secret_args.erase(argument->first);
        build.build_args.insert_or_assign(std::move(argument->first), std::move(argument->second));
    }
    for (auto const& given : options.secret_build_args) {
        if (given.starts_with('='))
            throw usage_error("--secret-build-arg has no name", "Write NAME=VALUE, or NAME for the environment's value.");
        auto argument = read_argument("--secret-build-arg", given, variables);
        if (!argument)
            continue;
        build.secret_args.insert(argument->first);
        build.build_args.insert_or_assign(std::move(argument->first), std::move(argument->second));
    }
    for (auto const& [name, value] : proxy_arguments(variables))
        if (build.build_args.try_emplace(name, value).second && value.find('@') != std::string::npos)
            build.secret_args.insert(name);  // it may hold a password
    for (auto const& given : options.labels) {
        auto const equals = given.find('=');
        if (equals == 0 || given.empty())
            throw usage_error("--label '" + given + "' has no name", "Write NAME=VALUE.");
        auto const value = equals == std::string::npos ? "" : given.substr(equals + 1);
        build.labels.insert_or_assign(given.substr(0, equals), value);
    }
}

/// Looks at what is on this machine; the rest shows when it is fetched.
inline void check_context(local_location const& context)
{
    std::error_code failed;
    auto const name = "'" + context.path.string() + "'";
    if (std::filesystem::is_directory(context.path, failed)) {
        if (::access(context.path.c_str(), R_OK | X_OK) != 0)
            throw_errno("reading the context " + name);
        return;
    }
    if (std::filesystem::is_regular_file(context.path, failed))
        return;
    if (std::filesystem::exists(context.path, failed))
        throw error(errc::invalid_argument, name + " is neither a folder nor an archive",
                    "CONTEXT is the folder with the files of the build.");
    throw error(errc::invalid_argument, "Unable to find " + name + ".", "CONTEXT is the folder with the files of the build.");
}

/// `NAME=LOCATION`, with a look at what is on this machine.
inline void add_contexts(build_request& build, build_options const& options)
{
    for (auto const& given : options.build_contexts) {
        auto const equals = given.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == given.size())
            throw usage_error("--build-context '" + given + "' is not NAME=LOCATION", "For example alpine=docker-image://alpine:3.20.");
        auto const name = given.substr(0, equals);
        auto const where = given.substr(equals + 1);
        try {
            auto const named = parse_named_location(where);
            if (auto const* files = std::get_if<location>(&named))
                if (auto const* local = std::get_if<local_location>(files))
                    check_context(*local);
            build.contexts.insert_or_assign(to_context_name(name), where);
        } catch (error const& e) {
            throw usage_error("--build-context " + name + ": " + e.text(),
                              e.text().starts_with("Unable to find")
                                  ? "The path after = counts from the current directory."
                                  : e.advice());
        }
    }
}

/// The variable is a build argument that nobody has to give.
inline void add_source_date_epoch(build_request& build, environment const& variables)
{
    if (auto const value = variables("SOURCE_DATE_EPOCH"); value && !value->empty())
        build.build_args.try_emplace("SOURCE_DATE_EPOCH", *value);
    auto const given = build.build_args.find("SOURCE_DATE_EPOCH");
    if (given != build.build_args.end() && !find_context_name(build.contexts, given->second, build.platform))
        try {
            build.source_date_epoch = parse_source_date_epoch(given->second);
        } catch (error const& e) {
            throw usage_error(e.text());
        }
}

/// The Dockerfile of a fetched context lies in it; that of a folder, or of no context at all, on this machine.
inline std::filesystem::path check_dockerfile(build_options const& options, location const& context)
{
    std::error_code failed;
    auto const* local = std::get_if<local_location>(&context);
    bool const is_folder = local != nullptr && std::filesystem::is_directory(local->path, failed);
    if (options.file_was_input)
        return options.file;
    if (!is_folder && !std::holds_alternative<empty_location>(context))
        return options.file.relative_path();
    if (!options.file.empty()) {
        if (!std::filesystem::exists(options.file, failed))
            throw error(errc::invalid_argument, "Unable to find '" + options.file.string() + "'.",
                        "The path after -f counts from the current directory.");
        return std::filesystem::absolute(options.file);
    }
    auto const root = std::filesystem::path(options.context);
    if (!is_folder
        || (!std::filesystem::exists(root / "Dockerfile", failed) && !std::filesystem::exists(root / "dockerfile", failed)))
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
    auto platforms = platforms_of(options);
    build.platform = platforms.front();
    if (platforms.size() > 1)
        request.platforms = std::move(platforms);
    build.shared_indexes = options.base_indexes;
    build.build_platform = host_platform();
    build.target = options.target;
    build.no_cache = options.no_cache;
    build.no_cache_stages = options.no_cache_stages;
    build.squash = options.squash;
    build.rights = options.rights;
    build.cache_from = options.cache_from;
    build.cache_to = options.cache_to;
    build.parallelism = options.parallelism;
    detail::add_arguments(build, options, variables);
    detail::add_contexts(build, options);
    detail::add_run_options(build, options, variables);
    detail::add_source_date_epoch(build, variables);
    detail::add_outputs(request, options, run_id);
    auto const context = find_location(options.context);
    if (auto const* local = std::get_if<local_location>(&context))
        detail::check_context(*local);
    else
        request.context_location = redacted(context);
    request.dockerfile = detail::check_dockerfile(options, context);
    return request;
}

ACRX_DECL platform platform_of(build_options const& options)
{
    auto const all = platforms_of(options);
    if (all.size() > 1)
        throw usage_error("--platform '" + options.platform + "': one platform only", "Only 'build' takes several.");
    return all.front();
}

ACRX_DECL void check_machine_platform(platform const& wanted)
{
    if (wanted.os != "linux")
        throw usage_error("--platform '" + to_string(wanted) + "': only 'build' on this machine makes images for Windows",
                          "What does the work here is a machine with Linux.");
}

ACRX_DECL platform machine_platform_of(build_options const& options)
{
    auto wanted = platform_of(options);
    check_machine_platform(wanted);
    return wanted;
}

ACRX_DECL std::vector<platform> platforms_of(build_options const& options)
{
    auto const text = options.platform.empty() ? std::string("linux/amd64") : options.platform;
    std::vector<platform> all;
    for (auto const& part : text | ranges::views::split(',')) {
        auto const one = detail::build_platform_of(part | ranges::to<std::string>());
        if (std::find(all.begin(), all.end(), one) == all.end())
            all.push_back(one);
    }
    return all;
}

ACRX_DECL std::vector<std::string> secrets_of(quick_request const& request)
{
    return secret_values(request.build);
}
}  // namespace acrx::cli
#endif
