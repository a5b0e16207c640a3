// Bodies of build/secret_values.hpp.
#ifndef ACRX_BUILD_IMPL_SECRET_VALUES_IPP
#define ACRX_BUILD_IMPL_SECRET_VALUES_IPP
#include <acrx/build/secret_values.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace acrx {
ACRX_DECL std::vector<std::string> secret_values(build_request const& request)
{
    constexpr std::size_t shortest = 3;  // shorter ones would take ordinary text with them
    constexpr std::size_t telling_line = 8;
    constexpr int most_lines = 100;  // a longer secret is a document
    std::vector<std::string> values;
    auto const add = [&](std::string_view value) {
        if (value.size() >= shortest)
            values.emplace_back(value);
    };
    for (auto const& name : request.secret_args)
        if (auto const given = request.build_args.find(name); given != request.build_args.end())
            add(given->second);
    for (auto const& [id, value] : request.secrets) {
        std::string_view rest = value;
        rest = rest.substr(0, rest.find_last_not_of("\r\n") + 1);
        add(rest);
        if (rest.find('\n') == rest.npos)
            continue;
        for (int lines = 0; !rest.empty() && lines < most_lines; ++lines) {
            auto const line = rest.substr(0, rest.find_first_of("\r\n"));
            if (line.size() >= telling_line)
                add(line);
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        }
    }
    return values;
}
}  // namespace acrx
#endif
