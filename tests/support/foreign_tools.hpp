// Shows images to the tools of others: what skopeo and umoci cannot read is no image.
#ifndef ACRX_TESTS_SUPPORT_FOREIGN_TOOLS_HPP
#define ACRX_TESTS_SUPPORT_FOREIGN_TOOLS_HPP

#include <support/scratch_folder.hpp>
#include <support/shell.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace acrx::testing {
/// Throws unless skopeo can inspect an image and copy it with all its blobs, and umoci can unpack it.
/// @param name  as skopeo writes it: `oci:FOLDER:TAG`, `docker://HOST/NAME:TAG`, `oci-archive:FILE`, `docker-archive:FILE`
inline void check_image(std::string const& name)
{
    scratch_folder const folder;
    auto const copy = (folder / "copy").string();
    auto const layout = (folder / "layout").string();
    must("skopeo inspect --tls-verify=false " + name);
    must("skopeo inspect --config --tls-verify=false " + name);
    must("skopeo copy --quiet --src-tls-verify=false " + name + " dir:" + copy);
    must("skopeo copy --quiet dir:" + copy + " oci:" + layout + ":it");
    // umoci 0.4 knows no zstd.
    if (must("cat " + copy + "/manifest.json").find("+zstd") == std::string::npos)
        must("umoci unpack --image " + layout + ":it " + (folder / "bundle").string());
}

namespace detail {
inline boost::json::value json_of(std::filesystem::path const& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return boost::json::parse(text.str());
}

/// Whether a manifest is that of one image, with all its blobs in the store. A base that nothing read stays away.
inline bool is_whole_image(std::filesystem::path const& blobs, boost::json::value const& manifest)
{
    auto const* config = manifest.as_object().if_contains("config");
    auto const is_there = [&](boost::json::value const& entry) {
        return std::filesystem::exists(blobs / std::string(entry.at("digest").as_string()).substr(7));
    };
    if (config == nullptr || manifest.as_object().contains("artifactType") || !is_there(*config))
        return false;
    for (auto const& layer : manifest.at("layers").as_array())
        if (!is_there(layer))
            return false;
    return true;
}
}  // namespace detail

/// Checks every image of a state folder that is whole; each once, however often it is called.
inline void check_store(std::filesystem::path const& home)
{
    static std::set<std::string> checked;
    auto const blobs = home / "blobs/sha256";
    auto const index = detail::json_of(home / "index.json");
    for (auto const& entry : index.at("manifests").as_array()) {
        auto const digest = std::string(entry.at("digest").as_string());
        if (checked.contains(digest) || !detail::is_whole_image(blobs, detail::json_of(blobs / digest.substr(7))))
            continue;
        // Tags of a layout are not unique, and skopeo finds none for manifests of Docker: so each is shown alone.
        scratch_folder const alone;
        auto nameless = entry.as_object();
        nameless.erase("annotations");
        alone.write("index.json", "{\"schemaVersion\":2,\"manifests\":[" + boost::json::serialize(nameless) + "]}");
        alone.write("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
        std::filesystem::create_directory_symlink(home / "blobs", alone.path() / "blobs");
        check_image("oci:" + alone.path().string());
        checked.insert(digest);
    }
}
}  // namespace acrx::testing
#endif
