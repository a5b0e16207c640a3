// Writes tar archives by hand, for tests: also those that no honest program writes.
#ifndef ACRX_TESTS_SUPPORT_TAR_WRITER_HPP
#define ACRX_TESTS_SUPPORT_TAR_WRITER_HPP

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::testing {
struct tar_member
{
    std::string name;
    char type = '0';
    std::string content = {};
    std::string link = {};
    unsigned mode = 0644;
    unsigned uid = 0;
    unsigned gid = 0;
    std::uint64_t mtime = 1'700'000'000;
    unsigned major = 0;
    unsigned minor = 0;
    std::vector<std::pair<std::string, std::string>> pax = {};
};

class tar_writer
{
public:
    tar_writer& add(tar_member const& member)
    {
        if (!member.pax.empty()) {
            std::string body;
            for (auto const& [key, value] : member.pax)
                body += record(key, value);
            add_block({.name = "pax", .type = 'x', .content = body});
        }
        add_block(member);
        return *this;
    }
    tar_writer& file(std::string name, std::string content = {}) { return add({.name = std::move(name), .content = std::move(content)}); }
    tar_writer& folder(std::string name, unsigned mode = 0755) { return add({.name = std::move(name), .type = '5', .mode = mode}); }
    tar_writer& symlink(std::string name, std::string to) { return add({.name = std::move(name), .type = '2', .link = std::move(to)}); }
    tar_writer& hard_link(std::string name, std::string to) { return add({.name = std::move(name), .type = '1', .link = std::move(to)}); }
    tar_writer& raw(std::string_view bytes)
    {
        bytes_ += bytes;
        return *this;
    }
    std::string const& unfinished() const { return bytes_; }
    std::string finish() const { return bytes_ + std::string(1024, '\0'); }

    static std::string header(tar_member const& m, std::uint64_t size)
    {
        std::string block(512, '\0');
        auto const put = [&](std::size_t at, std::size_t room, std::string_view text) {
            std::memcpy(block.data() + at, text.data(), std::min(room, text.size()));
        };
        auto const octal = [&](std::size_t at, int room, unsigned long long value) {
            char text[32];
            std::snprintf(text, sizeof text, "%0*llo", room - 1, value);
            put(at, static_cast<std::size_t>(room), text);
        };
        put(0, 100, m.name);
        octal(100, 8, m.mode);
        octal(108, 8, m.uid);
        octal(116, 8, m.gid);
        octal(124, 12, size);
        octal(136, 12, m.mtime);
        block[156] = m.type;
        put(157, 100, m.link);
        put(257, 8, std::string_view("ustar\0" "00", 8));
        octal(329, 8, m.major);
        octal(337, 8, m.minor);
        return sign(std::move(block));
    }
    static std::string sign(std::string block)
    {
        std::memset(block.data() + 148, ' ', 8);
        unsigned sum = 0;
        for (char c : block)
            sum += static_cast<unsigned char>(c);
        std::snprintf(block.data() + 148, 8, "%06o", sum);
        return block;
    }
    static std::string record(std::string const& key, std::string const& value)
    {
        auto const rest = key.size() + value.size() + 3;
        auto length = rest + 1;
        while (std::to_string(length).size() + rest != length)
            length = std::to_string(length).size() + rest;
        return std::to_string(length) + ' ' + key + '=' + value + '\n';
    }

private:
    void add_block(tar_member const& m)
    {
        bytes_ += header(m, m.content.size());
        bytes_ += m.content;
        bytes_.resize((bytes_.size() + 511) / 512 * 512, '\0');
    }
    std::string bytes_;
};
}  // namespace acrx::testing
#endif
