#include <acrx/cli/exit_status.hpp>
#include <acrx/dockerfile/parse_error.hpp>
#include <boost/test/unit_test.hpp>

#include <cerrno>
#include <set>
#include <stdexcept>
using namespace acrx;
using cli::exit_status;

namespace {
template<class E>
exit_status status_of_thrown(E const& e)
{
    return cli::status_of(std::make_exception_ptr(e));
}
}  // namespace

BOOST_AUTO_TEST_SUITE(cli_exit_status)
BOOST_AUTO_TEST_CASE(tells_whose_fault_it_was)
{
    auto const of = [](errc code) { return status_of_thrown(error(code, "x")); };
    for (auto const code : {errc::step_failed, errc::syntax, errc::not_found, errc::not_supported, errc::outside_root})
        BOOST_TEST(static_cast<int>(of(code)) == 1);
    for (auto const code : {errc::unauthorized, errc::denied, errc::rate_limited, errc::unavailable, errc::protocol,
                            errc::digest_mismatch, errc::timed_out})
        BOOST_TEST(static_cast<int>(of(code)) == 3);
    BOOST_TEST(static_cast<int>(of(errc::no_permission)) == 4);
    BOOST_TEST(static_cast<int>(status_of_thrown(cli::usage_error("x"))) == 2);
    BOOST_TEST(static_cast<int>(status_of_thrown(dockerfile::parse_error(errc::syntax, {}, "x"))) == 1);
    BOOST_TEST(static_cast<int>(status_of_thrown(std::logic_error("x"))) == 70);
}
BOOST_AUTO_TEST_CASE(tells_the_network_from_the_disk)
{
    auto const of = [](int number) {
        return static_cast<int>(status_of_thrown(error(error_code(number, boost::system::system_category()), "x")));
    };
    BOOST_TEST(of(ECONNREFUSED) == 3);
    BOOST_TEST(of(ENOSPC) == 4);
    BOOST_TEST(of(EACCES) == 4);
    BOOST_TEST(of(ENOTDIR) == 4);
}
BOOST_AUTO_TEST_CASE(has_one_line_a_status)
{
    std::set<int> seen;
    for (auto const& line : cli::exit_statuses) {
        BOOST_TEST(seen.insert(static_cast<int>(line.status)).second);
        BOOST_TEST(!line.meaning.empty());
    }
}
BOOST_AUTO_TEST_SUITE_END()
