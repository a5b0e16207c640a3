// Bodies of build/named_location.hpp.
#ifndef ACRX_BUILD_IMPL_NAMED_LOCATION_IPP
#define ACRX_BUILD_IMPL_NAMED_LOCATION_IPP
#include <acrx/build/named_location.hpp>
#include <acrx/context/any_context.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/image/reference.hpp>

#include <system_error>

namespace acrx {
namespace detail {
inline layout_location parse_layout(std::string_view text)
{
    layout_location layout;
    if (auto const at = text.rfind('@'); at != std::string_view::npos && text.find('/', at) == std::string_view::npos) {
        layout.digest = digest::parse(text.substr(at + 1));
        text = text.substr(0, at);
    }
    std::error_code unknown;
    auto const colon = text.rfind(':');
    bool const is_tag = colon != std::string_view::npos && text.find('/', colon) == std::string_view::npos
                        && !std::filesystem::exists(text, unknown);
    layout.folder = text.substr(0, is_tag ? colon : text.size());
    if (is_tag)
        layout.tag = text.substr(colon + 1);
    return layout;
}
}  // namespace detail

ACRX_DECL named_location parse_named_location(std::string_view text)
{
    auto const after = [&](std::string_view scheme) { return text.substr(scheme.size()); };
    if (text.starts_with("docker-image://")) {
        parse_reference(after("docker-image://"));
        return image_location{std::string(after("docker-image://"))};
    }
    if (text.starts_with("oci-layout://"))
        return detail::parse_layout(after("oci-layout://"));
    if (text.starts_with("target:"))
        throw error(errc::invalid_argument, "\"" + std::string(text) + "\" is a target of another build",
                    "Build it first, and name its image with docker-image:// or oci-layout://.");
    auto where = find_location(text);
    if (std::holds_alternative<input_location>(where))
        throw error(errc::invalid_argument, "standard input can be the main context only",
                    "Name a folder, docker-image://REF, oci-layout://FOLDER, or a URL.");
    return where;
}

ACRX_DECL std::string with_place(std::string const& text, place_lookup const& place)
{
    auto const named = parse_named_location(text);
    if (auto const* layout = std::get_if<layout_location>(&named)) {
        auto const tag = layout->tag.empty() ? std::string() : ":" + layout->tag;
        return "oci-layout://" + place(layout->folder.string()).string() + tag
               + (layout->digest.empty() ? std::string() : "@" + layout->digest.str());
    }
    auto const* files = std::get_if<location>(&named);
    auto const* local = files != nullptr ? std::get_if<local_location>(files) : nullptr;
    return local != nullptr ? place(local->path.string()).string() : text;
}

ACRX_DECL std::string to_context_name(std::string_view text)
{
    auto const mark = text.find("::");
    auto name = familiar(parse_reference(ascii_lower(text.substr(0, mark))));
    if (mark != std::string_view::npos)
        name += "::" + to_string(parse_platform(text.substr(mark + 2)));
    return name;
}

ACRX_DECL std::optional<std::string> find_context_name(std::map<std::string, std::string> const& contexts,
                                                       std::string_view word, platform const& wanted)
{
    if (contexts.empty() || word == "scratch" || word == "context")
        return std::nullopt;
    std::string name;
    try {
        name = to_context_name(word.substr(0, word.find("::")));
    } catch (error const&) {
        return std::nullopt;  // what is no name is found to be wrong where it is used
    }
    for (auto const& key : {name + "::" + to_string(wanted), name})
        if (contexts.contains(key))
            return key;
    return std::nullopt;
}
}  // namespace acrx
#endif
