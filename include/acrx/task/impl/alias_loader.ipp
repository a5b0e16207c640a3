// Bodies of task/alias_loader.hpp.
#ifndef ACRX_TASK_IMPL_ALIAS_LOADER_IPP
#define ACRX_TASK_IMPL_ALIAS_LOADER_IPP
#include <acrx/core/deadline.hpp>
#include <acrx/core/error.hpp>
#include <acrx/http/url.hpp>
#include <acrx/io/beneath.hpp>
#include <acrx/task/alias_loader.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>
#include <utility>

namespace acrx {
ACRX_DECL net::awaitable<std::string> no_alias_files::load(std::string where)
{
    throw error(errc::denied, "loading aliases from " + where,
                "Aliases of this task can only come from the task itself.");
    co_return std::string{};
}

ACRX_DECL net::awaitable<std::string> alias_files::load(std::string where)
{
    if (!where.starts_with("http://") && !where.starts_with("https://"))
        co_return read(where);
    auto doing = "loading aliases from " + redacted(parse_url(where));
    auto fetching = fetch(std::move(where));
    auto text = co_await with_deadline(std::move(fetching), limit_, std::move(doing));
    co_return text;
}

ACRX_DECL net::awaitable<std::string> alias_files::fetch(std::string where)
{
    http_request request;
    request.target = parse_url(where);
    auto const shown = redacted(request.target);
    http_response response;
    try {
        response = co_await client_.fetch(std::move(request), max_size);
    } catch (error const& e) {
        throw error(e.code(), "loading aliases from " + shown + ": " + e.doing(), e.advice());
    }
    if (is_success(response.status))
        co_return response.body;
    auto const words = std::string_view(response.body).substr(0, 200);
    throw error(response.status == 404 ? errc::not_found : errc::unavailable,
                "loading aliases from " + shown + " (status " + std::to_string(response.status) + ")"
                    + (words.empty() ? "" : ": " + std::string(words)));
}

ACRX_DECL std::string alias_files::read(std::string const& where) const
{
    auto const doing = "loading aliases from " + where;
    if (!folder_)
        throw error(errc::not_found, doing, "This task has no folder with files.");
    auto const found = beneath(*folder_).open_if_there(std::filesystem::path(where), O_RDONLY | O_NONBLOCK, links::beneath);
    if (!found)
        throw error(errc::not_found, doing, "Paths are counted from the root of the context.");
    auto const& file = *found;
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0)
        throw_errno(doing);
    if (!S_ISREG(status.st_mode) || static_cast<std::size_t>(status.st_size) > max_size)
        throw error(errc::invalid_argument,
                    doing + ": this is no file of at most " + std::to_string(max_size) + " bytes");
    std::string text(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t done = 0;
    while (done < text.size()) {
        auto const n = ::read(file.get(), text.data() + done, text.size() - done);
        if (n < 0 && errno != EINTR)
            throw_errno(doing);
        if (n == 0)
            break;
        done += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    text.resize(done);
    return text;
}
}  // namespace acrx
#endif
