// Reads a text as an image reference and as a platform; both forms of what was read are read the same.
#include "target.hpp"

#include <acrx/image/platform.hpp>
#include <acrx/image/reference.hpp>

using namespace acrx;
using fuzz::accepts;
using fuzz::ensure;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const text = fuzz::text_of(data, size);
    reference name;
    if (accepts([&] { name = parse_reference(text); })) {
        ensure(parse_reference(to_string(name)) == name, "the normal form is the same reference");
        ensure(parse_reference(familiar(name)) == name, "the short form is the same reference");
        ensure(!name.domain.empty() && !name.path.empty() && !name.tag_or_digest().empty(), "no part is missing");
    }
    platform where;
    if (accepts([&] { where = parse_platform(text); })) {
        ensure(normalize(where) == where, "a platform that was read is normal");
        ensure(match_distance(where, where) == 0, "a platform serves itself");
    }
    return 0;
}
