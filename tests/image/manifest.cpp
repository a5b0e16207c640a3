#include <acrx/image/manifest.hpp>

#include <acrx/core/error.hpp>
#include <acrx/image/media_types.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(image_manifest)

namespace {
std::string const digest_a = digest_of("a").str();
std::string const digest_b = digest_of("b").str();

std::string entry(std::string const& type, std::string const& id, std::string const& more = "")
{
    return R"({"mediaType":")" + type + R"(","digest":")" + id + R"(","size":7)" + more + "}";
}

std::string const oci_text = R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":)"
                             + entry("application/vnd.oci.image.config.v1+json", digest_a) + R"(,"layers":[)"
                             + entry("application/vnd.oci.image.layer.v1.tar+gzip", digest_b,
                                     R"(,"urls":["https://x/y"],"annotations":{"k":"v"})")
                             + R"(],"annotations":{"a":"1","b":"2"}})";

std::string for_platform(std::string const& seed, std::string const& members, std::string const& more = "")
{
    return entry("application/vnd.oci.image.manifest.v1+json", digest_of(seed).str(), more + R"(,"platform":{)" + members + "}");
}

image_index index_of(std::string const& entries)
{
    return parse_index(R"({"schemaVersion":2,"manifests":[)" + entries + "]}");
}

std::string why(std::string const& text, std::string const& type = "")
{
    try {
        parse_manifest(text, type);
    } catch (error const& e) {
        return e.what();
    }
    return "accepted";
}
}  // namespace

BOOST_AUTO_TEST_CASE(keeps_every_byte_of_a_document_in_the_order_of_the_specification)
{
    BOOST_TEST(to_document(parse_manifest(oci_text)).bytes == oci_text);
    auto const document = to_document(parse_manifest(oci_text));
    BOOST_TEST(document.digest.str() == digest_of(oci_text).str());
    BOOST_TEST(describe(document).size == oci_text.size());
    BOOST_TEST(describe(document).media_type == media_type::oci_manifest);
}

BOOST_AUTO_TEST_CASE(keeps_an_index_with_platforms_subject_and_artifact_type)
{
    std::string const text = R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","artifactType":"x/y","manifests":[)"
                             + for_platform("1", R"("architecture":"arm","os":"windows","os.version":"10.0","os.features":["f"],"variant":"v7")")
                             + R"(],"subject":)" + entry("application/vnd.oci.image.manifest.v1+json", digest_a) + "}";
    BOOST_TEST(to_document(parse_index(text)).bytes == text);
}

BOOST_AUTO_TEST_CASE(finds_the_type_in_the_document_then_in_the_answer_then_by_shape)
{
    std::string const bare = R"({"schemaVersion":2,"config":)" + entry("application/vnd.oci.image.config.v1+json", digest_a) + R"(,"layers":[]})";
    std::string const docker = R"({"schemaVersion":2,"config":)" + entry("application/vnd.docker.container.image.v1+json", digest_a) + R"(,"layers":[]})";
    BOOST_TEST(manifest_media_type(oci_text, media_type::docker_manifest) == media_type::oci_manifest);
    BOOST_TEST(manifest_media_type(bare, "application/vnd.docker.distribution.manifest.v2+json; charset=utf-8") == media_type::docker_manifest);
    BOOST_TEST(manifest_media_type(bare, "application/json") == media_type::oci_manifest);
    BOOST_TEST(manifest_media_type(docker, "") == media_type::docker_manifest);
    BOOST_TEST(manifest_media_type(R"({"schemaVersion":2,"manifests":[]})", "") == media_type::oci_index);
    BOOST_CHECK_EXCEPTION(manifest_media_type("{}", "text/plain"), error, [](error const& e) { return e.code() == errc::damaged; });
}

BOOST_AUTO_TEST_CASE(refuses_a_document_that_is_both_a_manifest_and_an_index)
{
    auto both = oci_text;
    both.insert(1, R"("manifests":[],)");
    BOOST_CHECK_EXCEPTION(parse_manifest(both), error, [](error const& e) { return e.code() == errc::damaged; });
    BOOST_TEST(why(both).find("ambiguous") != std::string::npos);
    BOOST_CHECK_THROW(parse_index(both, media_type::oci_index), error);
}

BOOST_AUTO_TEST_CASE(refuses_schema_1)
{
    for (auto const& text : {R"({"schemaVersion":1,"fsLayers":[]})", R"({"fsLayers":[]})"})
        BOOST_CHECK_EXCEPTION(parse_manifest(text, "application/vnd.docker.distribution.manifest.v1+prettyjws"), error,
                              [](error const& e) { return e.code() == errc::not_supported && !e.advice().empty(); });
    BOOST_CHECK_EXCEPTION(parse_manifest(R"({"schemaVersion":1})"), error,
                          [](error const& e) { return e.code() == errc::not_supported; });
}

BOOST_AUTO_TEST_CASE(refuses_an_index_where_a_manifest_is_wanted_and_the_reverse)
{
    BOOST_CHECK_THROW(parse_manifest(R"({"schemaVersion":2,"manifests":[]})"), error);
    BOOST_CHECK_THROW(parse_index(oci_text), error);
}

BOOST_AUTO_TEST_CASE(names_the_place_of_what_is_wrong)
{
    auto const with_config = [](std::string const& config) { return R"({"schemaVersion":2,"layers":[],"config":)" + config + "}"; };
    BOOST_TEST(why("").find("not JSON") != std::string::npos);
    BOOST_TEST(why("[1]").find("not a JSON object") != std::string::npos);
    BOOST_TEST(why(oci_text + "x").find("not JSON") != std::string::npos);
    BOOST_TEST(why(R"({"schemaVersion":2,"layers":[]})").find("config is missing") != std::string::npos);
    BOOST_TEST(why(with_config("7")).find("config is not an object") != std::string::npos);
    BOOST_TEST(why(with_config(R"({"mediaType":"a/b"})")).find("config.digest is missing") != std::string::npos);
    BOOST_TEST(why(with_config(R"({"mediaType":"a/b","digest":"sha256:../x","size":1})")).find("config.digest is not a digest") != std::string::npos);
    BOOST_TEST(why(with_config(R"({"mediaType":"a/b","digest":")" + digest_a + R"(","size":-1})")).find("config.size is negative") != std::string::npos);
    BOOST_TEST(why(with_config(R"({"mediaType":"a/b","digest":")" + digest_a + R"(","size":"1"})")).find("config.size is not a whole number") != std::string::npos);
    BOOST_TEST(why(R"({"schemaVersion":2,"config":)" + entry("a/b", digest_a) + R"(,"layers":[)" + entry("a/b", digest_a) + ",3]}").find("layers[1] is not an object") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(survives_deep_and_large_documents)
{
    BOOST_CHECK_THROW(parse_manifest(std::string(100'000, '[')), error);
    BOOST_CHECK_THROW(parse_manifest(std::string(40U << 20, ' ')), error);
}

BOOST_AUTO_TEST_CASE(counts_null_as_absent)
{
    std::string const text = R"({"schemaVersion":2,"mediaType":null,"annotations":null,"subject":null,"layers":null,"config":)" + entry("a/b", digest_a) + "}";
    auto const m = parse_manifest(text);
    BOOST_TEST(m.layers.empty());
    BOOST_TEST(!m.subject.has_value());
}

BOOST_AUTO_TEST_CASE(chooses_the_closest_platform_and_the_first_of_equals)
{
    auto const index = index_of(for_platform("386", R"("os":"linux","architecture":"386")") + "," + for_platform("v1", R"("os":"linux","architecture":"amd64")") + ","
                                + for_platform("again", R"("os":"linux","architecture":"amd64","variant":"v1")") + "," + for_platform("v2", R"("os":"linux","architecture":"amd64","variant":"v2")"));
    BOOST_TEST(choose(index, parse_platform("linux/amd64")).value().digest.str() == digest_of("v1").str());
    BOOST_TEST(choose(index, parse_platform("linux/amd64/v3")).value().digest.str() == digest_of("v2").str());
    BOOST_TEST(choose(index, parse_platform("linux/386")).value().digest.str() == digest_of("386").str());
    BOOST_TEST(!choose(index, parse_platform("linux/arm64")).has_value());
}

BOOST_AUTO_TEST_CASE(never_chooses_attestations_or_unknown_platforms)
{
    auto const index = index_of(for_platform("1", R"("os":"unknown","architecture":"unknown")") + ","
                                + for_platform("2", R"("os":"linux","architecture":"amd64")", R"(,"annotations":{"vnd.docker.reference.type":"attestation-manifest"})"));
    BOOST_TEST(!choose(index, parse_platform("linux/amd64")).has_value());
    BOOST_TEST(!choose(index, parse_platform("unknown/unknown")).has_value());
}

BOOST_AUTO_TEST_CASE(falls_back_to_an_entry_without_a_platform)
{
    auto const unnamed = entry("application/vnd.oci.image.manifest.v1+json", digest_a);
    BOOST_TEST(choose(index_of(unnamed), parse_platform("linux/arm64")).value().digest.str() == digest_a);
    auto const index = index_of(unnamed + "," + for_platform("x", R"("os":"linux","architecture":"arm64")"));
    BOOST_TEST(choose(index, parse_platform("linux/arm64")).value().digest.str() == digest_of("x").str());
}

BOOST_AUTO_TEST_CASE(translates_media_types_between_the_families)
{
    using namespace acrx::media_type;
    BOOST_TEST(in_family(oci_layer_gzip, image_family::docker) == docker_layer_gzip);
    BOOST_TEST(in_family(docker_config, image_family::oci) == oci_config);
    BOOST_TEST(in_family(oci_layer_zstd, image_family::docker) == oci_layer_zstd);
}

BOOST_AUTO_TEST_SUITE_END()
