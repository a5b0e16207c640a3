#include <acrx/image/reference.hpp>

#include <acrx/core/error.hpp>
#include <image/table.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(image_reference)

namespace {
bool is_syntax(error const& e)
{
    return e.code() == errc::syntax;
}

/// The table keeps an explicit `latest`; our short form leaves it out.
std::string without_latest(std::string text)
{
    std::string const suffix = ":latest";
    if (text.ends_with(suffix))
        text.erase(text.size() - suffix.size());
    return text;
}
}  // namespace

BOOST_AUTO_TEST_CASE(reads_every_valid_row_of_the_table)
{
    for (auto const& value : image_tests::table("image-references.json")) {
        auto const& row = value.as_object();
        if (row.contains("normalized_error"))
            continue;
        auto const input = image_tests::text(row, "input");
        BOOST_TEST_CONTEXT("reference \"" << input << '"')
        {
            auto const r = parse_reference(input);
            auto const domain = image_tests::text(row, "domain");
            auto const path = image_tests::text(row, "path");
            // An underscore in the host makes the table's name one path without a host.
            if (domain.empty())
                BOOST_TEST(r.domain + "/" + r.path == path);
            else
                BOOST_TEST((r.domain == domain && r.path == path));
            auto const tag = image_tests::text(row, "tag");
            BOOST_TEST(r.digest.str() == image_tests::text(row, "digest"));
            BOOST_TEST(r.tag == (tag.empty() && r.digest.empty() ? "latest" : tag));
            BOOST_TEST(to_string(r) == image_tests::text(row, "with_default_tag"));
            BOOST_TEST(familiar(r) == without_latest(image_tests::text(row, "familiar")));
        }
    }
}

BOOST_AUTO_TEST_CASE(refuses_every_invalid_row_of_the_table_with_its_reason)
{
    for (auto const& value : image_tests::table("image-references.json")) {
        auto const& row = value.as_object();
        if (!row.contains("normalized_error"))
            continue;
        auto const input = image_tests::text(row, "input");
        BOOST_TEST_CONTEXT("reference \"" << input << '"')
        {
            BOOST_CHECK_EXCEPTION(parse_reference(input), error, is_syntax);
            try {
                parse_reference(input);
            } catch (error const& e) {
                BOOST_TEST(std::string(e.what()).find(image_tests::text(row, "normalized_error")) != std::string::npos,
                           e.what());
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(reads_back_what_it_writes)
{
    for (auto const& value : image_tests::table("image-references.json")) {
        auto const& row = value.as_object();
        if (row.contains("normalized_error"))
            continue;
        auto const r = parse_reference(image_tests::text(row, "input"));
        BOOST_TEST((parse_reference(to_string(r)) == r));
        if (r.path.size() != 64 + std::string("library/").size())  // reads as an image id
            BOOST_TEST((parse_reference(familiar(r)) == r), familiar(r));
    }
}

BOOST_AUTO_TEST_CASE(lets_the_digest_decide)
{
    auto const id = digest_of("x").str();
    BOOST_TEST(parse_reference("a:1@" + id).tag_or_digest() == id);
    BOOST_TEST(parse_reference("a:1").tag_or_digest() == "1");
    BOOST_TEST(parse_reference("a@" + id).tag.empty());
}

BOOST_AUTO_TEST_CASE(takes_names_up_to_their_limits)
{
    std::string const host = "h.io/";
    BOOST_TEST(parse_reference(host + std::string(255, 'a')).path.size() == 255U);
    BOOST_CHECK_EXCEPTION(parse_reference(host + std::string(256, 'a')), error, is_syntax);
    BOOST_TEST(parse_reference("a:" + std::string(128, 't')).tag.size() == 128U);
    BOOST_CHECK_EXCEPTION(parse_reference("a:" + std::string(129, 't')), error, is_syntax);
}

BOOST_AUTO_TEST_CASE(refuses_bytes_that_no_name_has)
{
    for (std::string const& text : {std::string("a\0b", 3), std::string("a\n"), std::string("caf\xC3\xA9"),
                                   std::string("../x"), std::string("a/../b"), std::string("/x"), std::string("a:b:c"),
                                   std::string("h.io:/x"), std::string("[]/x"), std::string("a@@b")})
        BOOST_CHECK_EXCEPTION(parse_reference(text), error, is_syntax);
}

BOOST_AUTO_TEST_SUITE_END()
