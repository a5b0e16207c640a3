// Passes HTTP/1.1 messages from one socket to another, for tests that want a hand on the bytes.
#ifndef ACRX_TESTS_SUPPORT_HTTP_PIPE_HPP
#define ACRX_TESTS_SUPPORT_HTTP_PIPE_HPP

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace acrx::testing {
/// The head of a request or an answer, byte for byte.
struct http_head
{
    std::string first_line;
    std::string bytes;         ///< all of it, the empty line at its end included
    bool has_no_body = false;  ///< whatever the head says: the answer to HEAD

    /// The value of a header; empty if it is missing.
    std::string header(std::string_view name) const
    {
        auto const same = [](char a, char b) {
            return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
        };
        auto const wanted = "\r\n" + std::string(name) + ": ";
        auto const at = std::search(bytes.begin(), bytes.end(), wanted.begin(), wanted.end(), same);
        if (at == bytes.end())
            return {};
        auto const begin = static_cast<std::size_t>(at - bytes.begin()) + wanted.size();
        return bytes.substr(begin, bytes.find("\r\n", begin) - begin);
    }
    bool is_interim() const { return first_line.starts_with("HTTP/1.1 1"); }
    bool is_chunked() const { return header("Transfer-Encoding") == "chunked"; }
    std::size_t length() const
    {
        auto const text = header("Content-Length");
        return has_no_body || text.empty() ? 0 : std::stoull(text);
    }
};

/// One direction of a connection. Every call tells whether the connection goes on.
class http_pipe
{
public:
    using socket = boost::asio::ip::tcp::socket;
    /// Called with the size of each piece before it is passed on.
    using pacer = std::function<void(std::size_t)>;

    http_pipe(socket& from, socket& to) : from_(from), to_(to) {}

    std::optional<http_head> read_head()
    {
        for (auto end = waiting_.find("\r\n\r\n"); end == waiting_.npos; end = waiting_.find("\r\n\r\n"))
            if (!read_more() || waiting_.front() == '\x16')  // a TLS handshake is not for us
                return std::nullopt;
        http_head head;
        auto const size = waiting_.find("\r\n\r\n") + 4;
        head.bytes = waiting_.substr(0, size);
        head.first_line = head.bytes.substr(0, head.bytes.find("\r\n"));
        waiting_.erase(0, size);
        return head;
    }
    bool pass_head(http_head const& head) { return write(to_, head.bytes); }

    /// @param cut     ends the connection after so many bytes
    /// @param alters  changes the last byte
    bool pass_body(http_head const& head, std::optional<std::size_t> cut, bool alters, pacer const& pace)
    {
        if (head.is_chunked() && !head.has_no_body)
            return pass_chunks();
        auto left = head.length();
        auto allowed = cut.value_or(std::numeric_limits<std::size_t>::max());
        while (left > 0) {
            if (waiting_.empty() && !read_more())
                return false;
            auto piece = waiting_.substr(0, std::min(left, allowed));
            waiting_.erase(0, piece.size());
            left -= piece.size();
            allowed -= piece.size();
            if (left == 0 && alters)
                piece.back() = static_cast<char>(piece.back() ^ 1);
            pace(piece.size());
            if (!write(to_, piece) || (allowed == 0 && cut))
                return false;
        }
        return !cut;
    }
    bool skip_body(http_head const& head)
    {
        auto left = head.length();
        while (left > 0) {
            if (waiting_.empty() && !read_more())
                return false;
            auto const size = std::min(left, waiting_.size());
            waiting_.erase(0, size);
            left -= size;
        }
        return true;
    }
    /// Writes back to where requests come from.
    bool answer(std::string const& bytes) { return write(from_, bytes); }

private:
    bool pass_chunks()
    {
        while (!waiting_.ends_with("\r\n0\r\n\r\n") && waiting_ != "0\r\n\r\n")
            if (!read_more())
                return false;
        auto const all = std::exchange(waiting_, {});
        return write(to_, all);
    }

    bool read_more()
    {
        std::array<char, 65536> piece;
        boost::system::error_code failed;
        auto const size = from_.read_some(boost::asio::buffer(piece), failed);
        waiting_.append(piece.data(), size);
        return !failed;
    }

    static bool write(socket& to, std::string const& bytes)
    {
        boost::system::error_code failed;
        boost::asio::write(to, boost::asio::buffer(bytes), failed);
        return !failed;
    }

    socket& from_;
    socket& to_;
    std::string waiting_;
};
}  // namespace acrx::testing
#endif
