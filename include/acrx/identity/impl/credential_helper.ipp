// Bodies of identity/detail/credential_helper.hpp.
#ifndef ACRX_IDENTITY_IMPL_CREDENTIAL_HELPER_IPP
#define ACRX_IDENTITY_IMPL_CREDENTIAL_HELPER_IPP
#include <acrx/core/deadline.hpp>
#include <acrx/core/error.hpp>
#include <acrx/identity/detail/credential_helper.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/readable_pipe.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/string.hpp>
#include <boost/optional.hpp>  // which Process v2 forgets
#include <boost/process/v2/process.hpp>
#include <boost/process/v2/stdio.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::detail {
inline constexpr std::size_t largest_helper_answer = 1U << 20;

/// Closes a file descriptor.
class owned_descriptor
{
public:
    explicit owned_descriptor(int number) : number_(number) {}
    owned_descriptor(owned_descriptor const&) = delete;
    owned_descriptor& operator=(owned_descriptor const&) = delete;
    ~owned_descriptor() { close(); }
    void close()
    {
        if (number_ >= 0)
            ::close(std::exchange(number_, -1));
    }
    int get() const noexcept { return number_; }

private:
    int number_;
};

struct helper_answer
{
    int status = 0;
    std::string output;
};

/// A file in memory, to be read from its start: writing to it cannot raise SIGPIPE when the helper does not read.
inline int open_question(std::string const& question, std::string const& doing)
{
    int const file = ::memfd_create("acrx-credential-question", MFD_CLOEXEC);
    if (file < 0)
        throw_errno(doing);
    auto const written = ::pwrite(file, question.data(), question.size(), 0);
    if (written != static_cast<ssize_t>(question.size())) {
        ::close(file);
        throw_errno(EIO, doing);
    }
    return file;
}

/// Looks for the program in PATH; a name with a slash would be looked up elsewhere and is never found.
inline std::filesystem::path find_helper(std::string const& program, std::string const& doing)
{
    char const* const search = std::getenv("PATH");
    std::string_view folders = search == nullptr ? std::string_view{} : search;
    while (!folders.empty() && program.find('/') == std::string::npos) {
        auto const end = folders.find(':');
        auto const path = std::filesystem::path(folders.substr(0, end)) / program;
        if (!path.is_relative() && ::access(path.c_str(), X_OK) == 0)
            return path;
        folders.remove_prefix(end == std::string_view::npos ? folders.size() : end + 1);
    }
    throw error(errc::not_found, doing,
                "Install " + program + " in PATH, or remove it from the configuration that names it.");
}

inline net::awaitable<helper_answer> run_helper(std::filesystem::path program, std::string question, std::string doing)
{
    auto const executor = co_await net::this_coro::executor;
    owned_descriptor const input(open_question(question, doing));
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0)
        throw_errno(doing);
    owned_descriptor write_end(ends[1]);
    net::readable_pipe output(executor, ends[0]);

    std::vector<std::string> const arguments{"get"};
    boost::process::v2::process_stdio stdio{input.get(), write_end.get(), nullptr};
    boost::process::v2::process child(executor, program, arguments, stdio);  // killed when it goes out of scope
    write_end.close();

    helper_answer answer;
    error_code end;
    auto buffer = net::dynamic_buffer(answer.output, largest_helper_answer);
    auto until_end = net::redirect_error(net::use_awaitable, end);
    co_await net::async_read(output, buffer, until_end);
    if (end != net::error::eof)
        throw error(end ? end : make_error_code(errc::protocol), doing);
    answer.status = co_await child.async_wait(net::use_awaitable);
    co_return answer;
}

inline bool says_not_found(std::string_view output)
{
    return output.find("credentials not found") != std::string_view::npos;
}

inline credential parse_helper_answer(std::string const& output, std::string const& doing)
{
    boost::system::error_code failure;
    auto const value = boost::json::parse(output, failure);
    auto const* members = failure ? nullptr : value.if_object();
    auto const text = [&](char const* name) -> std::string {
        auto const* member = members == nullptr ? nullptr : members->if_contains(name);
        if (member == nullptr || !member->is_string())
            throw error(errc::protocol, doing + ": its answer is not a credential");
        return std::string(member->get_string());
    };
    credential found;
    found.user = text("Username");
    auto secret = text("Secret");
    if (found.user == "<token>") {
        found.user.clear();
        found.identity_token = std::move(secret);
    } else {
        found.secret = std::move(secret);
    }
    return found;
}

ACRX_DECL net::awaitable<credential> ask_credential_helper(std::string helper, std::string server,
                                                           std::chrono::milliseconds limit)
{
    auto const program = "docker-credential-" + helper;
    auto const doing = "asking " + program + " for the credential of " + server;
    auto const path = find_helper(program, doing);
    auto const question = server + "\n";
    auto work = run_helper(path, question, doing);
    auto answer = co_await with_deadline(std::move(work), limit, doing);
    if (answer.status == 0)
        co_return parse_helper_answer(answer.output, doing);
    if (says_not_found(answer.output))
        co_return credential();
    throw error(errc::unauthorized, doing + ": it ended with status " + std::to_string(answer.status),
                "Run `echo " + server + " | " + program + " get` to see what it says.");
}
}  // namespace acrx::detail
#endif
