// A folder that is removed at the end, and a small image to store in it.
#ifndef ACRX_TESTS_REGISTRY_LAYOUT_FIXTURE_HPP
#define ACRX_TESTS_REGISTRY_LAYOUT_FIXTURE_HPP
#include <acrx/image/image_config.hpp>
#include <acrx/image/manifest.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/registry/oci_layout.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace registry_tests {
struct scratch_folder
{
    scratch_folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "acrx-XXXXXX").string();
        path = ::mkdtemp(name.data());
    }
    scratch_folder(scratch_folder const&) = delete;
    scratch_folder& operator=(scratch_folder const&) = delete;
    ~scratch_folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    std::filesystem::path path;
};

inline std::string contents(std::filesystem::path const& file)
{
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline void write(std::filesystem::path const& file, std::string const& text)
{
    std::ofstream(file) << text;
}

/// The empty layer of the specification: 1024 zero bytes.
inline std::string empty_tar()
{
    return std::string(1024, '\0');
}

/// Stores an image of one layer. @param seed  makes images differ
inline acrx::descriptor store_image(acrx::oci_layout& layout, std::string const& seed)
{
    using namespace acrx;
    image_config config;
    config.platform = host_platform();
    config.config.labels["seed"] = seed;
    config.diff_ids.push_back(digest_of(empty_tar()));
    manifest m;
    m.config = layout.write_blob(to_json_text(config), media_type::oci_config);
    m.layers.push_back(layout.write_blob(empty_tar(), media_type::oci_layer));
    auto const document = to_document(m);
    return layout.write_blob(document.bytes, document.media_type);
}

/// Runs a coroutine to its end.
template<class T>
T run(boost::asio::awaitable<T> work)
{
    boost::asio::io_context context;
    auto result = boost::asio::co_spawn(context, std::move(work), boost::asio::use_future);
    context.run();
    return result.get();
}
}  // namespace registry_tests
#endif
