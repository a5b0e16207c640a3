// Bodies of templating/function.hpp: the table of functions.
#ifndef ACRX_TEMPLATING_IMPL_FUNCTION_IPP
#define ACRX_TEMPLATING_IMPL_FUNCTION_IPP
#include <acrx/templating/detail/function_groups.hpp>
#include <acrx/templating/function.hpp>
#include <acrx/templating/options.hpp>

#include <unordered_map>
#include <utility>

namespace acrx::templating {
ACRX_DECL function const* find_function(std::string_view name)
{
    static auto const all = [] {
        std::unordered_map<std::string_view, function> table;
        for (auto const group :
             {detail::builtin_functions, detail::string_functions, detail::case_functions, detail::number_functions,
              detail::list_functions, detail::dict_functions, detail::default_functions, detail::encoding_functions,
              detail::date_functions, detail::regex_functions, detail::type_functions, detail::path_functions,
              detail::url_functions, detail::random_functions})
            for (auto& f : group())
                table.emplace(f.name, std::move(f));
        return table;
    }();
    auto const found = all.find(name);
    return found == all.end() ? nullptr : &found->second;
}

ACRX_DECL std::string why_refused(std::string_view name)
{
    if (name == "env" || name == "expandenv")
        return "acrx refuses " + std::string(name) + ": it would show the environment of the builder to a template; "
               "pass what it needs as a value.";
    if (name == "getHostByName")
        return "acrx refuses getHostByName: templates do not reach the network; pass the address as a value.";
    return {};
}
}  // namespace acrx::templating
#endif
