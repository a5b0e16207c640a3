// Bodies of build/parse_annotation.hpp.
#ifndef ACRX_BUILD_IMPL_PARSE_ANNOTATION_IPP
#define ACRX_BUILD_IMPL_PARSE_ANNOTATION_IPP
#include <acrx/build/option_values.hpp>
#include <acrx/build/parse_annotation.hpp>
#include <acrx/core/error.hpp>
#include <acrx/image/platform.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace acrx {
ACRX_DECL image_annotations::texts* annotations_at(image_annotations& all, std::string_view place)
{
    if (place.empty() || place == "manifest")
        return &all.manifest;
    if (place == "index")
        return &all.index;
    if (place == "manifest-descriptor")
        return &all.manifest_descriptor;
    if (place == "index-descriptor")
        return &all.index_descriptor;
    auto const bracket = place.find('[');
    if (bracket == place.npos || !place.ends_with(']'))
        return nullptr;
    auto const inside = place.substr(bracket + 1, place.size() - bracket - 2);
    place = place.substr(0, bracket);
    if (place.empty() || place == "manifest")
        return &all.manifest_of[to_string(parse_platform(inside))];
    if (place == "manifest-descriptor")
        return &all.manifest_descriptor_of[to_string(parse_platform(inside))];
    return nullptr;
}

ACRX_DECL void parse_annotation(std::string_view text, image_annotations& into)
{
    auto const refuse = [&](std::string_view why) {
        return option_error(fmt::format("--annotation '{}' {}", text, why),
                           "Write KEY=VALUE, or manifest:, manifest[linux/arm64]:, index:, manifest-descriptor: or "
                           "index-descriptor: before it.");
    };
    auto const equals = text.find('=');
    if (equals == std::string_view::npos)
        throw refuse("is not KEY=VALUE");
    auto key = text.substr(0, equals);
    std::string_view places;
    if (auto const colon = key.find(':'); colon != std::string_view::npos) {
        places = key.substr(0, colon);
        key.remove_prefix(colon + 1);
    }
    if (key.empty())
        throw refuse("has no key");
    do {
        auto const end = std::min(places.find(','), places.size());
        image_annotations::texts* texts = nullptr;
        try {
            texts = annotations_at(into, places.substr(0, end));
        } catch (error const& e) {
            throw refuse("names no platform: " + e.text());
        }
        if (texts == nullptr)
            throw refuse("names an unknown place");
        texts->insert_or_assign(std::string(key), std::string(text.substr(equals + 1)));
        places.remove_prefix(std::min(end + 1, places.size()));
    } while (!places.empty());
}
}  // namespace acrx
#endif
