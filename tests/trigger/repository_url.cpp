#include <acrx/trigger/repository_url.hpp>

#include <support/test_data.hpp>

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(trigger_repository_url)

BOOST_AUTO_TEST_CASE(gives_one_key_to_all_ways_to_write_a_repository)
{
    std::ifstream in(testing::data_path("trigger/data/repository_urls.txt"));
    std::size_t rows = 0;
    for (std::string line; std::getline(in, line); ++rows) {
        auto const bar = line.find(" | ");
        BOOST_REQUIRE(bar != line.npos);
        BOOST_TEST(repository_key(line.substr(0, bar)) == line.substr(bar + 3), line);
    }
    BOOST_TEST(rows > 20U);
}

BOOST_AUTO_TEST_CASE(compares_repositories_not_texts)
{
    BOOST_TEST(is_same_repository("https://github.com/a/b.git", "HTTPS://x:y@github.com/A/b/"));
    BOOST_TEST(is_same_repository("git@github.com:a/b.git", "https://github.com/a/b"));
    BOOST_TEST(!is_same_repository("https://github.com/a/b", "https://github.com/a/b2"));
    BOOST_TEST(!is_same_repository("https://github.com/a/b", "https://github.com/a"));
    BOOST_TEST(!is_same_repository("https://github.com/a/b", "https://github.com.evil.example/a/b"));
    BOOST_TEST(!is_same_repository("https://evil.example/github.com/a/b", "https://github.com/a/b"));
    BOOST_TEST(!is_same_repository("", ""));
}

BOOST_AUTO_TEST_CASE(takes_the_user_info_out_and_leaves_the_rest)
{
    BOOST_TEST(without_user_info("https://acme@dev.azure.com/acme/v/_git/s") == "https://dev.azure.com/acme/v/_git/s");
    BOOST_TEST(without_user_info("https://a:b@c@host/x@y") == "https://host/x@y");
    BOOST_TEST(without_user_info("https://host/x@y?z@w") == "https://host/x@y?z@w");
    BOOST_TEST(without_user_info("git@host:a/b") == "git@host:a/b");
}

BOOST_AUTO_TEST_SUITE_END()
