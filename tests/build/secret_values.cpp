#include <acrx/build/secret_values.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_secret_values)

BOOST_AUTO_TEST_CASE(arguments_and_secrets_without_their_line_end)
{
    build_request request;
    request.build_args = {{"A", "argument"}, {"B", "shown"}, {"E", ""}};
    request.secret_args = {"A", "E"};
    request.secrets = {{"s", "value\r\n"}, {"t", ""}, {"u", "\n"}};
    auto const values = secret_values(request);
    BOOST_TEST(values == (std::vector<std::string>{"argument", "value"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(lines_that_tell_something)
{
    build_request request;
    request.secrets = {{"s", "{\n  key-of-mine\r\n}\n"}};
    auto const values = secret_values(request);
    BOOST_TEST(values == (std::vector<std::string>{"{\n  key-of-mine\r\n}", "  key-of-mine"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(none_that_ordinary_text_is_full_of)
{
    build_request request;
    request.build_args = {{"A", "a"}};
    request.secret_args = {"A"};
    request.secrets = {{"s", "42\n"}, {"t", "cat"}};
    BOOST_TEST(secret_values(request) == (std::vector<std::string>{"cat"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
