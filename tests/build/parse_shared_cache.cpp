#include <acrx/build/parse_shared_cache.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_parse_shared_cache)

BOOST_AUTO_TEST_CASE(reads_caches_in_registries)
{
    for (auto const* text : {"registry.example/app:cache", "type=registry,ref=registry.example/app:cache",
                             "ref=registry.example/app:cache,TYPE=registry"}) {
        auto const from = parse_cache_source(text);
        BOOST_TEST(to_string(from.name) == "registry.example/app:cache");
        BOOST_TEST(from.folder.empty());
        BOOST_TEST((parse_cache_target(text) == from));
    }
    BOOST_TEST(!parse_cache_target("type=registry,ref=a,mode=min").all_steps);
    BOOST_TEST(parse_cache_target("type=registry,ref=a,mode=max,ignore-error=true,image-manifest=true").all_steps);
    BOOST_CHECK(parse_cache_target("type=registry,ref=a,image-manifest=true").form == cache_form::manifest);
    BOOST_CHECK(parse_cache_target("type=registry,ref=a,image-manifest=false").form == cache_form::index);
}

BOOST_AUTO_TEST_CASE(reads_caches_in_folders)
{
    auto const from = parse_cache_source("type=local,src=/var/cache,tag=two");
    BOOST_TEST(from.folder == "/var/cache");
    BOOST_TEST(from.name.tag == "two");
    auto const to = parse_cache_target("type=local,\"dest=/with,comma\"");
    BOOST_TEST(to.folder == "/with,comma");
    BOOST_TEST(to.name.tag == "latest");
}

BOOST_AUTO_TEST_CASE(reads_what_saved_layers_are_stored_as)
{
    BOOST_TEST(!parse_cache_target("type=local,dest=a").layers);
    auto const zstd =
        parse_cache_target("type=registry,ref=a,compression=zstd,compression-level=7,force-compression=true");
    BOOST_TEST((zstd.layers == layer_format{compression::zstd, 7, false, false}));
    BOOST_TEST(parse_cache_target("type=local,dest=a,compression-level=0").layers->level == 0);
}

BOOST_AUTO_TEST_CASE(finds_a_folders_cache_by_digest)
{
    std::string const id = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    auto const from = parse_cache_source("type=local,src=/c,digest=" + id);
    BOOST_TEST(from.name.digest.str() == id);
    BOOST_TEST(from.name.tag.empty());
}

BOOST_AUTO_TEST_CASE(takes_the_image_itself_for_a_cache)
{
    BOOST_TEST(parse_cache_target("type=inline").is_inline);
    BOOST_CHECK_THROW(parse_cache_target("type=inline,mode=max"), error);
    BOOST_CHECK_THROW(parse_cache_target("type=inline,ref=a"), error);
    BOOST_CHECK_THROW(parse_cache_source("type=inline"), error);
}

BOOST_AUTO_TEST_CASE(refuses_all_others_by_their_own_words)
{
    auto const says = [](std::string const& words) {
        return [words](error const& e) { return e.text().find(words) != std::string::npos; };
    };
    auto const* digest = "type=registry,ref=a@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    BOOST_CHECK_EXCEPTION(parse_cache_source(""), error, says("--cache-from"));
    BOOST_CHECK_EXCEPTION(parse_cache_source("type=registry"), error, says("ref is missing"));
    BOOST_CHECK_EXCEPTION(parse_cache_source("type=registry,ref=a,src=b"), error, says("only a ref"));
    BOOST_CHECK_EXCEPTION(parse_cache_source("type=local"), error, says("src is missing"));
    BOOST_CHECK_EXCEPTION(parse_cache_source("type=local,dest=a"), error, says("unexpected key 'dest'"));
    BOOST_CHECK_EXCEPTION(parse_cache_source("type=local,src=a,ref=b"), error, says("has no ref"));
    BOOST_CHECK_EXCEPTION(parse_cache_source("type=registry,ref=a,mode=max"), error, says("unexpected key 'mode'"));
    BOOST_CHECK_EXCEPTION(parse_cache_source("ref=a"), error, says("type is missing"));
    BOOST_CHECK_EXCEPTION(parse_cache_source("type=ftp"), error, says("unknown type 'ftp'"));
    BOOST_CHECK_EXCEPTION(parse_cache_source("type=gha"), error, says("not supported yet"));
    BOOST_CHECK_EXCEPTION(parse_cache_source("Upper"), error, says("lowercase"));
    BOOST_CHECK_EXCEPTION(parse_cache_target("type=gha"), error, says("not supported yet"));
    BOOST_CHECK_EXCEPTION(parse_cache_target("type=local"), error, says("dest is missing"));
    BOOST_CHECK_EXCEPTION(parse_cache_target("type=registry,ref=a,mode=all"), error, says("unknown mode 'all'"));
    BOOST_CHECK_EXCEPTION(parse_cache_target("type=registry,ref=a,mode"), error, says("key=value"));
    BOOST_CHECK_EXCEPTION(parse_cache_target("type=registry,ref=a,compression=lz4"), error,
                          says("'lz4' is not one of"));
    BOOST_CHECK_EXCEPTION(parse_cache_target("type=registry,ref=a,compression-level=10"), error, says("from 0 to 9"));
    BOOST_CHECK_EXCEPTION(parse_cache_target("type=registry,ref=a,compression=estargz"), error,
                          says("write gzip or zstd"));
    BOOST_CHECK_EXCEPTION(parse_cache_target("type=inline,compression=zstd"), error, says("as the image is"));
    BOOST_CHECK_EXCEPTION(parse_cache_source("type=registry,ref=a,compression=zstd"), error, says("unexpected key"));
    BOOST_CHECK_EXCEPTION(parse_cache_source("type=registry,ref=a,digest=sha256:1"), error, says("part of the ref"));
    BOOST_CHECK_EXCEPTION(parse_cache_source("type=local,src=a,digest=sha256:1"), error, says("--cache-from"));
    BOOST_CHECK_EXCEPTION(parse_cache_source("type=local,src=a,tag=b,digest=sha256:1"), error,
                          says("a tag and a digest"));
    BOOST_CHECK_EXCEPTION(parse_cache_target("type=registry,ref=a,oci-mediatypes=false"), error,
                          says("not supported yet"));
    BOOST_CHECK_EXCEPTION(parse_cache_target("type=registry,ref=a,ignore-error=maybe"), error, says("invalid boolean"));
    BOOST_CHECK_EXCEPTION(parse_cache_target(digest), error, says("under a digest"));
    BOOST_TEST(!parse_cache_source(digest).name.digest.empty());
}

BOOST_AUTO_TEST_SUITE_END()
