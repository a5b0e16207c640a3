// Bodies of trigger/delivery_log.hpp.
#ifndef ACRX_TRIGGER_IMPL_DELIVERY_LOG_IPP
#define ACRX_TRIGGER_IMPL_DELIVERY_LOG_IPP
#include <acrx/trigger/delivery_log.hpp>

namespace acrx {
ACRX_DECL bool delivery_log::enter(std::string_view key, time_point now)
{
    if (key.empty())
        return true;
    while (!order_.empty() && now - order_.front().first >= window_)
        forget_oldest();
    auto const id = digest_of(key);
    if (!seen_.insert(id).second)
        return false;
    order_.emplace_back(now, id);
    if (order_.size() > capacity_)
        forget_oldest();
    return true;
}

ACRX_DECL void delivery_log::forget_oldest()
{
    seen_.erase(order_.front().second);
    order_.pop_front();
}
}  // namespace acrx
#endif
