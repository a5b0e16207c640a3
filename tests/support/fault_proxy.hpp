// Stands between a client and a real registry, and spoils the requests that a test chooses.
#ifndef ACRX_TESTS_SUPPORT_FAULT_PROXY_HPP
#define ACRX_TESTS_SUPPORT_FAULT_PROXY_HPP

#include <support/http_pipe.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace acrx::testing {
/// What happens to the requests that it is for. Bytes are those of bodies.
struct fault
{
    std::string method = {};   ///< of the requests; empty: any
    std::string target = {};   ///< a part of their target
    int times = 1;             ///< so many of them; negative: all
    unsigned status = 0;       ///< answered in place of the registry, which never hears of the request
    std::string headers = {};  ///< of that answer, each line with its CRLF
    std::optional<std::size_t> cut_upload = {};  ///< both connections end when so much of the request has gone through
    std::optional<std::size_t> cut_download = {};  ///< the same for the answer
    bool alters = false;                           ///< the last byte of the answer is another one
    std::size_t bytes_per_second = 0;              ///< how fast the request goes through; 0: as it comes
};

/// Each connection has a thread. Faults are looked through in their order; the first that fits is used.
class fault_proxy
{
public:
    /// @param port  of the registry on this host
    explicit fault_proxy(unsigned short port)
        : registry_(boost::asio::ip::address_v4::loopback(), port),
          acceptor_(host_, {boost::asio::ip::address_v4::loopback(), 0}),
          accepting_([this] { accept(); })
    {}
    fault_proxy(fault_proxy const&) = delete;
    fault_proxy& operator=(fault_proxy const&) = delete;
    ~fault_proxy()
    {
        ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
        accepting_.join();
        cut_all();
        for (auto& thread : threads_)
            thread.join();
    }

    /// `localhost:PORT`, as an image reference names it.
    std::string host() const { return "localhost:" + std::to_string(acceptor_.local_endpoint().port()); }
    void add(fault what)
    {
        std::lock_guard const lock(mutex_);
        faults_.push_back(std::move(what));
    }
    /// From now on all goes through.
    void heal()
    {
        std::lock_guard const lock(mutex_);
        faults_.clear();
    }
    /// How many requests were spoilt so far.
    int spoilt() const
    {
        std::lock_guard const lock(mutex_);
        return spoilt_;
    }

private:
    using socket = boost::asio::ip::tcp::socket;

    void accept()
    {
        for (;;) {
            boost::system::error_code failed;
            auto client = std::make_shared<socket>(host_);
            acceptor_.accept(*client, failed);
            if (failed)
                return;
            auto registry = std::make_shared<socket>(host_);
            std::lock_guard const lock(mutex_);
            sockets_.insert(sockets_.end(), {client, registry});
            threads_.emplace_back([this, client, registry] { serve(*client, *registry); });
        }
    }

    void cut_all()
    {
        std::lock_guard const lock(mutex_);
        is_over_ = true;
        for (auto& open : sockets_)
            ::shutdown(open->native_handle(), SHUT_RDWR);
    }

    void serve(socket& client, socket& registry)
    {
        boost::system::error_code failed;
        registry.connect(registry_, failed);
        http_pipe upward(client, registry);
        http_pipe downward(registry, client);
        while (!failed && exchange(upward, downward)) {
        }
        boost::system::error_code ignored;
        client.shutdown(socket::shutdown_both, ignored);
        registry.shutdown(socket::shutdown_both, ignored);
    }

    /// One request and its answer. @return whether the connection goes on
    bool exchange(http_pipe& upward, http_pipe& downward)
    {
        auto const request = upward.read_head();
        if (!request)
            return false;
        auto const what = choose(*request);
        if (what.status != 0) {
            return upward.skip_body(*request)
                   && upward.answer("HTTP/1.1 " + std::to_string(what.status) + " Spoilt\r\nContent-Length: 0\r\n"
                                    + what.headers + "\r\n");
        }
        auto const pace = [&](std::size_t bytes) {
            if (what.bytes_per_second != 0)
                rest(std::chrono::duration<double>(static_cast<double>(bytes)
                                                   / static_cast<double>(what.bytes_per_second)));
        };
        if (!upward.pass_head(*request) || !upward.pass_body(*request, what.cut_upload, false, pace))
            return false;
        auto answer = downward.read_head();
        while (answer && answer->is_interim()) {
            if (!downward.pass_head(*answer))
                return false;
            answer = downward.read_head();
        }
        if (!answer || !downward.pass_head(*answer))
            return false;
        answer->has_no_body = request->first_line.starts_with("HEAD ");
        return downward.pass_body(*answer, what.cut_download, what.alters, [](std::size_t) {});
    }

    fault choose(http_head const& request)
    {
        std::lock_guard const lock(mutex_);
        for (auto& known : faults_) {
            auto const line = request.first_line;
            bool const fits =
                known.times != 0 && line.starts_with(known.method) && line.find(known.target) != line.npos;
            if (!fits)
                continue;
            if (known.times > 0)
                --known.times;
            ++spoilt_;
            return known;
        }
        return {};
    }

    void rest(std::chrono::duration<double> length)
    {
        for (auto const end = std::chrono::steady_clock::now() + length; std::chrono::steady_clock::now() < end;) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            std::lock_guard const lock(mutex_);
            if (is_over_)
                return;
        }
    }

    boost::asio::io_context host_;
    boost::asio::ip::tcp::endpoint registry_;
    boost::asio::ip::tcp::acceptor acceptor_;
    mutable std::mutex mutex_;
    std::list<fault> faults_;
    std::list<std::shared_ptr<socket>> sockets_;
    std::list<std::thread> threads_;
    int spoilt_ = 0;
    bool is_over_ = false;
    std::thread accepting_;
};
}  // namespace acrx::testing
#endif
