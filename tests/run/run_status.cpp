#include <acrx/run/run_status.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(run_run_status)

namespace {
constexpr auto first = static_cast<int>(run_status::queued);
constexpr auto last = static_cast<int>(run_status::timeout);
}  // namespace

BOOST_AUTO_TEST_CASE(reads_what_it_writes_in_any_case)
{
    for (int i = first; i <= last; ++i) {
        auto const status = static_cast<run_status>(i);
        BOOST_CHECK(parse_run_status(to_string(status)) == status);
    }
    BOOST_CHECK(parse_run_status("sUCCeeded") == run_status::succeeded);
    BOOST_CHECK(!parse_run_status("done"));
}

BOOST_AUTO_TEST_CASE(goes_forward_alone_but_for_what_was_not_begun)
{
    for (int from = first; from <= last; ++from)
        for (int to = first; to <= last; ++to) {
            auto const a = static_cast<run_status>(from);
            auto const b = static_cast<run_status>(to);
            bool const back = a == run_status::started && b == run_status::queued;
            BOOST_TEST(may_follow(a, b) == (!is_final(a) && (to > from || back)), to_string(a) << " to " << to_string(b));
        }
}

BOOST_AUTO_TEST_SUITE_END()
