// Bodies of templating/detail/function_groups.hpp: defaults and choices.
#ifndef ACRX_TEMPLATING_IMPL_DEFAULT_FUNCTIONS_IPP
#define ACRX_TEMPLATING_IMPL_DEFAULT_FUNCTIONS_IPP
#include <acrx/templating/detail/function_groups.hpp>

namespace acrx::templating::detail {
inline value first_full(call const& c)
{
    for (auto const& v : c.all())
        if (v.truth())
            return v;
    return {};
}

ACRX_DECL function_group default_functions()
{
    return {
        {"default", "aa*", [](call const& c) { return c.size() < 2 || !c[1].truth() ? c[0] : c[1]; }},
        {"empty", "a", [](call const& c) { return value(!c[0].truth()); }},
        {"coalesce", "a*", first_full},
        {"ternary", "aab", [](call const& c) { return c.boolean(2) ? c[0] : c[1]; }},
    };
}
}  // namespace acrx::templating::detail
#endif
