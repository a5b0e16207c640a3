#include <acrx/build/attestation_files.hpp>  // first: proves that the header stands alone

#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_attestation_files)

time_point const noon{std::chrono::seconds(1'700'000'000)};

struct small_root
{
    std::vector<layer_item> items;

    layer_item& add(std::string path, entry_type type, std::string link = {})
    {
        auto& item = items.emplace_back();
        item.entry.path = std::move(path);
        item.entry.type = type;
        item.entry.link = std::move(link);
        return item;
    }
    std::string paths() const
    {
        std::string text;
        for (auto const& item : items)
            text += item.entry.path + " ";
        return text;
    }

    small_root()
    {
        add("d", entry_type::directory);
        add("d/\xff", entry_type::regular).bytes = "odd";
        auto& known = add("known", entry_type::regular);
        known.file = "/nowhere/at/all";
        known.entry.content = to_bytes(digest_of("known"));
        add("l", entry_type::symbolic_link, "known");
        add("pipe", entry_type::fifo);
        add("same", entry_type::hard_link, "known");
        add("same-pipe", entry_type::hard_link, "pipe");
    }
};

BOOST_FIXTURE_TEST_CASE(tells_of_every_regular_file, small_root)
{
    std::vector<attestation> const all{{"https://example.com/p", {{"k", "v"}}, "provenance.json"},
                                       {"https://example.com/q", {}, "e"},
                                       {"https://example.com/inline", {}, ""}};
    add_attestations(items, all, noon);
    BOOST_TEST(paths() == "d d/\xff e known l pipe provenance.json same same-pipe ");
    auto const& written = items[6];
    BOOST_CHECK(written.entry.type == entry_type::regular);
    BOOST_CHECK(written.entry.mtime == noon);
    BOOST_TEST(written.entry.mode == 0644U);
    BOOST_TEST(written.entry.size == written.bytes.size());
    BOOST_CHECK(*written.entry.content == to_bytes(digest_of(written.bytes)));
    auto const statement = boost::json::parse(written.bytes);
    BOOST_TEST(statement.at("_type") == "https://in-toto.io/Statement/v1");
    BOOST_TEST(statement.at("predicateType") == "https://example.com/p");
    BOOST_TEST(statement.at("predicate").at("k") == "v");
    auto const& subjects = statement.at("subject").as_array();
    BOOST_TEST_REQUIRE(subjects.size() == 3U);
    BOOST_TEST(subjects[0].at("name") == "d/\xef\xbf\xbd");
    BOOST_TEST(subjects[0].at("digest").at("sha256").as_string() == digest_of("odd").encoded());
    BOOST_TEST(subjects[1].at("name") == "known");
    BOOST_TEST(subjects[1].at("digest").at("sha256").as_string() == digest_of("known").encoded());
    BOOST_TEST(subjects[2].at("name") == "same");
    BOOST_TEST(subjects[2].at("digest") == subjects[1].at("digest"));
    BOOST_TEST(boost::json::parse(items[2].bytes).at("subject").as_array() == subjects);
}
BOOST_FIXTURE_TEST_CASE(hides_no_file_of_the_root, small_root)
{
    for (auto const* taken : {"d", "known", "l"}) {
        std::vector<attestation> const all{{"https://example.com/p", {}, taken}};
        BOOST_CHECK_EXCEPTION(add_attestations(items, all, noon), error, [&](error const& e) {
            return e.text().find(taken) != std::string::npos && e.advice().find("filename=") != std::string::npos;
        });
    }
    BOOST_TEST(items.size() == 7U);
}
BOOST_AUTO_TEST_CASE(adds_to_a_root_without_files)
{
    std::vector<layer_item> items;
    std::vector<attestation> const all{{"https://example.com/p", {}, "p"}};
    add_attestations(items, all, noon);
    BOOST_TEST_REQUIRE(items.size() == 1U);
    BOOST_TEST(boost::json::parse(items[0].bytes).at("subject").as_array().empty());
}

BOOST_AUTO_TEST_SUITE_END()
