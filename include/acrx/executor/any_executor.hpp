// A step executor chosen at run time from a closed list of models.
#ifndef ACRX_EXECUTOR_ANY_EXECUTOR_HPP
#define ACRX_EXECUTOR_ANY_EXECUTOR_HPP

#include <acrx/executor/container_executor.hpp>

#include <concepts>
#include <filesystem>
#include <stdexcept>
#include <string>
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

    /// These four where every one of them is a container executor.
    net::awaitable<void> make_network(std::string const& run, network_spec const& network)
        requires(container_executor<Executors> && ...)
    {
        return std::visit([&](auto& e) { return e.make_network(run, network); }, chosen_);
    }
    net::awaitable<std::vector<published_port>> published_ports(step_key const& key)
        requires(container_executor<Executors> && ...)
    {
        return std::visit([&](auto& e) { return e.published_ports(key); }, chosen_);
    }
    net::awaitable<void> end_run(std::string const& run)
        requires(container_executor<Executors> && ...)
    {
        return std::visit([&](auto& e) { return e.end_run(run); }, chosen_);
    }
    net::awaitable<std::vector<step_key>> reap()
        requires(container_executor<Executors> && ...)
    {
        return std::visit([](auto& e) { return e.reap(); }, chosen_);
    }

    /// What steps in this network lack, as `oci_runtime` says it; empty for executors that do not say.
    std::string what_lacks(std::string const& run, std::string const& network) const
    {
        return std::visit(
            [&](auto const& e) {
                if constexpr (requires { e.what_lacks(run, network); })
                    return std::string(e.what_lacks(run, network));
                else
                    return std::string();
            },
            chosen_);
    }

    /// Whether the chosen one is an `image_keeper`; only then the two below may be called.
    bool keeps_images() const noexcept
    {
        return std::visit([]<class E>(E const&) { return image_keeper<E>; }, chosen_);
    }
    net::awaitable<bool> has_image(std::string const& name)
        requires(image_keeper<Executors> || ...)
    {
        return on_keeper<net::awaitable<bool>>([&](auto& e) { return e.has_image(name); });
    }
    net::awaitable<std::string> load(std::filesystem::path const& archive)
        requires(image_keeper<Executors> || ...)
    {
        return on_keeper<net::awaitable<std::string>>([&](auto& e) { return e.load(archive); });
    }

private:
    template<class Answer, class Call>
    Answer on_keeper(Call const& call)
    {
        return std::visit(
            [&]<class E>(E& e) -> Answer {
                if constexpr (image_keeper<E>)
                    return call(e);
                else
                    throw std::logic_error("the chosen executor keeps no images");
            },
            chosen_);
    }

    std::variant<Executors...> chosen_;
};
}  // namespace acrx
#endif
