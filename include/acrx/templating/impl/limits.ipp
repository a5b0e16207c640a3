// Bodies of templating/limits.hpp.
#ifndef ACRX_TEMPLATING_IMPL_LIMITS_IPP
#define ACRX_TEMPLATING_IMPL_LIMITS_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/limits.hpp>

namespace acrx::templating {
ACRX_DECL void budget::make(std::size_t bytes)
{
    made_ += bytes;
    if (made_ > all_.memory)
        throw error(errc::invalid_argument, "the template makes more than " + std::to_string(all_.memory) + " bytes");
}

ACRX_DECL void budget::check_text(std::size_t bytes) const
{
    if (bytes > all_.text)
        throw error(errc::invalid_argument, "a text grows past the limit of " + std::to_string(all_.text) + " bytes");
}

ACRX_DECL void budget::look(std::size_t steps)
{
    steps_ += 4096 - until_look_ + steps;
    until_look_ = 4096;
    if (steps_ > all_.steps)
        throw error(errc::invalid_argument, "the template takes more than " + std::to_string(all_.steps) + " steps");
    if (std::chrono::steady_clock::now() > end_)
        throw error(errc::invalid_argument,
                    "the template takes longer than " + std::to_string(all_.time.count()) + " ms");
}
}  // namespace acrx::templating
#endif
