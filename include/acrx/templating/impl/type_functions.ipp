// Bodies of templating/detail/function_groups.hpp: types, and semantic versions.
#ifndef ACRX_TEMPLATING_IMPL_TYPE_FUNCTIONS_IPP
#define ACRX_TEMPLATING_IMPL_TYPE_FUNCTIONS_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/conversions.hpp>
#include <acrx/templating/detail/function_groups.hpp>
#include <acrx/templating/version.hpp>

namespace acrx::templating::detail {
inline version checked_version(std::string const& text)
{
    auto v = parse_version(text);
    if (!v)
        throw error(errc::invalid_argument, "Invalid Semantic Version");
    return *std::move(v);
}

inline value matches_version(call const& c)
{
    auto const constraint = c.text(0);
    fulfils({}, constraint);  // a bad constraint is reported before a bad version
    return fulfils(checked_version(c.text(1)), constraint);
}

ACRX_DECL function_group type_functions()
{
    return {
        {"typeOf", "a", [](call const& c) { return value(c[0].type_name()); }},
        {"kindOf", "a", [](call const& c) { return value(c[0].kind_name()); }},
        {"typeIs", "sa", [](call const& c) { return value(c.text(0) == c[1].type_name()); }},
        {"typeIsLike", "sa",
         [](call const& c) {
             return value(c.text(0) == c[1].type_name() || '*' + c.text(0) == std::string(c[1].type_name()));
         }},
        {"kindIs", "sa", [](call const& c) { return value(c.text(0) == c[1].kind_name()); }},
        {"deepEqual", "aa", [](call const& c) { return value(deep_equal(c[0], c[1], c.left())); }},
        {"semver", "s", [](call const& c) { return value(checked_version(c.text(0))); }},
        {"semverCompare", "ss", matches_version},
    };
}
}  // namespace acrx::templating::detail
#endif
