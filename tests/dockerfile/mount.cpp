#include <acrx/dockerfile/mount.hpp>

#include <acrx/dockerfile/parse_error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx::dockerfile;

BOOST_AUTO_TEST_SUITE(dockerfile_mount)

std::string error_of(std::string const& text)
{
    try {
        parse_mount(text);
    } catch (parse_error const& e) {
        return e.text();
    }
    return "no error";
}

BOOST_AUTO_TEST_CASE(splits_as_one_record)
{
    auto const m = parse_mount("Type=cache,\"target=/a,b\"\"\",ro,target=/c");
    BOOST_REQUIRE_EQUAL(m.fields.size(), 4U);
    BOOST_CHECK_EQUAL(m.get("type").value(), "cache");
    BOOST_CHECK_EQUAL(m.fields[1].value.value(), "/a,b\"");
    BOOST_CHECK_EQUAL(m.fields[2].text, "ro");
    BOOST_CHECK(!m.get("ro"));
    BOOST_CHECK_EQUAL(m.get("target").value(), "/c");
}

BOOST_AUTO_TEST_CASE(judges_only_what_cannot_wait)
{
    BOOST_CHECK_EQUAL(error_of("type=$T,nonsense,size=x"), "no error");
    BOOST_CHECK_EQUAL(error_of("from=a$"), "no error");
    BOOST_CHECK_EQUAL(error_of("FROM=$x"), "'from' doesn't support variable expansion, define alias stage instead");
    BOOST_CHECK_EQUAL(error_of("\"a"),
                      "failed to parse csv mounts: parse error on line 1, column 3: extraneous or missing \" in "
                      "quoted-field");
    BOOST_CHECK_EQUAL(error_of(""), "failed to parse csv mounts: EOF");
}

BOOST_AUTO_TEST_SUITE_END()
