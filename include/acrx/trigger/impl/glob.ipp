// Bodies of trigger/glob.hpp.
#ifndef ACRX_TRIGGER_IMPL_GLOB_IPP
#define ACRX_TRIGGER_IMPL_GLOB_IPP
#include <acrx/trigger/glob.hpp>

#include <algorithm>
#include <cstddef>

namespace acrx {
namespace detail {
/// The positions of a text at which the part of a pattern that was read so far can end.
class glob_ends
{
public:
    explicit glob_ends(std::string_view text) : text_(text), ends_(text.size() + 1, false) { ends_[0] = true; }

    bool whole() const { return ends_.back(); }

    /// One character that `fits`.
    template<class Fits>
    void read_one(Fits fits)
    {
        for (auto i = text_.size(); i > 0; --i)
            ends_[i] = ends_[i - 1] && fits(text_[i - 1]);
        ends_[0] = false;
    }

    /// Any number of characters that `fit`.
    template<class Fits>
    void read_run(Fits fits)
    {
        for (std::size_t i = 0; i < text_.size(); ++i)
            if (ends_[i] && fits(text_[i]))
                ends_[i + 1] = true;
    }

    /// Any number of whole folders.
    void read_folders()
    {
        bool open = false;
        for (std::size_t i = 0; i < text_.size(); ++i) {
            open = open || ends_[i];
            if (open && text_[i] == '/')
                ends_[i + 1] = true;
        }
    }

private:
    std::string_view text_;
    std::vector<bool> ends_;
};
}  // namespace detail

ACRX_DECL bool fits_glob(std::string_view pattern, std::string_view text)
{
    auto const is_any = [](char) { return true; };
    auto const is_name = [](char c) { return c != '/'; };
    detail::glob_ends ends(text);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        bool const starts_name = i == 0 || pattern[i - 1] == '/';
        if (starts_name && pattern.substr(i).starts_with("**/")) {
            ends.read_folders();
            i += 2;
        } else if (pattern.substr(i).starts_with("**")) {
            ends.read_run(is_any);
            i += 1;
        } else if (pattern[i] == '*') {
            ends.read_run(is_name);
        } else if (pattern[i] == '?') {
            ends.read_one(is_name);
        } else {
            ends.read_one([c = pattern[i]](char other) { return c == other; });
        }
    }
    if (pattern.ends_with('/'))
        ends.read_run(is_any);
    return ends.whole();
}

ACRX_DECL bool fits_globs(std::vector<std::string> const& patterns, std::string_view text)
{
    auto const shuts_out = [](std::string const& pattern) { return pattern.starts_with('!'); };
    bool taken = !patterns.empty() && std::ranges::all_of(patterns, shuts_out);
    for (std::string_view pattern : patterns) {
        bool const takes = !pattern.starts_with('!');
        if (fits_glob(takes ? pattern : pattern.substr(1), text))
            taken = takes;
    }
    return taken;
}
}  // namespace acrx
#endif
