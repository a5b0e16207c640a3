// A place in a text: line and column.
#ifndef ACRX_IO_SOURCE_PLACE_HPP
#define ACRX_IO_SOURCE_PLACE_HPP

#include <cstddef>

namespace acrx {
/// Both from 1; a line of 0 says that the place is not known.
struct source_place
{
    std::size_t line = 0;
    std::size_t column = 0;
    bool operator==(source_place const&) const = default;
};
}  // namespace acrx
#endif
