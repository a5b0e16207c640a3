// Expands variables in a text. The first byte chooses the escape character, the second the form.
#include "target.hpp"

#include <acrx/dockerfile/expand.hpp>

#include <optional>

using namespace acrx;
using fuzz::accepts;
using fuzz::ensure;

namespace {
std::optional<std::string> value_of(std::string_view name)
{
    if (name == "EMPTY")
        return "";
    if (name == "A")
        return "value of a";
    if (name == "PATTERN")
        return "*/x?\\";
    return std::nullopt;
}
}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size < 2)
        return 0;
    auto const escape = data[0] % 2 == 0 ? '\\' : '`';
    auto const text = fuzz::text_of(data + 2, size - 2);
    if (data[1] % 2 == 1) {
        accepts([&] { dockerfile::expand_heredoc(text, value_of, escape); });
        return 0;
    }
    dockerfile::expansion result;
    auto const is_good = accepts([&] { result = dockerfile::expand_reporting(text, value_of, {escape}); });
    if (is_good) {
        ensure(dockerfile::expand(text, value_of, escape) == result.text, "both ways give one text");
        for (auto const& name : result.undefined)
            ensure(!value_of(name) && !result.used.contains(name), "what is undefined has no value");
    }
    if (text.find_first_of("$'\"\\`") == text.npos)
        ensure(is_good && result.text == text, "a text without signs stays as it is");
    if (text.find('\'') == text.npos)
        ensure(dockerfile::expand("'" + std::string(text) + "'", value_of, escape) == text,
               "a text in single quotes stays as it is");
    return 0;
}
