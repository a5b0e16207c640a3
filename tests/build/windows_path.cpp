#include <acrx/build/detail/windows_path.hpp>

#include <acrx/dockerfile/parse_error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_windows_path)
BOOST_AUTO_TEST_CASE(drives_and_backslashes_become_slashes)
{
    auto const slashed = [](char const* path) { return detail::from_windows_path(path); };
    BOOST_TEST(slashed("C:\\a\\b\\") == "/a/b/");
    BOOST_TEST(slashed("c:/a") == "/a");
    BOOST_TEST(slashed("\\a") == "/a");
    BOOST_TEST(slashed("a\\b") == "a/b");
    BOOST_TEST(slashed("C:a") == "a");
    BOOST_TEST(slashed("C:\\") == "/");
    BOOST_TEST(slashed("") == "");
    BOOST_TEST(detail::to_windows_path("/a/b") == "C:\\a\\b");
    BOOST_TEST(detail::to_windows_path("/") == "C:\\");
}

BOOST_AUTO_TEST_CASE(other_drives_and_shares_are_refused)
{
    for (auto const* path : {"D:\\a", "C:", "\\\\server\\share", "//server/share", "ab:\\c"})
        BOOST_CHECK_EXCEPTION(detail::from_windows_path(path), dockerfile::parse_error, [&](auto const& e) {
            return e.code() == errc::invalid_instruction && e.text().find(path) != std::string::npos;
        });
}
BOOST_AUTO_TEST_SUITE_END()
