// A small HTTP server on loopback that plays what a test tells it, including what no real server would.
#ifndef ACRX_TESTS_SUPPORT_SCRIPTED_SERVER_HPP
#define ACRX_TESTS_SUPPORT_SCRIPTED_SERVER_HPP

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <chrono>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace acrx::testing {
/// A request as it came in; header names in lower case.
struct seen_request
{
    std::string method;
    std::string target;
    std::map<std::string, std::string> headers;
    std::string body;

    std::string header(std::string const& name) const
    {
        auto const found = headers.find(name);
        return found == headers.end() ? std::string{} : found->second;
    }
    std::string line() const { return method + " " + target; }
};

/// What the server does next.
struct reply
{
    unsigned status = 200;
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    std::optional<std::size_t> cut_after = {};  ///< sends only so many bytes of the body, then closes
    std::chrono::milliseconds delay{0};         ///< before the answer
    std::string raw = {};                       ///< sent instead of all of the above
    bool closes = false;                        ///< closes the connection after it
    bool silent = false;                        ///< closes without an answer
};

/// Each connection has a thread; the script is called by one at a time.
class scripted_server
{
public:
    using script = std::function<reply(seen_request const&)>;
    /// Called when only the head has been read; an answer ends the request there.
    using early_script = std::function<std::optional<reply>(seen_request const&)>;

    explicit scripted_server(script play, early_script early = {})
        : play_(std::move(play)), early_(std::move(early)), acceptor_(host_, {boost::asio::ip::address_v4::loopback(), 0})
    {
        port_ = acceptor_.local_endpoint().port();
        accepting_ = std::thread([this] { accept(); });
    }
    scripted_server(scripted_server const&) = delete;
    scripted_server& operator=(scripted_server const&) = delete;
    ~scripted_server()
    {
        ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
        accepting_.join();
        {
            std::lock_guard const lock(mutex_);
            stopping_ = true;
            for (auto& peer : peers_)
                ::shutdown(peer->native_handle(), SHUT_RDWR);
        }
        for (auto& t : threads_)
            t.join();
    }

    unsigned short port() const { return port_; }
    std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
    std::string url(std::string const& path = "/") const { return "http://" + host() + path; }
    std::vector<seen_request> seen() const
    {
        std::lock_guard const lock(mutex_);
        return seen_;
    }
    /// How many requests had this method and a target that begins so.
    std::size_t count(std::string const& method, std::string const& prefix = "/") const
    {
        std::size_t n = 0;
        for (auto const& request : seen())
            n += request.method == method && request.target.starts_with(prefix);
        return n;
    }
    std::size_t connections() const
    {
        std::lock_guard const lock(mutex_);
        return peers_.size();
    }

private:
    using socket = boost::asio::ip::tcp::socket;

    void accept()
    {
        for (;;) {
            boost::system::error_code failed;
            auto peer = std::make_shared<socket>(host_);
            acceptor_.accept(*peer, failed);
            if (failed)
                return;
            std::lock_guard const lock(mutex_);
            peers_.push_back(peer);
            threads_.emplace_back([this, peer] { serve(*peer); });
        }
    }

    void serve(socket& peer)
    {
        std::string input;
        while (auto request = read_head(peer, input)) {
            auto answer = ask_early(*request);
            if (!answer) {
                if (!read_body(peer, input, *request))
                    break;
                answer = ask(*request);
            }
            if (!write(peer, *request, *answer))
                break;
        }
        boost::system::error_code ignored;
        peer.shutdown(socket::shutdown_both, ignored);
    }

    std::optional<reply> ask_early(seen_request const& request)
    {
        std::lock_guard const lock(mutex_);
        auto answer = early_ ? early_(request) : std::nullopt;
        if (answer)
            seen_.push_back(request);
        return answer;
    }

    reply ask(seen_request const& request)
    {
        std::lock_guard const lock(mutex_);
        if (request.target == "/v2/")
            return {};  // whether plain HTTP is spoken here; no script counts with it
        seen_.push_back(request);
        return play_(request);
    }

    static bool read_more(socket& peer, std::string& input)
    {
        char piece[65536];
        boost::system::error_code failed;
        auto const count = peer.read_some(boost::asio::buffer(piece), failed);
        input.append(piece, count);
        return !failed;
    }

    static std::optional<seen_request> read_head(socket& peer, std::string& input)
    {
        auto end = input.find("\r\n\r\n");
        while (end == input.npos) {
            if (!read_more(peer, input) || input.front() == '\x16') {  // a TLS handshake is not for us
                boost::system::error_code ignored;
                boost::asio::write(peer, boost::asio::buffer(std::string("HTTP/1.1 400 Bad Request\r\n\r\n")), ignored);
                return std::nullopt;
            }
            end = input.find("\r\n\r\n");
        }
        seen_request request;
        auto const head = input.substr(0, end + 2);
        input.erase(0, end + 4);
        auto const first = head.substr(0, head.find("\r\n"));
        request.method = first.substr(0, first.find(' '));
        request.target = first.substr(request.method.size() + 1, first.rfind(' ') - request.method.size() - 1);
        for (auto at = head.find("\r\n") + 2; at < head.size();) {
            auto const stop = head.find("\r\n", at);
            auto const colon = head.find(": ", at);
            auto name = head.substr(at, colon - at);
            for (auto& c : name)
                c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            request.headers[name] = head.substr(colon + 2, stop - colon - 2);
            at = stop + 2;
        }
        return request;
    }

    static bool read_body(socket& peer, std::string& input, seen_request& request)
    {
        auto const length = request.header("content-length");
        auto const wanted = length.empty() ? 0 : std::stoull(length);
        while (input.size() < wanted)
            if (!read_more(peer, input))
                return false;
        request.body = input.substr(0, wanted);
        input.erase(0, wanted);
        return true;
    }

    bool write(socket& peer, seen_request const& request, reply const& answer)
    {
        auto const until = std::chrono::steady_clock::now() + answer.delay;
        while (std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            std::lock_guard const lock(mutex_);
            if (stopping_)
                return false;
        }
        if (answer.silent)
            return false;
        std::string text = answer.raw;
        if (text.empty()) {
            text = "HTTP/1.1 " + std::to_string(answer.status) + " X\r\n";
            bool has_length = false;
            for (auto const& [name, value] : answer.headers) {
                text += name + ": " + value + "\r\n";
                has_length = has_length || name == "Content-Length";
            }
            if (!has_length && answer.status != 204)
                text += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n";
            text += "\r\n";
            if (request.method != "HEAD")
                text += answer.cut_after ? answer.body.substr(0, *answer.cut_after) : answer.body;
        }
        boost::system::error_code failed;
        boost::asio::write(peer, boost::asio::buffer(text), failed);
        return !failed && !answer.closes && !answer.cut_after;
    }

    script play_;
    early_script early_;
    boost::asio::io_context host_;
    boost::asio::ip::tcp::acceptor acceptor_;
    unsigned short port_ = 0;
    mutable std::mutex mutex_;
    std::vector<seen_request> seen_;
    std::list<std::shared_ptr<socket>> peers_;
    std::list<std::thread> threads_;
    bool stopping_ = false;
    std::thread accepting_;
};
}  // namespace acrx::testing
#endif
