// Bodies of run/run_record.hpp.
#ifndef ACRX_RUN_IMPL_RUN_RECORD_IPP
#define ACRX_RUN_IMPL_RUN_RECORD_IPP
#include <acrx/run/run_record.hpp>

#include <array>
#include <cstddef>

namespace acrx {
ACRX_DECL std::string_view to_string(run_type type)
{
    constexpr std::array<std::string_view, 4> words = {"QuickBuild", "QuickRun", "AutoBuild", "AutoRun"};
    return words.at(static_cast<std::size_t>(type));
}
}  // namespace acrx
#endif
