// A step executor chosen at run time from a closed list of models.
#ifndef ACRX_EXECUTOR_ANY_EXECUTOR_HPP
#define ACRX_EXECUTOR_ANY_EXECUTOR_HPP

#include <acrx/executor/step_executor.hpp>

#include <concepts>
#include <utility>
#include <variant>

namespace acrx {
/// One of `Executors`: what `--executor` needs. As safe for threads as the chosen one.
template<step_executor... Executors>
class any_executor
{
public:
    template<class E>
    requires(std::same_as<E, Executors> || ...) any_executor(E chosen) : chosen_(std::move(chosen)) {}

    net::awaitable<void> submit(step_spec const& spec, step_key const& key)
    {
        return std::visit([&](auto& e) { return e.submit(spec, key); }, chosen_);
    }
    net::awaitable<step_state> observe(step_key const& key)
    {
        return std::visit([&](auto& e) { return e.observe(key); }, chosen_);
    }
    net::awaitable<step_output> log(step_key const& key, std::uint64_t offset)
    {
        return std::visit([&](auto& e) { return e.log(key, offset); }, chosen_);
    }
    net::awaitable<void> cancel(step_key const& key, std::chrono::milliseconds grace)
    {
        return std::visit([&](auto& e) { return e.cancel(key, grace); }, chosen_);
    }
    net::awaitable<std::vector<step_key>> list(std::string const& prefix)
    {
        return std::visit([&](auto& e) { return e.list(prefix); }, chosen_);
    }
    net::awaitable<void> forget(step_key const& key)
    {
        return std::visit([&](auto& e) { return e.forget(key); }, chosen_);
    }

private:
    std::variant<Executors...> chosen_;
};
}  // namespace acrx
#endif
