#include <acrx/build/memory_size.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_memory_size)

BOOST_AUTO_TEST_CASE(sizes_are_binary)
{
    std::vector<std::pair<std::string, std::optional<std::uint64_t>>> const cases{
        {"0", 0},         {"64", 64},          {"64b", 64},        {"1k", 1024},         {"1KB", 1024},
        {"2KiB", 2048},   {"1.5g", 3ULL << 29}, {"10 m", 10u << 20}, {"1t", 1ULL << 40}, {"", std::nullopt},
        {"-1", std::nullopt}, {"1x", std::nullopt}, {"m", std::nullopt}, {"1ib", std::nullopt}, {"1kx", std::nullopt},
    };
    for (auto const& [text, bytes] : cases)
        BOOST_TEST((parse_memory_size(text) == bytes), text);
}

BOOST_AUTO_TEST_SUITE_END()
