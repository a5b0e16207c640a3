// Bodies of cli/image_name.hpp.
#ifndef ACRX_CLI_IMPL_IMAGE_NAME_IPP
#define ACRX_CLI_IMPL_IMAGE_NAME_IPP
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/image_name.hpp>
#include <acrx/core/ascii.hpp>

#include <algorithm>

namespace acrx::cli {
ACRX_DECL std::string registry_host(std::string_view given)
{
    auto host = ascii_lower(given);
    while (host.ends_with('/'))
        host.pop_back();
    if (host.empty() && given.empty())
        return host;
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789.-:[]";
    if (host.empty() || host.find_first_not_of(letters) != std::string::npos)
        throw usage_error("-r '" + std::string(given) + "' is not a registry host",
                          "Give a host such as registry.example.com or localhost:5000; folders go into -t.");
    if (host.find_first_of(".:") == std::string::npos && host != "localhost")
        host += ".azurecr.io";
    return host;
}

ACRX_DECL std::string fill_in_run_id(std::string_view name, std::string_view run_id)
{
    std::string filled;
    while (!name.empty()) {
        auto const open = name.find("{{");
        filled += name.substr(0, open);
        if (open == std::string_view::npos)
            break;
        auto const close = name.find("}}", open);
        auto inside = name.substr(open + 2, close == std::string_view::npos ? close : close - open - 2);
        auto const whole = inside;
        while (inside.starts_with(' ') || inside.starts_with('-'))
            inside.remove_prefix(1);
        while (inside.ends_with(' ') || inside.ends_with('-'))
            inside.remove_suffix(1);
        if (close == std::string_view::npos || (inside != ".Run.ID" && inside != ".Build.ID"))
            throw usage_error("-t: '{{" + std::string(whole) + "}}' is not known here",
                              "The template of an image name is {{.Run.ID}}.");
        filled += run_id;
        name.remove_prefix(close + 2);
    }
    return filled;
}

ACRX_DECL bool names_registry(std::string_view name)
{
    auto const slash = name.find('/');
    if (slash == std::string_view::npos)
        return false;
    auto const first = name.substr(0, slash);
    return first == "localhost" || first.find_first_of(".:") != std::string_view::npos;
}

ACRX_DECL image_names resolve_names(std::vector<std::string> const& given, std::string_view host)
{
    image_names names;
    for (auto const& name : given) {
        auto full = name;
        if (!host.empty() && !names_registry(name) && !name.starts_with("library/"))
            full = std::string(host) + "/" + name;
        reference parsed;
        try {
            parsed = parse_reference(full);
        } catch (error const& e) {
            throw usage_error("-t '" + name + "': " + e.text(), e.advice());
        }
        if (!parsed.digest.empty())
            throw usage_error("-t '" + name + "' names a digest", "The digest follows from the build: give a tag.");
        auto& list = names_registry(full) ? names.push_to : names.local_names;
        if (std::find(list.begin(), list.end(), parsed) == list.end())
            list.push_back(std::move(parsed));
    }
    return names;
}
}  // namespace acrx::cli
#endif
