// What `--build-context NAME=LOCATION` says: the name as it is compared, and where the files or the image are.
#ifndef ACRX_BUILD_NAMED_LOCATION_HPP
#define ACRX_BUILD_NAMED_LOCATION_HPP

#include <acrx/context/location.hpp>
#include <acrx/build/option_values.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/image/platform.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace acrx {
/// `docker-image://REF`: an image of a registry, or of the local store.
struct image_location
{
    std::string reference;
};

/// `oci-layout://FOLDER[:TAG][@DIGEST]`: an image of a layout on this machine.
struct layout_location
{
    std::filesystem::path folder;
    std::string tag;      ///< empty for `latest`, or the only image there is
    acrx::digest digest;  ///< wins over the tag; may be empty
};

using named_location = std::variant<image_location, layout_location, location>;

/// @throws error (`errc::invalid_argument`) for what names no files and no image
ACRX_DECL named_location parse_named_location(std::string_view text);

/// The same location with its path on this machine, if it has one, as `place` gives it.
ACRX_DECL std::string with_place(std::string const& text, place_lookup const& place);

/// The name that stands for all spellings of an image name: `alpine` also for `docker.io/library/alpine:latest`.
/// `::os/arch` at the end stays, and limits a context to one platform.
/// @throws error (`errc::syntax`) for what could be no name of an image
ACRX_DECL std::string to_context_name(std::string_view text);

/// Which of the contexts a word of a Dockerfile means; nothing if it means none. `scratch` never does.
/// @param contexts  locations by `to_context_name`
ACRX_DECL std::optional<std::string> find_context_name(std::map<std::string, std::string> const& contexts,
                                                       std::string_view word, platform const& wanted);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/named_location.ipp>
#endif
#endif
