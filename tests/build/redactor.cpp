#include <acrx/build/redactor.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_redactor)

std::string through(std::vector<std::string> secrets, std::string const& text, std::size_t piece)
{
    redactor redact(std::move(secrets));
    std::string shown;
    for (std::size_t at = 0; at < text.size(); at += piece)
        shown += redact.feed(std::string_view(text).substr(at, piece));
    return shown + redact.finish();
}

BOOST_AUTO_TEST_CASE(finds_secrets_however_the_stream_is_cut)
{
    std::string const text = "a token=hunter2 and hunter, hunter2hunter2 hunt";
    for (std::size_t piece = 1; piece <= text.size(); ++piece)
        BOOST_TEST(through({"hunter2"}, text, piece) == "a token=*** and hunter, ****** hunt");
}

BOOST_AUTO_TEST_CASE(prefers_the_longer_secret)
{
    BOOST_TEST(through({"ab", "abc", ""}, "xabcx", 99) == "x***x");
}

BOOST_AUTO_TEST_CASE(passes_everything_without_secrets)
{
    redactor redact({});
    BOOST_TEST(redact.feed("abc") == "abc");
}

BOOST_AUTO_TEST_SUITE_END()
