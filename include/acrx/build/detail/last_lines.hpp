// The end of a step's output, kept for the error that may follow.
#ifndef ACRX_BUILD_DETAIL_LAST_LINES_HPP
#define ACRX_BUILD_DETAIL_LAST_LINES_HPP

#include <string>
#include <string_view>

namespace acrx::detail {
/// Keeps the last lines of a text, at most 2 KiB.
class last_lines
{
public:
    void add(std::string_view bytes)
    {
        text_ += bytes;
        if (text_.size() > 2 * limit)
            text_.erase(0, text_.size() - limit);
    }
    /// The last lines, indented.
    std::string indented(int count = 10) const
    {
        std::string_view rest = text_;
        while (rest.ends_with('\n'))
            rest.remove_suffix(1);
        auto start = rest.size();
        for (; count > 0 && start != std::string_view::npos && start > 0; --count)
            start = rest.rfind('\n', start - 1);
        rest.remove_prefix(start == std::string_view::npos ? 0 : start + (rest.substr(start).starts_with('\n') ? 1 : 0));
        std::string lines;
        while (!rest.empty()) {
            auto const end = std::min(rest.find('\n'), rest.size());
            lines.append("\n    ").append(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        return lines;
    }

private:
    static constexpr std::size_t limit = 2048;
    std::string text_;
};
}  // namespace acrx::detail
#endif
