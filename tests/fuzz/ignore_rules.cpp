// Matches a path, the last line of the input, against the lines before it, an ignore file.
#include "target.hpp"

#include <acrx/context/ignore_rules.hpp>

using namespace acrx;
using fuzz::accepts;
using fuzz::ensure;

namespace {
/// A path as walkers give it: no empty part, no dots.
std::string clean(std::string_view text)
{
    std::string path;
    while (!text.empty()) {
        auto const part = text.substr(0, text.find('/'));
        text.remove_prefix(std::min(part.size() + 1, text.size()));
        if (!part.empty() && part != "." && part != "..")
            path += (path.empty() ? "" : "/") + std::string(part);
    }
    return path;
}

/// Goes down to `path` as a walker does, which enters an excluded folder only if it has to.
void check_walk(ignore_rules const& rules, std::string const& path)
{
    ignore_verdict verdict;
    auto is_reached = true;
    for (std::size_t end = 0; end != path.npos;) {
        end = path.find('/', end == 0 ? 0 : end + 1);
        auto const part = path.substr(0, end);
        verdict = rules.match(part, verdict);
        if (end != path.npos && verdict.excluded && !rules.may_include_below(part, verdict))
            is_reached = false;
    }
    ensure(verdict.excluded == rules.excludes(path), "walking down and looking at once agree");
    ensure(is_reached || verdict.excluded, "a walker reaches whatever is included");
}
}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const text = fuzz::text_of(data, size);
    auto const last = text.rfind('\n');
    auto const path = clean(last == text.npos ? text : text.substr(last + 1));
    ignore_rules rules;
    auto const is_good = accepts([&] { rules = parse_ignore_rules(text.substr(0, last == text.npos ? 0 : last)); });
    if (is_good && !path.empty())
        check_walk(rules, path);
    return 0;
}
