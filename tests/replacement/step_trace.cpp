#include <acrx/replacement/step_trace.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <utility>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(replacement_step_trace)

traced_step const step{.time = 1'700'000'000, .build = 7, .kind = 'c', .keys = {1, 0xfedcba9876543210U, 0, 4}, .parent = 5, .bytes = 12345, .seconds = 0.25};

BOOST_AUTO_TEST_CASE(a_line_is_read_as_it_was_written)
{
    auto const line = to_line(step);
    BOOST_TEST(line == "1700000000 7 c 0000000000000001 fedcba9876543210 - 0000000000000004 0000000000000005 12345 0.25\n");
    BOOST_TEST((parse_traced_step(line.substr(0, line.size() - 1)) == step));
    BOOST_TEST(to_short_key("fedcba98765432100000") == 0xfedcba9876543210U);
}

BOOST_AUTO_TEST_CASE(damaged_lines_are_told_by_number_and_left_out)
{
    auto const good = to_line(step);
    std::string text = std::string(trace_heading) + "\n" + good + "x\n\n# a note\n" + good.substr(0, 40) + "\n" + good;
    for (auto const* bad : {"1 2 z - - - - - 1 1", "1 2 r - - - - - 1", "1 2 r - - - - - 1 1 1", "1 2 r - - - - - -1 1",
                            "1 2 r - - - - - 1 -1", "1 2 r - - - - - 1 nan", "1 2 r 123 - - - - 1 1", "1 2 r  - - - - 1 1",
                            "1.5 2 r - - - - - 1 1"})
        text += std::string(bad) + "\n";
    text += good.substr(0, good.size() - 1) + "\r\n" + good.substr(0, good.size() - 1);
    std::vector<std::size_t> damaged;
    int count = 0;
    read_trace(text, [&](traced_step const& read) { count += read == step; },
               [&](std::size_t line, std::string const& problem) {
                   damaged.push_back(line);
                   BOOST_TEST(!problem.empty());
               });
    BOOST_TEST(count == 4);
    BOOST_TEST(damaged == (std::vector<std::size_t>{3, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(another_version_is_refused)
{
    BOOST_CHECK_EXCEPTION(read_trace("# acrx trace 2\n", [](traced_step const&) {}, [](std::size_t, std::string const&) {}),
                          error, [](error const& e) { return e.code() == errc::not_supported; });
}

BOOST_AUTO_TEST_SUITE_END()
