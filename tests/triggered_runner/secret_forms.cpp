#include <acrx/triggered_runner/secret_forms.hpp>

#include <acrx/core/base64.hpp>
#include <acrx/run/run_logs.hpp>
#include <acrx/triggered_runner/run_output.hpp>

#include <boost/test/unit_test.hpp>

#include <support/scratch_folder.hpp>

#include <string>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(triggered_runner_secret_forms)

namespace {
/// What a log holds of a text that was written in pieces of `size` bytes.
std::string logged(std::string const& text, std::vector<std::string> const& secrets, std::size_t size)
{
    acrx::testing::scratch_folder const folder;
    run_logs const logs(folder / "logs");
    run_output output(logs.open("ca1"), bell(), secrets);
    for (std::size_t i = 0; i < text.size(); i += size)
        output.write(text.substr(i, size));
    output.finish();
    return logs.read("ca1", 0).bytes;
}

std::string const secret = "p@ss word/1?";
}  // namespace

BOOST_AUTO_TEST_CASE(no_form_comes_through_wherever_the_text_is_cut)
{
    std::string text = "a " + secret + " b p%40ss%20word%2F1%3F c p%40ss+word%2f1%3f d ";
    for (auto const* before : {"", "u", "us", "user:", "someone:"})
        for (auto const* after : {"", "x", "\n"})
            text += to_base64(before + secret + after) + " ";
    for (std::size_t size = 1; size < 40; ++size) {
        auto const log = logged(text, {secret}, size);
        BOOST_TEST(log.find(secret) == log.npos);
        BOOST_TEST(log.starts_with("a *** b *** c "));
        for (auto const& form : secret_forms(secret))
            BOOST_TEST(log.find(form) == log.npos, form);
    }
}

BOOST_AUTO_TEST_CASE(hides_each_line_of_a_key)
{
    auto const log = logged("x\nBEGINKEY\nabcdefgh\nENDKEY\ny", {"BEGINKEY\nabcdefgh\nENDKEY\n"}, 3);
    BOOST_TEST(log.find("abcdefgh") == log.npos);
    BOOST_TEST(logged("only abcdefgh\n", {"BEGINKEY\nabcdefgh\nENDKEY\n"}, 5) == "only ***\n");
}

BOOST_AUTO_TEST_CASE(leaves_other_text_alone)
{
    for (std::size_t size = 1; size < 12; ++size)
        BOOST_TEST(logged("nothing to see here, p@ss or word\n", {secret, ""}, size) == "nothing to see here, p@ss or word\n");
}

BOOST_AUTO_TEST_CASE(leaves_a_log_readable_whose_secrets_are_too_short_to_be_any)
{
    std::string const text = "a line about a cat, and 42 more\n";
    for (auto const* too_short : {"a", "4", "at", "42", "\n", "a\n"}) {
        BOOST_TEST(secret_forms(too_short).empty(), too_short);
        BOOST_TEST(logged(text, {too_short}, 4) == text, too_short);
    }
    BOOST_TEST((secret_forms("cat") == std::vector<std::string>{"Y2F0", "cat"}));
    BOOST_TEST(logged(text, {"cat"}, 4) == "a line about a ***, and 42 more\n");
    BOOST_TEST(logged(text, {"a\ncat\n"}, 4) == text);  // of its lines, too, those of less than four bytes
    BOOST_TEST(logged("a cats\n", {"a\ncats"}, 3) == "a ***\n");
}

BOOST_AUTO_TEST_SUITE_END()
