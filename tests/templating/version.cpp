#include <acrx/templating/version.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx::templating;

BOOST_AUTO_TEST_SUITE(templating_version)

BOOST_AUTO_TEST_CASE(reads_versions)
{
    for (auto const* good : {"1", "1.2", "v1.2.3", "1.2.3-rc.1", "1.2.3+build.5", "1.2.3-a-b.0+x-y", "1-beta"})
        BOOST_TEST(parse_version(good).has_value(), good);
    for (auto const* bad : {"", "v", "a", "1.", "1.2.3.4", "1.2.3-", "1.2.3-a..b", "1.x", "99999999999999999999", " 1"})
        BOOST_TEST(!parse_version(bad).has_value(), bad);
    BOOST_TEST(parse_version("v1.2-rc+b")->str() == "1.2.0-rc+b");
}

BOOST_AUTO_TEST_CASE(orders_versions)
{
    char const* const rising[] = {"0.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
                                  "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2", "1.10", "2"};
    for (std::size_t i = 0; i + 1 < std::size(rising); ++i) {
        BOOST_TEST(parse_version(rising[i])->compare(*parse_version(rising[i + 1])) < 0, rising[i]);
        BOOST_TEST(parse_version(rising[i + 1])->compare(*parse_version(rising[i])) > 0, rising[i]);
    }
    BOOST_TEST(parse_version("1.0+a")->compare(*parse_version("1.0+b")) == 0);
}

BOOST_AUTO_TEST_CASE(checks_constraints)
{
    struct row
    {
        char const* constraint;
        char const* version;
        bool holds;
    };
    for (auto const& r : {
             row{"=2.0.0", "2.0.0", true}, {"!=4.1", "4.1.5", false}, {"!=4.1", "5.1.0", true}, {"<11", "0.1.0", true},
             {"<1.1", "1.1.0", false}, {">1.1", "4.1.0", true}, {">1.1", "1.1.0", false}, {"<=1.1", "1.1.5", true},
             {">=11", "11.1.2", true}, {"~1", "1.9.9", true}, {"~1", "2.0.0", false}, {"~1.2.3", "1.2.2", false},
             {"~1.2.3", "1.2.9", true}, {"~>2.x", "2.4.0", true}, {"^1.1", "1.9.1", true}, {"^1.1", "1.0.9", false},
             {"^0", "0.5.0", true}, {"2.x", "2.9.9", true}, {"2.x", "3.0.0", false}, {"*", "0.0.1", true},
             {">1, <3 || >5", "4.0.0", false}, {">1, <3 || >5", "6.0.0", true}, {"1.1 - 2", "1.5.0", true},
             {"1.1 - 2", "3.0.0", false}, {"~1.2.0-0", "1.2.0-rc.1", true}, {"~1.2", "1.2.0-rc.1", false},
         })
        BOOST_TEST(fulfils(*parse_version(r.version), r.constraint) == r.holds, r.constraint << " " << r.version);
    for (auto const* bad : {"", "x y", ">", "1.2 1.3", ">=1,", "||", "foo"})
        BOOST_CHECK_THROW(fulfils({}, bad), acrx::error);
}

BOOST_AUTO_TEST_SUITE_END()
