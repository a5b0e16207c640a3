// Bodies of context/standard_input.hpp.
#ifndef ACRX_CONTEXT_IMPL_STANDARD_INPUT_IPP
#define ACRX_CONTEXT_IMPL_STANDARD_INPUT_IPP
#include <acrx/context/detail/byte_bridge.hpp>
#include <acrx/context/detail/filled_folder.hpp>
#include <acrx/context/detail/unpack_context.hpp>
#include <acrx/context/standard_input.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/byte_source.hpp>

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
/// Reads a descriptor that may have nothing to say for a long time.
class patient_reader
{
public:
    patient_reader(int descriptor, std::stop_token stop)
        : descriptor_(descriptor), stop_(std::move(stop)), piece_(256 * 1024)
    {}
    std::span<std::byte const> next()
    {
        for (;;) {
            if (stop_.stop_requested())
                throw error(errc::canceled, "reading the context from standard input");
            ::pollfd waiting{descriptor_, POLLIN, 0};
            if (::poll(&waiting, 1, 100) == 0)
                continue;
            auto const size = ::read(descriptor_, piece_.data(), piece_.size());
            if (size >= 0)
                return std::span<std::byte const>(piece_).first(static_cast<std::size_t>(size));
            if (errno != EINTR && errno != EAGAIN)
                throw_errno("reading the context from standard input");
        }
    }

private:
    int descriptor_;
    std::stop_token stop_;
    std::vector<std::byte> piece_;
};
}  // namespace detail

ACRX_DECL net::awaitable<build_context> standard_input::fetch(std::filesystem::path const& into)
{
    detail::filled_folder folder(into);
    build_context context;
    std::function<void(std::stop_token)> work = [&](std::stop_token stop) {
        detail::patient_reader reader(descriptor_, stop);
        byte_source const in = [&reader] { return reader.next(); };
        context = detail::unpack_context(in, "the context from standard input", folder.path(), limits_, stop);
    };
    co_await detail::in_thread(std::move(work));
    folder.keep();
    co_return context;
}
}  // namespace acrx
#endif
