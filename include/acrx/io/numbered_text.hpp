// A text whose lines know where in another text they come from.
#ifndef ACRX_IO_NUMBERED_TEXT_HPP
#define ACRX_IO_NUMBERED_TEXT_HPP

#include <acrx/io/source_place.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// A text that was made of a file line by line.
struct numbered_text
{
    std::string text;
    std::vector<std::size_t> lines;  ///< for each line of `text`, that of the file, from 1; empty: it is the file

    /// Where a place of this text is in the file; of the column only what the making of the text left of it.
    source_place in_file(source_place here) const
    {
        if (here.line == 0 || lines.empty())
            return here;
        return {lines[std::min(here.line, lines.size()) - 1], here.column};
    }
    void add_line(std::string_view line, std::size_t number)
    {
        text += line;
        text += '\n';
        lines.push_back(number);
    }
};
}  // namespace acrx
#endif
