#include <acrx/core/digest.hpp>

#include <acrx/core/error.hpp>
#include <image/table.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(image_digests)

BOOST_AUTO_TEST_CASE(agree_with_every_row_of_the_table)
{
    for (auto const& value : image_tests::table("digests.json")) {
        auto const& row = value.as_object();
        auto const input = image_tests::text(row, "input");
        auto const reason = image_tests::text(row, "error");
        BOOST_TEST_CONTEXT("digest \"" << input << '"')
        {
            if (reason.empty()) {
                auto const d = digest::parse(input);
                BOOST_TEST(d.algorithm() == image_tests::text(row, "algorithm"));
                BOOST_TEST(d.encoded() == image_tests::text(row, "encoded"));
                continue;
            }
            BOOST_CHECK_EXCEPTION(digest::parse(input), error, [&](error const& e) {
                return e.code() == errc::syntax && std::string(e.what()).find(reason) != std::string::npos;
            });
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
