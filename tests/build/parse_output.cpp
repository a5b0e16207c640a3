#include <acrx/build/parse_output.hpp>  // first: proves that the header stands alone

#include <boost/test/unit_test.hpp>

using namespace acrx;
using kind = build_output::kind;

BOOST_AUTO_TEST_SUITE(build_parse_output)

std::string refusal_of(std::string const& text)
{
    try {
        parse_output(text);
    } catch (option_error const& e) {
        return e.text();
    }
    return "accepted";
}

BOOST_AUTO_TEST_CASE(knows_the_short_forms)
{
    auto const folder = parse_output("out/root");
    BOOST_CHECK(folder.type == kind::local);
    BOOST_TEST(folder.dest == "out/root");
    auto const stream = parse_output("-");
    BOOST_CHECK(stream.type == kind::tar);
    BOOST_TEST(stream.is_to_stdout());
    BOOST_CHECK(parse_output("a=b").type == kind::local);
}
BOOST_AUTO_TEST_CASE(reads_all_fields_of_an_image)
{
    auto const o = parse_output("type=oci,dest=a.tar,tar=false,\"name=a:1,b:2\",compression=zstd,compression-level=22,"
                                     "force-compression=true,oci-mediatypes=1,rewrite-timestamp=T,prefer-nondist-layers=0,annotation.Some.Key=v=1,"
                                     "annotation-index.x=y,annotation-manifest-descriptor.z=");
    BOOST_CHECK(o.type == kind::oci);
    BOOST_TEST(o.as_folder);
    BOOST_TEST(o.names == (std::vector<std::string>{"a:1", "b:2"}), boost::test_tools::per_element());
    BOOST_CHECK(o.layers == (layer_format{compression::zstd, 19, false, true}));
    BOOST_CHECK(o.family == image_family::oci);
    BOOST_TEST(o.rewrite_timestamp);
    BOOST_TEST(!o.keeps_foreign.value());
    BOOST_TEST(!form_of(o, {}).keeps_foreign);
    BOOST_TEST(o.annotations.manifest.at("Some.Key") == "v=1");
    BOOST_TEST(o.annotations.index.at("x") == "y");
    BOOST_TEST(o.annotations.manifest_descriptor.at("z") == "");
}
BOOST_AUTO_TEST_CASE(takes_the_level_for_the_compression_in_any_order)
{
    BOOST_CHECK(parse_output("compression-level=9,type=image,compression=estargz").layers
                == (layer_format{compression::gzip, 2, true, false}));
    BOOST_CHECK(parse_output("type=image,compression=uncompressed").layers->compression == compression::none);
    BOOST_TEST(!parse_output("type=image").layers.has_value());
    BOOST_CHECK(parse_output("type=registry,name=x").push == true);
    BOOST_CHECK(parse_output("type=image,push=false").push == false);
}
BOOST_AUTO_TEST_CASE(reads_what_only_some_kinds_have)
{
    auto const image = parse_output("type=image,push-by-digest=true,name-canonical=true,registry.insecure=1,dangling-name-prefix=a/b,"
                                    "store=true,unpack=false,oci-artifact=false");
    BOOST_TEST(image.push_by_digest);
    BOOST_TEST(image.is_canonical);
    BOOST_TEST(image.is_insecure);
    BOOST_TEST(image.dangling_prefix == "a/b");
    BOOST_CHECK(image.has_artifacts == false);
    auto const local = parse_output("type=local,dest=a,mode=delete,platform-split=false");
    BOOST_TEST(local.replaces);
    BOOST_CHECK(local.platform_split == false);
    BOOST_TEST(!parse_output("type=local,dest=a,mode=copy").replaces);
    BOOST_CHECK(parse_output("type=cacheonly").type == kind::none);
    auto const annotated = parse_output("type=oci,dest=a,annotation[linux/arm/v7].k.l=1,annotation-manifest-descriptor[linux/aarch64].m=2");
    BOOST_TEST(annotated.annotations.manifest_of.at("linux/arm/v7").at("k.l") == "1");
    BOOST_TEST(annotated.annotations.manifest_descriptor_of.at("linux/arm64").at("m") == "2");
}
BOOST_AUTO_TEST_CASE(refuses_with_the_field_that_is_wrong)
{
    struct line
    {
        std::string text;
        std::string part;
    };
    for (auto const& [text, part] : std::vector<line>{
             {"", "--output"},
             {"type=zip,dest=a", "'zip' is not one of"},
             {"dest=a,tar=false", "lacks type=KIND"},
             {"type=oci", "lacks dest=FILE"},
             {"type=local", "lacks dest=FOLDER"},
             {"type=local,dest=-", "a folder cannot go to standard output"},
             {"type=oci,dest=-,tar=false", "a folder cannot go to standard output"},
             {"type=tar,dest=a,compression=gzip", "'compression=gzip' is not known for this type"},
             {"type=docker,dest=a,tar=false", "'tar=false' is not known"},
             {"type=image,dest=a", "'dest=a' is not known"},
             {"type=oci,dest=a,push=true", "'push=true' is not known"},
             {"type=oci,dest=a,compression=xz", "'xz' is not one of"},
             {"type=oci,dest=a,compression-level=10", "'10' is not a number from 0 to 9"},
             {"type=oci,dest=a,rewrite-timestamp=maybe", "'maybe' is not true or false"},
             {"type=oci,dest=a,oci-mediatypes=false,compression=zstd", "need oci-mediatypes=true"},
             {"type=oci,dest=a,annotation=b", "'annotation=b' is not known"},
             {"type=oci,dest=a,annotation[a/b/c/d].k=b", "it has more than three parts"},
             {"type=oci,dest=a,annotation-index[linux/amd64].k=b", "is not known"},
             {"type=oci,dest=a,push-by-digest=true", "'push-by-digest=true' is not known"},
             {"type=image,store=false", "'store=false' is not known"},
             {"type=image,unpack=maybe", "'maybe' is not true or false"},
             {"type=cacheonly,dest=a", "'dest=a' is not known"},
             {"type=tar,dest=a,mode=delete", "'mode=delete' is not known"},
             {"type=local,dest=a,mode=move", "'mode=move' is not known"},
             {"type=oci,dest=a,annotation-nowhere.k=b", "is not known"},
             {"type=oci,\"dest=a", "quote"},
         })
        BOOST_TEST(refusal_of(text).find(part) != std::string::npos, text << ": " << refusal_of(text));
}

BOOST_AUTO_TEST_SUITE_END()
