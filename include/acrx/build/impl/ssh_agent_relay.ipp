// Bodies of build/ssh_agent_relay.hpp.
#ifndef ACRX_BUILD_IMPL_SSH_AGENT_RELAY_IPP
#define ACRX_BUILD_IMPL_SSH_AGENT_RELAY_IPP
#include <acrx/build/ssh_agent_relay.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/when_all.hpp>
#include <acrx/io/child_process.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
using agent_protocol = net::local::stream_protocol;

/// The address of a socket by its folder's descriptor: its path may be longer than an address can be.
inline std::string address_in(int folder, std::string const& name)
{
    return "/proc/self/fd/" + std::to_string(folder) + "/" + name;
}

inline unique_fd open_socket_folder(std::filesystem::path const& folder)
{
    unique_fd opened(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!opened)
        throw_file_errno("opening the folder " + folder.string());
    return opened;
}

/// Whether a step may send this to the agent, by the number that its message begins with.
constexpr bool is_agent_request_allowed(unsigned char number) noexcept
{
    return number == 11 || number == 13;
}

/// A message with the four bytes of its length in front; nothing at the end of the stream.
inline net::awaitable<std::optional<std::string>> read_agent_message(agent_protocol::socket& from)
{
    constexpr std::size_t longest = 256 << 10;  // as OpenSSH has it
    std::string message(4, '\0');
    error_code failed;
    auto const head = net::buffer(message);
    co_await net::async_read(from, head, net::redirect_error(net::use_awaitable, failed));
    std::size_t size = 0;
    for (char const byte : message)
        size = size << 8 | static_cast<unsigned char>(byte);
    if (failed || size == 0 || size > longest)
        co_return std::nullopt;
    message.resize(4 + size);
    auto const rest = net::buffer(message.data() + 4, size);
    co_await net::async_read(from, rest, net::redirect_error(net::use_awaitable, failed));
    if (failed)
        co_return std::nullopt;
    co_return message;
}

inline net::awaitable<bool> write_agent_message(agent_protocol::socket& to, std::string const& message)
{
    error_code failed;
    auto const bytes = net::buffer(message);
    co_await net::async_write(to, bytes, net::redirect_error(net::use_awaitable, failed));
    co_return !failed;
}

/// One request after the other, until either side ends.
inline net::awaitable<void> relay_requests(agent_protocol::socket client, std::string agent)
{
    std::string const failure("\0\0\0\1\5", 5);
    agent_protocol::socket server(client.get_executor());
    error_code failed;
    agent_protocol::endpoint const address(agent);
    co_await server.async_connect(address, net::redirect_error(net::use_awaitable, failed));
    for (bool open = !failed; open;) {
        auto const request = co_await read_agent_message(client);
        if (!request)
            break;
        std::optional<std::string> answer = failure;
        if (is_agent_request_allowed(static_cast<unsigned char>((*request)[4]))) {
            answer.reset();
            auto const sent = co_await write_agent_message(server, *request);
            if (sent)
                answer = co_await read_agent_message(server);
        }
        open = answer.has_value();
        if (open)
            open = co_await write_agent_message(client, *answer);
    }
}
}  // namespace detail

struct ssh_agent_relay::state
{
    state(net::any_io_executor const& host, ssh_agent_source given, std::filesystem::path where)
        : agent(std::move(given)), folder(std::move(where)), opened(detail::open_socket_folder(folder)), acceptor(host)
    {}

    net::awaitable<void> accept_one_after_the_other();
    net::awaitable<void> accept_several_at_once();
    net::awaitable<void> run_agent();
    net::awaitable<void> add_keys();
    net::awaitable<void> add_key(std::filesystem::path const& key);
    child_command tool(std::vector<std::string> args) const;
    std::string upstream() const
    {
        return agent.keys.empty() ? agent.socket.string() : detail::address_in(opened.get(), "keys");
    }

    ssh_agent_source agent;
    std::filesystem::path folder;
    unique_fd opened;
    detail::agent_protocol::acceptor acceptor;
};

ACRX_DECL ssh_agent_relay::ssh_agent_relay(net::any_io_executor const& host, ssh_agent_source agent,
                                           std::filesystem::path folder, agent_socket const& look)
    : state_(std::make_unique<state>(host, std::move(agent), std::move(folder)))
{
    auto const must_be_there = [](std::filesystem::path const& file, std::string const& what) {
        std::error_code failed;
        if (!std::filesystem::exists(file, failed))
            throw error(errc::not_found, what + " " + file.string(), "Check --ssh, and that the agent still runs.");
    };
    for (auto const& key : state_->agent.keys)
        must_be_there(key, "the SSH key");
    if (state_->agent.keys.empty())
        must_be_there(state_->agent.socket, "the socket of the SSH agent");
    auto const name = socket();
    detail::agent_protocol::endpoint const address(detail::address_in(state_->opened.get(), "agent"));
    error_code failed;
    state_->acceptor.open(address.protocol());
    state_->acceptor.bind(address, failed);
    if (!failed)
        state_->acceptor.listen(net::socket_base::max_listen_connections, failed);
    if (failed)
        throw error(failed, "making the socket " + name.string());
    if (::chmod(name.c_str(), look.mode) != 0 || ::chown(name.c_str(), look.uid, look.gid) != 0)
        throw_errno("giving the socket " + name.string() + " its owner");
}

ACRX_DECL ssh_agent_relay::ssh_agent_relay(ssh_agent_relay&&) noexcept = default;
ACRX_DECL ssh_agent_relay::~ssh_agent_relay() = default;

ACRX_DECL std::filesystem::path ssh_agent_relay::socket() const
{
    return state_->folder / "agent";
}

inline net::awaitable<void> ssh_agent_relay::state::accept_one_after_the_other()
{
    for (;;) {
        auto client = co_await acceptor.async_accept(net::use_awaitable);
        auto address = upstream();
        co_await detail::relay_requests(std::move(client), std::move(address));
    }
}

inline net::awaitable<void> ssh_agent_relay::state::accept_several_at_once()
{
    std::vector<net::awaitable<void>> handlers;
    for (int i = 0; i < 8; ++i)
        handlers.push_back(accept_one_after_the_other());
    co_await when_all(std::move(handlers));
}

inline child_command ssh_agent_relay::state::tool(std::vector<std::string> args) const
{
    child_command command;
    command.args = std::move(args);
    // No DISPLAY and no terminal: a key with a passphrase fails instead of asking for it.
    command.env = {"PATH=/usr/local/bin:/usr/bin:/bin", "SSH_AUTH_SOCK=" + (folder / "keys").string()};
    return command;
}

inline net::awaitable<void> ssh_agent_relay::state::run_agent()
{
    auto command = tool({"ssh-agent", "-D", "-a", (folder / "keys").string()});
    auto const ended = co_await run_child(std::move(command));
    throw error(errc::unavailable, "ssh-agent ended: " + ended.err,
                "Keys are served by ssh-agent and ssh-add (Debian: openssh-client). A long path of the state folder "
                "does not fit into the address of a socket.");
}

inline net::awaitable<void> ssh_agent_relay::state::add_key(std::filesystem::path const& key)
{
    auto command = tool({"ssh-add", "-q", "-"});
    command.input = read_file(key, std::uint64_t{1} << 20);
    auto const added = co_await run_child(std::move(command));
    if (added.code != 0)
        throw error(errc::invalid_argument, "failed to parse the SSH key " + key.string() + ": " + added.err,
                    "It must be a private key without passphrase; for others use an agent: --ssh default.");
}

inline net::awaitable<void> ssh_agent_relay::state::add_keys()
{
    net::steady_timer pause(co_await net::this_coro::executor);
    std::error_code failed;
    while (!std::filesystem::exists(folder / "keys", failed)) {
        pause.expires_after(std::chrono::milliseconds(5));
        co_await pause.async_wait(net::use_awaitable);
    }
    for (auto const& key : agent.keys)
        co_await add_key(key);
    // Only now: who connects earlier waits in the queue of the socket.
    co_await accept_several_at_once();
}

ACRX_DECL net::awaitable<void> ssh_agent_relay::serve()
{
    if (state_->agent.keys.empty()) {
        co_await state_->accept_several_at_once();
        co_return;
    }
    std::vector<net::awaitable<void>> parts;
    parts.push_back(state_->run_agent());
    parts.push_back(state_->add_keys());
    co_await when_all(std::move(parts));
}
}  // namespace acrx
#endif
