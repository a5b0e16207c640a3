// A message to the kernel's router.
#ifndef ACRX_EXECUTOR_DETAIL_ROUTE_MESSAGE_HPP
#define ACRX_EXECUTOR_DETAIL_ROUTE_MESSAGE_HPP

#include <acrx/io/unique_fd.hpp>

#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace acrx::detail {
/// Put together attribute by attribute (rtnetlink(7)).
class route_message
{
public:
    route_message(std::uint16_t type, std::uint16_t flags)
    {
        nlmsghdr head{};
        head.nlmsg_type = type;
        head.nlmsg_flags = static_cast<std::uint16_t>(flags | NLM_F_REQUEST | NLM_F_ACK);
        put(head);
    }
    template<class T>
    void put(T const& value)
    {
        bytes_.append(reinterpret_cast<char const*>(&value), sizeof value);
        bytes_.resize(NLMSG_ALIGN(bytes_.size()), '\0');
    }
    void add(unsigned short type, std::string_view value)
    {
        rtattr head{};
        head.rta_type = type;
        head.rta_len = static_cast<unsigned short>(RTA_LENGTH(value.size()));
        put(head);
        bytes_.append(value);
        bytes_.resize(NLMSG_ALIGN(bytes_.size()), '\0');
    }
    void add_number(unsigned short type, std::uint32_t value)
    {
        add(type, {reinterpret_cast<char const*>(&value), sizeof value});
    }
    /// Opens an attribute that contains those up to `close`. @return what `close` takes
    std::size_t open(unsigned short type)
    {
        auto const start = bytes_.size();
        add(type, {});
        return start;
    }
    void close(std::size_t start)
    {
        auto const length = static_cast<unsigned short>(bytes_.size() - start);
        std::memcpy(bytes_.data() + start, &length, sizeof length);
    }
    /// Sends it. @return what the kernel answers: 0, or a value of errno
    int send()
    {
        auto const length = static_cast<std::uint32_t>(bytes_.size());
        std::memcpy(bytes_.data(), &length, sizeof length);
        unique_fd const socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
        if (!socket || ::send(socket.get(), bytes_.data(), bytes_.size(), 0) < 0)
            return errno;
        struct
        {
            nlmsghdr head;
            nlmsgerr body;
            char rest[4096];
        } answer{};
        if (::recv(socket.get(), &answer, sizeof answer, 0) < 0)
            return errno;
        return answer.head.nlmsg_type == NLMSG_ERROR ? -answer.body.error : EPROTO;
    }

private:
    std::string bytes_;
};
}  // namespace acrx::detail
#endif
