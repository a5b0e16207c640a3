// Bodies of executor/detail/user_network.hpp.
#ifndef ACRX_EXECUTOR_IMPL_USER_NETWORK_IPP
#define ACRX_EXECUTOR_IMPL_USER_NETWORK_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/user_network.hpp>
#include <acrx/io/child_process.hpp>
#include <acrx/io/unique_fd.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <fcntl.h>

#include <chrono>
#include <exception>
#include <utility>

namespace acrx::detail {
struct user_network::running
{
    unique_fd folder;  ///< of the socket, whose path may be longer than addresses of sockets are
    net::cancellation_signal stop;
    bool has_ended = false;
    std::string words;  ///< of the program, once it has ended
    std::exception_ptr failure;
};

inline constexpr char const* user_network_socket = "slirp";

ACRX_DECL user_network::user_network(std::shared_ptr<running> process) noexcept : process_(std::move(process)) {}

ACRX_DECL user_network::user_network(user_network&&) noexcept = default;

ACRX_DECL user_network& user_network::operator=(user_network&& other) noexcept
{
    std::swap(process_, other.process_);
    return *this;
}

ACRX_DECL user_network::~user_network()
{
    if (process_ && !process_->has_ended)
        process_->stop.emit(net::cancellation_type::terminal);
}

/// Sends one request. @return the answer; null if nobody listens yet
inline net::awaitable<boost::json::value> ask_user_network(int folder, boost::json::object request)
{
    net::local::stream_protocol::socket socket(co_await net::this_coro::executor);
    auto const address = "/proc/self/fd/" + std::to_string(folder) + "/" + user_network_socket;
    error_code failed;
    socket.connect(net::local::stream_protocol::endpoint(address), failed);
    if (failed)
        co_return nullptr;
    auto const text = boost::json::serialize(request);
    auto const bytes = net::buffer(text);
    co_await net::async_write(socket, bytes, net::use_awaitable);
    socket.shutdown(net::socket_base::shutdown_send);
    std::string answer;
    auto space = net::dynamic_buffer(answer, std::size_t{64} << 10);
    co_await net::async_read(socket, space, net::redirect_error(net::use_awaitable, failed));
    error_code bad;
    auto said = boost::json::parse(answer, bad);
    auto const* const object = bad ? nullptr : said.if_object();
    if (object == nullptr || object->contains("error"))
        throw error(errc::unavailable, "slirp4netns answers " + answer);
    co_return said;
}

ACRX_DECL net::awaitable<user_network> user_network::start(network_namespace const& space, std::filesystem::path folder)
{
    auto const process = std::make_shared<running>();
    process->folder.reset(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    child_command command;
    command.args = {"slirp4netns", "--configure", "--mtu=65520", "--disable-host-loopback", "--netns-type=path",
                    std::string("--api-socket=") + user_network_socket, space.path(), "tap0"};
    command.working_dir = folder;
    command.output_limit = std::size_t{64} << 10;
    auto const executor = co_await net::this_coro::executor;
    net::co_spawn(executor, run_child(std::move(command)),
                  net::bind_cancellation_slot(process->stop.slot(), [process](std::exception_ptr failure, child_result ended) {
                      process->has_ended = true;
                      process->failure = std::move(failure);
                      process->words = ended.out + ended.err;
                  }));
    user_network started(process);
    net::steady_timer pause(executor);
    while (!process->has_ended) {
        boost::json::object request{{"execute", "list_hostfwd"}};
        auto const answer = co_await ask_user_network(process->folder.get(), std::move(request));
        if (!answer.is_null())
            co_return started;
        pause.expires_after(std::chrono::milliseconds(2));
        co_await pause.async_wait(net::use_awaitable);
    }
    if (process->failure)
        std::rethrow_exception(process->failure);
    throw error(errc::unavailable, "slirp4netns: " + process->words.substr(0, process->words.find('\n')));
}

ACRX_DECL net::awaitable<std::int64_t> user_network::publish(published_port port)
{
    boost::json::object request{{"execute", "add_hostfwd"},
                                {"arguments",
                                 {{"proto", port.protocol},
                                  {"host_addr", port.host_address},
                                  {"host_port", port.host_port},
                                  {"guest_port", port.container_port}}}};
    auto const answer = co_await ask_user_network(process_->folder.get(), std::move(request));
    error_code missing;
    auto const* const made = answer.find_pointer("/return/id", missing);
    if (made == nullptr || !made->is_int64())
        throw error(errc::unavailable, "publishing the port " + std::to_string(port.host_port) + ": slirp4netns has ended");
    co_return made->as_int64();
}

ACRX_DECL net::awaitable<void> user_network::withdraw(std::int64_t published)
{
    boost::json::object request{{"execute", "remove_hostfwd"}, {"arguments", {{"id", published}}}};
    co_await ask_user_network(process_->folder.get(), std::move(request));
}
}  // namespace acrx::detail
#endif
