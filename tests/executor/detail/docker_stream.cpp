#include <acrx/executor/detail/docker_stream.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_detail_docker_stream)

std::string frame(char stream, std::string const& text)
{
    std::string bytes{stream, 0, 0, 0, 0, 0, static_cast<char>(text.size() >> 8), static_cast<char>(text.size())};
    return bytes + text;
}

BOOST_AUTO_TEST_CASE(frames_are_joined_however_they_are_cut)
{
    auto const bytes = frame(1, "out\n") + frame(2, "") + frame(2, "err\n") + frame(1, std::string(300, 'x'));
    for (std::size_t size = 1; size <= bytes.size(); ++size) {
        detail::docker_stream stream;
        std::string text;
        auto hear = [&](std::span<std::byte const> piece) {
            text.append(reinterpret_cast<char const*>(piece.data()), piece.size());
        };
        for (std::size_t at = 0; at < bytes.size(); at += size)
            BOOST_TEST_REQUIRE(stream.put(std::as_bytes(std::span(bytes)).subspan(at, std::min(size, bytes.size() - at)), hear));
        BOOST_TEST(text == "out\nerr\n" + std::string(300, 'x'));
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_frame_is_noticed)
{
    std::string const bytes = "plain text of a terminal";
    detail::docker_stream stream;
    BOOST_TEST(!stream.put(std::as_bytes(std::span(bytes)), [](std::span<std::byte const>) {}));
}
BOOST_AUTO_TEST_SUITE_END()
