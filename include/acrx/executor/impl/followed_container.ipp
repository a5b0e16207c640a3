// Bodies of executor/detail/followed_container.hpp.
#ifndef ACRX_EXECUTOR_IMPL_FOLLOWED_CONTAINER_IPP
#define ACRX_EXECUTOR_IMPL_FOLLOWED_CONTAINER_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/docker_stream.hpp>
#include <acrx/executor/detail/followed_container.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <exception>
#include <span>
#include <utility>

namespace acrx::detail {
ACRX_DECL followed_container::followed_container(net::any_io_executor const& host, step_folder folder,
                                                 created_container container)
    : followed_step(host, std::move(folder)), host_(host), container_(std::move(container)), deadline_(host)
{}

inline docker_call followed_container::call(std::string method, std::string path, std::string doing) const
{
    docker_call made;
    made.method = std::move(method);
    made.path = "/containers/" + container_.id + path;
    made.doing = std::move(doing);
    return made;
}

/// That it has ended meanwhile (409, 404) is no failure.
inline net::awaitable<void> send_docker_signal(docker_api engine, docker_call call)
{
    try {
        co_await engine.ask(std::move(call));
    } catch (...) {  // a lost engine is noticed by who reads the output
    }
}

ACRX_DECL void followed_container::send_signal(char const* name) noexcept
{
    try {
        auto signal = call("POST", std::string("/kill?signal=") + name, "ending a step");
        net::co_spawn(host_, send_docker_signal(container_.engine, std::move(signal)), net::detached);
    } catch (...) {  // out of memory: the deadline, or who asked, tries again
    }
}

inline net::awaitable<void> followed_container::read_output()
{
    docker_stream frames;
    byte_sink sink = [&](std::span<std::byte const> bytes) -> net::awaitable<void> {
        if (!frames.put(bytes, [&](std::span<std::byte const> piece) { append(piece); }))
            throw error(errc::protocol, "reading the output of a step from the Docker engine");
        co_return;
    };
    co_await container_.output->read(std::move(sink));
}

inline net::awaitable<void> followed_container::wait_for_exit()
{
    auto wait = call("POST", "/wait", "waiting for a step");
    auto const said = co_await container_.engine.ask(std::move(wait));
    auto const* const status = said.is_object() ? said.as_object().if_contains("StatusCode") : nullptr;
    if (status == nullptr || !status->is_int64())
        throw error(errc::protocol, "waiting for a step of the Docker engine");
    end_.code = static_cast<int>(status->as_int64());
    auto inspect = call("GET", "/json", "looking at a step");
    auto const container = co_await container_.engine.ask(std::move(inspect));
    error_code missing;
    auto const* const killed = container.find_pointer("/State/OOMKilled", missing);
    end_.out_of_memory = killed != nullptr && killed->is_bool() && killed->as_bool();
}

inline net::awaitable<void> followed_container::remove()
{
    auto call_for_removal = call("DELETE", "?force=1&v=1", "removing a step");
    co_await container_.engine.ask_unless(std::move(call_for_removal), 404);
}

ACRX_DECL net::awaitable<void> followed_container::follow(std::shared_ptr<followed_container> self, std::string refusal,
                                                          int code)
{
    if (self->container_.timeout.count() > 0 && refusal.empty()) {
        self->deadline_.expires_after(self->container_.timeout);
        self->deadline_.async_wait([self](error_code stopped) {
            if (stopped || self->has_ended())
                return;
            self->end_.timed_out = true;
            self->kill();
        });
    }
    std::exception_ptr failure;
    try {
        if (refusal.empty()) {
            co_await self->read_output();
            co_await self->wait_for_exit();
        } else {
            self->end_.code = code;
            self->append(std::as_bytes(std::span(refusal)));
        }
    } catch (...) {
        failure = std::current_exception();
    }
    self->deadline_.cancel();
    self->spare();
    try {
        if (failure)
            self->break_off(failure);
        co_await self->remove();
        self->complete(self->end_);
    } catch (...) {
        self->break_off(std::current_exception());
    }
    self->set_ended();
}
}  // namespace acrx::detail
#endif
