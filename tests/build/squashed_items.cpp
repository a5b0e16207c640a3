#include <acrx/build/squashed_items.hpp>  // first: proves that the header stands alone

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <utility>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_squashed_items)
namespace {
layer_entry at(std::string path, entry_type type = entry_type::regular, std::string link = {})
{
    layer_entry entry;
    entry.path = std::move(path);
    entry.type = type;
    entry.link = std::move(link);
    entry.mode = type == entry_type::directory ? 0750 : 0640;
    return entry;
}
layer_entry folder(std::string path)
{
    return at(std::move(path), entry_type::directory);
}
layer_entry gone(std::string path)
{
    return at(std::move(path), entry_type::whiteout);
}
layer_entry opaque(std::string path)
{
    return at(std::move(path), entry_type::opaque);
}

using layers = std::vector<std::vector<layer_entry>>;

/// `PATH` of a file, `PATH/` of a folder, `-PATH` of a whiteout, `!PATH` of an opaque mark, `PATH=TARGET` of a hard link.
std::string squashed(layers const& all, std::size_t base)
{
    root_view whole;
    std::vector<digest> ids;
    for (auto const& entries : all) {
        whole = whole.with(std::make_shared<layer_index const>(entries));
        ids.push_back(digest_of(std::to_string(ids.size())));
    }
    std::string text;
    for (auto const& item : squashed_items(whole, ids, base, [](digest const& id) { return "/" + id.str(); })) {
        auto const& entry = item.entry;
        text += text.empty() ? "" : " ";
        switch (entry.type) {
        case entry_type::directory: text += entry.path + "/"; break;
        case entry_type::whiteout: text += "-" + entry.path; break;
        case entry_type::opaque: text += "!" + entry.path; break;
        case entry_type::hard_link: text += entry.path + "=" + entry.link; break;
        default: text += entry.path;
        }
    }
    return text;
}
}  // namespace

BOOST_AUTO_TEST_CASE(keeps_what_the_last_layer_left)
{
    BOOST_TEST(squashed({{folder("a"), at("a/base")}, {at("a/x"), at("y")}, {at("a/x"), gone("y"), at("z")}}, 1) == "a/x z");
    BOOST_TEST(squashed({{}, {at("t")}, {gone("t")}}, 1) == "");
    BOOST_TEST(squashed({{at("a")}, {folder("d"), at("d/e")}}, 0) == "a d/ d/e");
}
BOOST_AUTO_TEST_CASE(marks_what_is_gone_of_the_base)
{
    layers const base{{folder("a"), at("a/b"), at("a/c"), at("f")}};
    auto const over = [&](layers more) {
        more.insert(more.begin(), base.begin(), base.end());
        return squashed(more, 1);
    };
    BOOST_TEST(over({{gone("a/b")}, {at("n")}}) == "-a/b n");
    BOOST_TEST(over({{gone("a/b")}, {at("a/b")}}) == "a/b");
    BOOST_TEST(over({{gone("a/b")}, {gone("a")}}) == "-a");
    BOOST_TEST(over({{gone("a")}, {folder("a"), at("a/n")}}) == "a/ !a a/n");
    BOOST_TEST(over({{folder("a"), opaque("a")}, {at("a/n")}}) == "a/ !a a/n");
    BOOST_TEST(over({{at("a")}, {folder("a"), at("a/n")}}) == "a/ !a a/n");
    BOOST_TEST(over({{gone("a")}, {at("a/n")}}) == "a/ !a a/n");
    BOOST_TEST(over({{at("a")}, {at("x")}}) == "a x");
    BOOST_TEST(over({{gone("never")}, {at("x")}}) == "x");
    BOOST_TEST(over({{gone("f")}, {folder("f")}}) == "f/ !f");
}
BOOST_AUTO_TEST_CASE(names_of_one_file_stay_that)
{
    layers const linked{{}, {at("a"), at("b", entry_type::hard_link, "a"), at("c", entry_type::hard_link, "a")}, {gone("a"), at("x")}};
    BOOST_TEST(squashed(linked, 1) == "b c=b x");
}
BOOST_AUTO_TEST_CASE(takes_content_from_its_layer)
{
    root_view whole({std::make_shared<layer_index const>(std::vector{at("f")}), std::make_shared<layer_index const>(std::vector{at("f")})});
    std::vector const ids{digest_of("0"), digest_of("1")};
    auto const items = squashed_items(whole, ids, 0, [](digest const& id) { return "/" + id.str(); });
    BOOST_REQUIRE(items.size() == 1U);
    BOOST_TEST(items.front().file == "/" + ids[1].str() + "/f");
}
BOOST_AUTO_TEST_SUITE_END()
