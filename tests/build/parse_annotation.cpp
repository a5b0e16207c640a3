#include <acrx/build/parse_annotation.hpp>  // first: proves that the header stands alone

#include <acrx/build/option_values.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_parse_annotation)

BOOST_AUTO_TEST_CASE(reads_annotations_for_several_places)
{
    image_annotations all;
    parse_annotation("a.b/c=1=2", all);
    parse_annotation("index,manifest-descriptor:k=v:w", all);
    parse_annotation("index-descriptor:e=", all);
    BOOST_TEST(all.manifest.at("a.b/c") == "1=2");
    BOOST_TEST(all.index.at("k") == "v:w");
    BOOST_TEST(all.manifest_descriptor.at("k") == "v:w");
    BOOST_TEST(all.index_descriptor.at("e") == "");
    for (auto const* bad : {"a", "=v", "nowhere:k=v", "index[linux/amd64]:k=v", "manifest[a/b/c/d]:k=v", "manifest[linux/amd64:k=v", "index:=v"})
        BOOST_CHECK_THROW(parse_annotation(bad, all), option_error);
}
BOOST_AUTO_TEST_CASE(one_platform_may_have_texts_of_its_own)
{
    image_annotations all;
    parse_annotation("a=all", all);
    parse_annotation("b=all", all);
    parse_annotation("manifest[linux/arm64/v8]:a=arm", all);
    parse_annotation("manifest-descriptor[linux/amd64]:c=1", all);
    auto const arm = texts_for(parse_platform("linux/arm64"), all.manifest_of, all.manifest);
    BOOST_TEST(arm.at("a") == "arm");
    BOOST_TEST(arm.at("b") == "all");
    BOOST_TEST(texts_for(parse_platform("linux/amd64"), all.manifest_of, all.manifest).at("a") == "all");
    BOOST_TEST(all.manifest_descriptor_of.at("linux/amd64").at("c") == "1");
}

BOOST_AUTO_TEST_SUITE_END()
