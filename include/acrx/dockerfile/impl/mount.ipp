// Bodies of dockerfile/mount.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_MOUNT_IPP
#define ACRX_DOCKERFILE_IMPL_MOUNT_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/dockerfile/detail/csv.hpp>
#include <acrx/dockerfile/detail/text.hpp>
#include <acrx/dockerfile/mount.hpp>
#include <acrx/dockerfile/parse_error.hpp>

namespace acrx::dockerfile {
namespace detail {
inline std::vector<std::string> mount_fields(std::string_view text)
try {
    return split_csv(text);
} catch (parse_error const& e) {
    throw parse_error(errc::invalid_instruction, {}, "failed to parse csv mounts: " + e.text());
}
}  // namespace detail

ACRX_DECL mount parse_mount(std::string const& text)
{
    mount result{text, {}};
    for (auto const& field : detail::mount_fields(text)) {
        auto const equals = field.find('=');
        auto& added = result.fields.emplace_back();
        added.name = ascii_lower(field.substr(0, equals));
        added.text = field;
        if (equals == std::string::npos)
            continue;
        added.value = field.substr(equals + 1);
        auto const dollar = added.value->find('$');
        if (added.name == "from" && dollar != std::string::npos && dollar + 1 < added.value->size())
            throw parse_error(errc::invalid_instruction, {},
                              "'from' doesn't support variable expansion, define alias stage instead",
                              "Name the image in a FROM line of its own, where variables may stand, and use that "
                              "stage.");
    }
    return result;
}
}  // namespace acrx::dockerfile
#endif
