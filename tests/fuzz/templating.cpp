// Reads a text as a template and renders it with small limits, twice: the same comes out, and never too much.
#include "target.hpp"

#include <acrx/templating/template.hpp>

#include <algorithm>
#include <optional>

using namespace acrx;
using fuzz::accepts;
using fuzz::ensure;

namespace {
templating::value data_of_the_run()
{
    using templating::value;
    return value::map_of({{"Run", value::map_of({{"ID", value("ca1")}, {"Registry", value("registry.example.com")}})},
                          {"Values", value::map_of({{"name", value("x")}, {"number", value(7)}})}});
}

templating::options small_options()
{
    templating::options use;
    use.limit.text = 64 << 10;
    use.limit.memory = 4 << 20;
    use.limit.steps = 50'000;
    use.limit.template_depth = 50;
    use.now = [] { return templating::moment{}; };
    use.random = [](std::span<std::byte> bytes) { std::ranges::fill(bytes, std::byte{7}); };
    return use;
}

std::optional<std::string> rendered(std::string_view text)
{
    std::optional<std::string> result;
    accepts([&] { result = templating::render(text, data_of_the_run(), small_options()); });
    return result;
}
}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const text = fuzz::text_of(data, size);
    auto const once = rendered(text);
    ensure(!once || once->size() <= small_options().limit.text, "no longer text than the limit");
    ensure(once == rendered(text), "rendering twice gives the same");
    if (text.find("{{") == text.npos)
        ensure(once == text, "a text without actions stays as it is");
    return 0;
}
