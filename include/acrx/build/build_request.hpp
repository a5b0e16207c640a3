// What the caller of a build asks for, apart from the Dockerfile.
#ifndef ACRX_BUILD_BUILD_REQUEST_HPP
#define ACRX_BUILD_BUILD_REQUEST_HPP

#include <acrx/core/clock.hpp>
#include <acrx/executor/step_spec.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/snapshot/packed_layer.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>

namespace acrx {
/// The options of one build.
struct build_request
{
    std::map<std::string, std::string> build_args;
    std::set<std::string> secret_args;  ///< names in `build_args` whose values are shown nowhere
    std::string target;                 ///< stage name or number; empty is the last stage
    acrx::platform platform{.os = "linux", .architecture = "amd64", .variant = {}, .os_version = {}, .os_features = {}};
    acrx::platform build_platform = platform;  ///< of the machine that builds
    std::map<std::string, std::string> labels;  ///< win over those of the Dockerfile
    network_mode network = network_mode::host;  ///< of RUN steps that do not choose
    std::optional<time_point> source_date_epoch;  ///< the time of everything new in the image
    acrx::compression compression = acrx::compression::gzip;
    int compression_level = 1;
    image_family family = image_family::oci;
    bool shared_indexes = false;  ///< believe the layer indexes that the registry of a base offers
    bool complete_store = false;  ///< fetch base layers that nothing needed, so that the local image is whole
};
}  // namespace acrx
#endif
