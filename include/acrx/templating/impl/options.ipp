// Bodies of templating/options.hpp, and what calls read from options.
#ifndef ACRX_TEMPLATING_IMPL_OPTIONS_IPP
#define ACRX_TEMPLATING_IMPL_OPTIONS_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/options.hpp>

#include <openssl/rand.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace acrx::templating {
ACRX_DECL moment call::now() const
{
    if (use_->now)
        return use_->now();
    auto const since = std::chrono::system_clock::now().time_since_epoch();
    auto const seconds = std::chrono::floor<std::chrono::seconds>(since);
    moment time;
    time.seconds = seconds.count();
    time.nanoseconds = static_cast<std::int32_t>(std::chrono::nanoseconds(since - seconds).count());
    return time;
}

ACRX_DECL void call::random(std::span<std::byte> bytes) const
{
    if (use_->random)
        return use_->random(bytes);
    if (::RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())) != 1)
        throw error(errc::unavailable, "drawing random bytes");
}

ACRX_DECL options task_options(std::string name)
{
    options all;
    all.name = std::move(name);
    all.on_missing_key = missing_key::zero;
    all.remove_no_value = true;
    return all;
}
}  // namespace acrx::templating
#endif
