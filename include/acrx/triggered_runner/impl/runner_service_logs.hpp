// Bodies of triggered_runner/runner_service.hpp that are about logs.
#ifndef ACRX_TRIGGERED_RUNNER_IMPL_RUNNER_SERVICE_LOGS_HPP
#define ACRX_TRIGGERED_RUNNER_IMPL_RUNNER_SERVICE_LOGS_HPP
#include <acrx/core/error.hpp>
#include <acrx/triggered_runner/impl/runner_service.hpp>

#include <chrono>

namespace acrx {
template<run_store S, clock C>
net::awaitable<log_piece> basic_runner_service<S, C>::read_log(std::string id, std::uint64_t offset, std::size_t limit,
                                                              std::chrono::milliseconds wait)
{
    auto const end = std::chrono::steady_clock::now() + wait;
    for (;;) {
        auto const seen = state_->output.count();
        auto const record = co_await state_->store.find_run(id);
        if (!record)
            throw error(errc::not_found, "reading a log: there is no run " + id);
        auto piece = state_->logs.read(id, offset, limit);
        piece.is_complete = is_final(record->status) && piece.next >= state_->logs.size(id);
        auto const left = end - std::chrono::steady_clock::now();
        if (!piece.bytes.empty() || piece.is_complete || left <= left.zero())
            co_return piece;
        co_await state_->output.wait_past(seen, left);
    }
}

template<run_store S, clock C>
void basic_runner_service<S, C>::note(std::string const& id, std::string const& line) noexcept
{
    try {
        state_->logs.open(id).append(line + "\n");
        state_->output.ring();
    } catch (error const&) {
        return;  // as when a run's own output cannot be written: that ends no run
    }
}

template<run_store S, clock C>
std::uint64_t basic_runner_service<S, C>::log_size(std::string const& id) const
{
    return state_->logs.size(id);
}
}  // namespace acrx
#endif
