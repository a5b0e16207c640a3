#include <acrx/build/named_location.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_named_location)
BOOST_AUTO_TEST_CASE(compares_names_as_references)
{
    for (auto const* spelling :
         {"alpine", "alpine:latest", "docker.io/library/alpine", "index.docker.io/library/alpine:latest", "Alpine"})
        BOOST_TEST(to_context_name(spelling) == "alpine", spelling);
    BOOST_TEST(to_context_name("alpine:3.20") == "alpine:3.20");
    BOOST_TEST(to_context_name("example.com/a/b:latest") == "example.com/a/b");
    BOOST_TEST(to_context_name("base::linux/aarch64") == "base::linux/arm64");
    BOOST_CHECK_THROW(to_context_name("a b"), error);
    BOOST_CHECK_THROW(to_context_name(""), error);
}

BOOST_AUTO_TEST_CASE(finds_the_context_that_a_word_means)
{
    std::map<std::string, std::string> const contexts{
        {"alpine", "1"}, {"base::linux/arm64", "2"}, {"base", "3"}, {"scratch", "4"}};
    auto const find = [&](std::string_view word, std::string_view platform = "linux/amd64") {
        return find_context_name(contexts, word, parse_platform(platform)).value_or("-");
    };
    BOOST_TEST(find("alpine:latest") == "alpine");
    BOOST_TEST(find("docker.io/library/alpine") == "alpine");
    BOOST_TEST(find("alpine:3") == "-");
    BOOST_TEST(find("base") == "base");
    BOOST_TEST(find("base", "linux/arm64") == "base::linux/arm64");
    BOOST_TEST(find("scratch") == "-");
    BOOST_TEST(find("no name") == "-");
}

BOOST_AUTO_TEST_CASE(tells_kinds_of_locations_apart)
{
    BOOST_TEST(std::get<image_location>(parse_named_location("docker-image://alpine:3.20")).reference == "alpine:3.20");
    auto const repository = std::get<location>(parse_named_location("https://example.com/a.git#v1:sub"));
    BOOST_TEST(std::get<git_location>(repository).folder == "sub");
    auto const web = std::get<location>(parse_named_location("https://example.com/a.tar.gz"));
    BOOST_TEST(std::get<web_location>(web).url == "https://example.com/a.tar.gz");
    auto const folder = std::get<location>(parse_named_location("./src"));
    BOOST_TEST(std::get<local_location>(folder).path == "./src");
    for (auto const* refused : {"-", "target:base", "docker-image://", "docker-image://UPPER"})
        BOOST_CHECK_THROW(parse_named_location(refused), error);
}

BOOST_AUTO_TEST_CASE(reads_layouts_with_tag_and_digest)
{
    auto const read = [](std::string const& text) {
        auto const layout = std::get<layout_location>(parse_named_location("oci-layout://" + text));
        return layout.folder.string() + "|" + layout.tag + "|" + layout.digest.str().substr(0, 10);
    };
    auto const id = "@sha256:" + std::string(64, 'a');
    BOOST_TEST(read("/a/b") == "/a/b||");
    BOOST_TEST(read("/a/b:v1.2") == "/a/b|v1.2|");
    BOOST_TEST(read("a:b/c") == "a:b/c||");
    BOOST_TEST(read("/a/b" + id) == "/a/b||sha256:aaa");
    BOOST_TEST(read("/a/b:v1" + id) == "/a/b|v1|sha256:aaa");
    BOOST_CHECK_THROW(read("/a@sha256:short"), error);
}

BOOST_AUTO_TEST_SUITE_END()
