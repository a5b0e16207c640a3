// Bodies of server/any_door.hpp.
#ifndef ACRX_SERVER_IMPL_ANY_DOOR_IPP
#define ACRX_SERVER_IMPL_ANY_DOOR_IPP
#include <acrx/server/any_door.hpp>

#include <exception>

namespace acrx {
ACRX_DECL net::awaitable<std::optional<caller>> any_door::find(std::string token)
{
    std::optional<caller> found;
    std::exception_ptr failure;
    for (auto& each : doors_) {
        try {
            auto asked = std::visit([&](auto& one) { return one.find(token); }, each);
            found = co_await std::move(asked);
        } catch (error const&) {
            failure = std::current_exception();
        }
        if (found)
            co_return found;
    }
    if (failure)
        std::rethrow_exception(failure);
    co_return found;
}
}  // namespace acrx
#endif
