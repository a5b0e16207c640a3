#include <acrx/build/provenance.hpp>  // first: proves that the header stands alone

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_provenance)

struct told
{
    told()
    {
        request.build_args = {{"V", "1"}, {"TOKEN", "hidden-value"}};
        request.secret_args = {"TOKEN"};
        request.secrets = {{"key", "hidden-content"}};
        request.labels = {{"l", "label-value"}};
        request.target = "final";
        facts.dockerfile_name = "docker/Dockerfile";
        facts.dockerfile = "FROM busybox\n";
        facts.images = {parse_reference("busybox:1.36@" + digest_of("index").str())};
    }
    boost::json::object predicate(provenance_mode mode)
    {
        request.attestations.provenance = mode;
        return make_provenance(facts, request).predicate;
    }
    build_request request;
    build_facts facts;
};

BOOST_FIXTURE_TEST_CASE(tells_what_was_used_and_asked_for, told)
{
    auto const all = predicate(provenance_mode::min);
    auto const& definition = all.at("buildDefinition");
    BOOST_TEST(definition.at("externalParameters").at("configSource").at("path") == "docker/Dockerfile");
    BOOST_TEST(definition.at("externalParameters").at("request").at("args").at("target") == "final");
    BOOST_TEST(definition.at("resolvedDependencies").as_array().size() == 1U);
    auto const& image = definition.at("resolvedDependencies").at(0);
    BOOST_TEST(image.at("uri") == "pkg:docker/busybox@1.36?platform=linux%2Famd64");
    BOOST_TEST(image.at("digest").at("sha256").as_string() == digest_of("index").encoded());
    BOOST_TEST(all.at("runDetails").at("metadata").at("buildkit_completeness").at("request") == false);
}
BOOST_FIXTURE_TEST_CASE(keeps_arguments_for_its_full_mode_and_secrets_out_of_both, told)
{
    auto const least = boost::json::serialize(predicate(provenance_mode::min));
    auto const most = predicate(provenance_mode::max);
    BOOST_TEST(least.find("build-arg:") == std::string::npos);
    BOOST_TEST(least.find("label-value") == std::string::npos);
    auto const& args = most.at("buildDefinition").at("externalParameters").at("request").at("args");
    BOOST_TEST(args.at("build-arg:V") == "1");
    BOOST_TEST(args.at("label:l") == "label-value");
    BOOST_TEST(boost::json::serialize(most).find("RlJPTSBidXN5Ym94Cg==") != std::string::npos);  // the Dockerfile
    for (auto const& text : {least, boost::json::serialize(most)})
        BOOST_TEST(text.find("hidden") == std::string::npos, text);
}
BOOST_FIXTURE_TEST_CASE(names_the_commit_of_a_repository, told)
{
    facts.context_location = "https://example.com/r.git#main";
    facts.context_revision = std::string(40, 'a');
    auto const all = predicate(provenance_mode::min);
    auto const& source = all.at("buildDefinition").at("externalParameters").at("configSource");
    BOOST_TEST(source.at("uri").as_string() == facts.context_location);
    BOOST_TEST(source.at("digest").at("sha1").as_string() == facts.context_revision);
    BOOST_TEST(all.at("buildDefinition").at("resolvedDependencies").as_array().size() == 2U);
}
BOOST_FIXTURE_TEST_CASE(tells_the_same_in_the_older_version, told)
{
    facts.invocation_id = "run";
    facts.ended = facts.started + std::chrono::seconds(1);
    facts.context_location = "https://example.com/r.git#main";
    facts.context_revision = std::string(40, 'a');
    auto const newer = predicate(provenance_mode::max);
    BOOST_CHECK(make_provenance(facts, request).predicate_type == provenance_type);
    request.attestations.version = provenance_version::v0_2;
    request.attestations.reproducible = true;
    auto const older = predicate(provenance_mode::max);
    BOOST_TEST(make_provenance(facts, request).predicate_type == "https://slsa.dev/provenance/v0.2");
    auto const& definition = newer.at("buildDefinition");
    auto const& invocation = older.at("invocation");
    BOOST_TEST(older.at("builder").at("id") == newer.at("runDetails").at("builder").at("id"));
    BOOST_TEST(older.at("buildType") == "https://mobyproject.org/buildkit@v1");
    BOOST_TEST(older.at("materials") == definition.at("resolvedDependencies"));
    BOOST_TEST(invocation.at("configSource").at("uri").as_string() == facts.context_location);
    BOOST_TEST(invocation.at("configSource").at("digest").at("sha1").as_string() == facts.context_revision);
    BOOST_TEST(invocation.at("configSource").at("entryPoint") == "docker/Dockerfile");
    BOOST_TEST(invocation.at("parameters") == definition.at("externalParameters").at("request"));
    BOOST_TEST(invocation.at("environment").at("platform") == definition.at("internalParameters").at("builderPlatform"));
    auto const& metadata = older.at("metadata");
    BOOST_TEST(metadata.at("buildInvocationId") == "run");
    BOOST_TEST(metadata.at("buildStartedOn") == "1970-01-01T00:00:00Z");
    BOOST_TEST(metadata.at("buildFinishedOn") == "1970-01-01T00:00:01Z");
    BOOST_TEST(boost::json::serialize(metadata.at("completeness")) == R"({"parameters":true,"environment":true,"materials":false})");
    BOOST_TEST(metadata.at("reproducible") == true);
    BOOST_TEST(metadata.at("https://mobyproject.org/buildkit@v1#metadata") == newer.at("runDetails").at("metadata").at("buildkit_metadata"));
    auto const least = predicate(provenance_mode::min);
    BOOST_TEST(least.at("metadata").at("completeness").at("parameters") == false);
    BOOST_TEST(!least.at("metadata").as_object().contains("https://mobyproject.org/buildkit@v1#metadata"));
    for (auto const& text : {boost::json::serialize(least), boost::json::serialize(older)})
        BOOST_TEST(text.find("hidden") == std::string::npos, text);
}

BOOST_AUTO_TEST_SUITE_END()
