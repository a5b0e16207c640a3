// Several trigger sources as one.
#ifndef ACRX_TRIGGER_MERGE_HPP
#define ACRX_TRIGGER_MERGE_HPP

#include <acrx/core/config.hpp>
#include <acrx/trigger/trigger_event.hpp>
#include <acrx/trigger/trigger_source.hpp>

#include <boost/asio/awaitable.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <tuple>

namespace acrx {
/// Tells what any of its sources tells, in turn where several have something. Ends when all have ended.
///
/// What one source throws, `next` throws; the others lose nothing by it.
/// Owns its sources. Must stay in place while `next` is awaited.
/// @par Thread safety
/// Shared objects: one strand.
template<trigger_source... Sources>
class merged_source
{
public:
    explicit merged_source(Sources... sources);

    net::awaitable<std::optional<trigger_event>> next();
    net::awaitable<void> acknowledge();

    /// The source at a place, as it was given to `merge`.
    template<std::size_t I>
    auto& get() noexcept;

private:
    struct one_came
    {};

    template<std::size_t I>
    net::awaitable<void> ask();
    template<std::size_t I>
    net::awaitable<void> acknowledge_source();

    std::tuple<Sources...> sources_;
    std::array<std::optional<trigger_event>, sizeof...(Sources)> come_;
    std::size_t given_ = sizeof...(Sources);  ///< the source of the event that `next` gave last
    std::size_t first_ = 0;                   ///< the source whose turn it is
};

/// Merges sources; they move into the result.
template<trigger_source... Sources>
merged_source<Sources...> merge(Sources... sources);
}  // namespace acrx

#include <acrx/trigger/impl/merge.hpp>
#endif
