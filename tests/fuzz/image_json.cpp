// Reads a text as a manifest, an index and a config; what was read, written and read again, is the same.
#include "target.hpp"

#include <acrx/image/image_config.hpp>
#include <acrx/image/manifest.hpp>
#include <acrx/image/platform.hpp>

using namespace acrx;
using fuzz::accepts;
using fuzz::ensure;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const text = fuzz::text_of(data, size);
    accepts([&] {
        auto const written = to_document(parse_manifest(text));
        ensure(to_document(parse_manifest(written.bytes)).bytes == written.bytes, "a manifest survives");
    });
    accepts([&] {
        auto const index = parse_index(text);
        choose(index, parse_platform("linux/amd64"));
        auto const written = to_document(index);
        ensure(to_document(parse_index(written.bytes)).bytes == written.bytes, "an index survives");
    });
    accepts([&] {
        auto const written = to_json_text(parse_image_config(text));
        ensure(to_json_text(parse_image_config(written)) == written, "a config survives");
    });
    accepts([&] { manifest_media_type(text, "application/json"); });
    return 0;
}
