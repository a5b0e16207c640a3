// A running step that is a container of a Docker engine, followed from its start to its completion record.
#ifndef ACRX_EXECUTOR_DETAIL_FOLLOWED_CONTAINER_HPP
#define ACRX_EXECUTOR_DETAIL_FOLLOWED_CONTAINER_HPP

#include <acrx/executor/detail/docker_api.hpp>
#include <acrx/executor/detail/docker_container.hpp>
#include <acrx/executor/detail/followed_step.hpp>

#include <memory>
#include <optional>
#include <string>

namespace acrx::detail {
/// A container that has been created.
struct created_container
{
    docker_api engine;
    std::string id;
    std::chrono::milliseconds timeout{0};  ///< 0 is no limit
    docker_secrets secrets;
    std::optional<http_answer> output = {};  ///< attached before the start, so that nothing is missed
};

class followed_container : public followed_step
{
public:
    ACRX_DECL followed_container(net::any_io_executor const& host, step_folder folder, created_container container);

    /// Reads the output until the end, takes the status, removes the container, writes the record. Never throws: what fails
    /// is kept for those that ask.
    /// @param refusal  what the engine said instead of starting it, with the status for that; empty if it was started
    static ACRX_DECL net::awaitable<void> follow(std::shared_ptr<followed_container> self, std::string refusal, int code);
    void ask_to_end() noexcept override { send_signal("SIGTERM"); }
    void kill() noexcept override { send_signal("SIGKILL"); }

private:
    net::awaitable<void> read_output();
    net::awaitable<void> wait_for_exit();
    net::awaitable<void> remove();
    ACRX_DECL void send_signal(char const* name) noexcept;
    docker_call call(std::string method, std::string path, std::string doing) const;

    net::any_io_executor host_;
    created_container container_;
    net::steady_timer deadline_;
    step_end end_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/followed_container.ipp>
#endif
#endif
